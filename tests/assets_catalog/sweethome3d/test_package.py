"""Against Debian's package itself, where it is installed."""

import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import Float64

from assets_catalog.catalog import Catalog
from assets_catalog.record import SupportSurface
from assets_catalog.sources.sweethome3d import library_paths
from assets_catalog.sources.sweethome3d.library import member_path, open_library
from assets_catalog.sources.sweethome3d.supports import _measured
from assets_catalog.taxonomy import load_taxonomy

BACKED = ("chair", "sofa", "armchair", "office_chair")


def _triangles(catalog: Catalog, asset_id: str) -> Float64[np.ndarray, "t 3 3"]:
    parts = catalog.load(asset_id).parts
    return np.concatenate([part.vertices_m[part.triangles] for part in parts]).astype(np.float64)


def _sampled(catalog: Catalog, classes: tuple[str, ...], count: int) -> list[str]:
    fitting = [asset_id for asset_id, record in catalog.records.items() if record.class_name in classes or not classes]
    return random.Random(7).sample(fitting, count)


def test_every_name_is_mapped_or_left_out_on_purpose_and_never_both(furniture_folder: Path) -> None:
    table = load_taxonomy().sources["sweethome3d"]
    mapped = set(table.class_by_name) | set(table.by_height)
    excluded = {name for names in table.excluded.values() for name in names}
    package = {
        properties["name"]
        for path in library_paths(furniture_folder)
        for properties in open_library(path).models.values()
    }
    assert package - mapped - excluded == set()
    assert mapped & excluded == set()
    assert (mapped | excluded | set(table.labels)) - package == set()


def test_the_catalog_is_as_rich_as_promised(real_catalog: Catalog) -> None:
    records = real_catalog.records.values()
    assert len(records) > 500
    assert len({record.class_name for record in records}) > 120
    assert {record.license for record in records} == {"CC0-1.0", "CC-BY-3.0", "CC-BY-3.0-US"}
    assert all(record.creator and record.source for record in records)


def test_sampled_assets_have_their_box_to_a_millimetre(real_catalog: Catalog) -> None:
    for asset_id in _sampled(real_catalog, (), 25):
        corners = _triangles(real_catalog, asset_id).reshape(-1, 3)
        width, depth, height = real_catalog.records[asset_id].size_m
        assert np.allclose(corners.min(axis=0), [-width / 2, -depth / 2, 0], atol=1e-3), asset_id
        assert np.allclose(corners.max(axis=0), [width / 2, depth / 2, height], atol=1e-3), asset_id


def test_seats_have_their_backs_at_positive_y(real_catalog: Catalog) -> None:
    for asset_id in _sampled(real_catalog, BACKED, 10):
        corners = _triangles(real_catalog, asset_id)
        area_m2 = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        center = corners.mean(axis=1)
        high = center[:, 2] > 0.72 * real_catalog.records[asset_id].size_m[2]
        assert np.average(center[high, 1], weights=area_m2[high]) > 0.0, asset_id


def test_measured_supports_belong_to_these_files(furniture_folder: Path) -> None:
    checksums = {}
    for path in library_paths(furniture_folder):
        with zipfile.ZipFile(path) as archive:
            for model, properties in open_library(path).models.items():
                checksums[model] = archive.getinfo(member_path("", properties["model"])).CRC
    assert {model: entry["crc32"] for model, entry in _measured().items()}.items() <= checksums.items()


def test_supports_lie_on_the_mesh(real_catalog: Catalog) -> None:
    carrying = [asset_id for asset_id, record in real_catalog.records.items() if record.supports]
    assert len(carrying) > 60
    for asset_id in random.Random(7).sample(carrying, 12):
        corners = _triangles(real_catalog, asset_id)
        for support in real_catalog.records[asset_id].supports:
            assert _share_carried(corners, support) == 1.0, asset_id


def _share_carried(corners: Float64[np.ndarray, "t 3 3"], support: SupportSurface) -> float:
    """Returns the share of a grid on the rectangle under which the mesh lies, within 12 mm."""
    near = (np.abs(corners[:, :, 2] - support.height_m) < 0.012).all(axis=1)
    a, b, c = (corners[near, k, None, :2] for k in range(3))
    steps = np.linspace(-0.47, 0.47, 9)
    grid = np.stack(np.meshgrid(steps * support.size_m[0], steps * support.size_m[1]), axis=-1).reshape(1, -1, 2)
    points = grid + np.array(support.center_m)
    sides = [
        (q - p)[..., 0] * (points - p)[..., 1] - (q - p)[..., 1] * (points - p)[..., 0]
        for p, q in ((a, b), (b, c), (c, a))
    ]
    inside = np.logical_and.reduce([side >= -1e-9 for side in sides])
    inside |= np.logical_and.reduce([side <= 1e-9 for side in sides])
    return float(inside.any(axis=0).mean())


@pytest.mark.parametrize("class_name", ["sofa", "chair", "dining_table", "bed", "plant", "table_lamp", "book", "rug"])
def test_what_a_furnished_room_needs_is_there(real_catalog: Catalog, class_name: str) -> None:
    assert any(record.class_name == class_name for record in real_catalog.records.values())
