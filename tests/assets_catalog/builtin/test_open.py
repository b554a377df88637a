"""The catalog of procedural shapes: records that tell the truth about meshes, the same ones every time."""

from pathlib import Path

import numpy as np
import pytest

from assets_catalog.mesh import AssetMesh
from assets_catalog.sources.builtin import FAMILIES, _records, open_builtin
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import CatalogError

GRAINS = {"wood", "fabric", "metal", "ceramic", "leaf", "paper", "plastic", "glass", "paint", "shade", "soil"}


def content(mesh: AssetMesh) -> list[bytes]:
    """Returns everything that a mesh holds, as bytes."""
    arrays = [(part.vertices_m, part.triangles, part.corner_normals, part.corner_uvs) for part in mesh.parts]
    return [array.tobytes() for part in arrays for array in part] + [
        repr(part.material).encode() for part in mesh.parts
    ]


def test_every_class_is_in_the_taxonomy() -> None:
    classes = load_taxonomy().classes
    assert {family.class_name for family in FAMILIES} <= set(classes)


def test_ids_are_sorted_unique_and_carry_source_and_class() -> None:
    records = open_builtin(None).records
    assert list(records) == sorted(records)
    assert len(records) == sum(family.count for family in FAMILIES)
    for asset_id, record in records.items():
        assert record.asset_id == asset_id
        assert asset_id.startswith(f"builtin/{record.class_name}-")


def test_variants_of_a_class_differ() -> None:
    hashes = [record.sha256 for record in open_builtin(None).records.values()]
    assert len(set(hashes)) == len(hashes)


def test_opening_twice_gives_the_same_lock() -> None:
    first = open_builtin(None).lock()
    _records.cache_clear()
    assert open_builtin(None).lock() == first


@pytest.mark.parametrize("asset_id", [f"builtin/{name}-01" for name in ("bookcase", "plant", "picture", "bed")])
def test_loading_twice_gives_the_same_bytes(asset_id: str) -> None:
    catalog = open_builtin(None)
    assert content(catalog.load(asset_id)) == content(catalog.load(asset_id))


def test_a_path_is_refused() -> None:
    with pytest.raises(CatalogError, match="takes no path"):
        open_builtin(Path("models"))


def test_an_unknown_asset_is_answered_with_the_nearest() -> None:
    with pytest.raises(CatalogError, match="did you mean 'builtin/chair-01'"):
        open_builtin(None).load("builtin/chiar-01")


def test_things_on_walls_hang_at_eye_height_and_others_do_not_float() -> None:
    for record in open_builtin(None).records.values():
        if record.placement == "wall":
            assert record.elevation_m + 0.5 * record.size_m[2] == pytest.approx(1.55, abs=1e-5)
        else:
            assert record.elevation_m == 0


def test_materials_name_a_grain_stay_in_range_and_are_told_apart_by_name() -> None:
    catalog = open_builtin(None)
    materials = {part.material for asset_id in catalog.records for part in catalog.load(asset_id).parts}
    assert len({material.name for material in materials}) == len(materials)
    for material in materials:
        assert material.name.split(":")[0] in GRAINS
        assert all(0 <= channel <= 1 for channel in (*material.color, material.roughness, material.metallic))
        assert (material.emission >= 1.0) == material.name.startswith("shade:")
        assert material.emission <= 4.0


def test_records_are_of_honest_size() -> None:
    for record in open_builtin(None).records.values():
        assert min(record.size_m) >= 0.008
        assert max(record.size_m) <= 2.6
        if record.placement == "surface":
            assert np.prod(record.size_m[:2]) < 0.4, record.asset_id
