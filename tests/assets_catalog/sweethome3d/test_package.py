"""Against Debian's package itself, where it is installed."""

import pickle
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import Float64

from assets_catalog.ingest.candidate import AddOptions, Candidate, LoadedModel, SetAside
from assets_catalog.ingest.placing import placement_of
from assets_catalog.ingest.supports import measured_supports
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import SupportSurface
from assets_catalog.sources.sweethome3d import library_paths, list_sweethome3d
from assets_catalog.sources.sweethome3d.library import open_library
from assets_catalog.sources.sweethome3d.names import load_names
from assets_catalog.taxonomy import load_taxonomy
from schemas.geometry import Vec3

BACKED = ("chair", "sofa", "armchair", "office_chair")
Candidates = Mapping[str, Candidate]


def _mesh(candidate: Candidate) -> AssetMesh:
    loaded = candidate.load()
    assert isinstance(loaded, LoadedModel)
    return loaded.mesh


def _triangles(mesh: AssetMesh) -> Float64[np.ndarray, "t 3 3"]:
    return np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]).astype(np.float64)


def _size_m(candidate: Candidate) -> Vec3:
    assert candidate.facts.size_m is not None
    return candidate.facts.size_m


def _sampled(candidates: Candidates, classes: tuple[str, ...], count: int) -> list[Candidate]:
    fitting = [each for each in candidates.values() if each.facts.class_name in classes or not classes]
    return random.Random(7).sample(fitting, count)


@pytest.fixture(scope="module")
def names(furniture_folder: Path) -> set[str]:
    libraries = [open_library(path) for path in library_paths(furniture_folder)]
    return {properties["name"] for library in libraries for properties in library.models.values()}


@pytest.fixture(scope="module")
def ids(furniture_folder: Path) -> set[str]:
    return {model for path in library_paths(furniture_folder) for model in open_library(path).models}


def test_every_name_is_mapped_or_left_out_on_purpose_and_never_both(names: set[str], ids: set[str]) -> None:
    table = load_names()
    mapped = set(table.class_by_name) | set(table.by_height)
    excluded = {name for those in table.excluded.values() for name in those} - ids
    assert len(names) == 612
    assert names - mapped - excluded == set()
    assert mapped & excluded == set()
    assert (mapped | excluded | set(table.labels)) - names == set()


def test_a_name_stands_in_the_table_once(names: set[str]) -> None:
    table = load_names()
    stated = [name for those in table.names.values() for name in those] + list(table.by_height)
    assert len(stated) == len(set(stated))


def test_single_models_of_the_table_are_in_the_package(ids: set[str]) -> None:
    table = load_names()
    single = {name for those in table.excluded.values() for name in those if "#" in name}
    assert single | table.by_model.keys() | table.placement.keys() <= ids


def test_the_list_is_as_rich_as_promised(furniture_folder: Path, real_candidates: Candidates) -> None:
    listed = list(list_sweethome3d(furniture_folder, AddOptions()))
    aside = [each for each in listed if isinstance(each, SetAside)]
    assert len(listed) == 820
    assert len(real_candidates) >= 780
    assert {each.reason for each in aside} == {"shows a brand", "shows banknotes"}
    facts = [candidate.facts for candidate in real_candidates.values()]
    assert len({fact.class_name for fact in facts}) > 250
    assert {fact.license for fact in facts} == {"CC0-1.0", "CC-BY-3.0", "CC-BY-3.0-US"}
    assert all(fact.creator and fact.source and fact.label == str(fact.label).lower() for fact in facts)


def test_every_stated_size_is_usual_for_its_class(real_candidates: Candidates) -> None:
    """A wrong class and a wrong prior show alike."""
    classes = load_taxonomy().classes
    odd = {
        asset_id: (candidate.facts.class_name, _size_m(candidate))
        for asset_id, candidate in real_candidates.items()
        if classes[str(candidate.facts.class_name)].size.excess(_size_m(candidate)) > 1.0
    }
    assert odd == {}


@pytest.mark.parametrize(
    "class_name", ["car", "truck", "bus", "tree", "fence", "street_lamp", "horse", "swimming_pool"]
)
def test_what_belongs_out_of_doors_is_placed_there(real_candidates: Candidates, class_name: str) -> None:
    found = [each for each in real_candidates.values() if each.facts.class_name == class_name]
    assert found
    for each in found:
        assert placement_of(each.facts, _size_m(each), load_taxonomy().classes[class_name]) == "street"


def test_a_candidate_takes_along_the_members_of_its_folder_only(real_candidates: Candidates) -> None:
    assert max(len(pickle.dumps(candidate)) for candidate in real_candidates.values()) < 8192


def test_sampled_assets_have_their_box_to_a_millimetre(real_candidates: Candidates) -> None:
    for candidate in _sampled(real_candidates, (), 25):
        corners = _triangles(_mesh(candidate)).reshape(-1, 3)
        width, depth, height = _size_m(candidate)
        assert np.allclose(corners.min(axis=0), [-width / 2, -depth / 2, 0], atol=1e-3), candidate.asset_id
        assert np.allclose(corners.max(axis=0), [width / 2, depth / 2, height], atol=1e-3), candidate.asset_id


def test_seats_have_their_backs_at_positive_y(real_candidates: Candidates) -> None:
    for candidate in _sampled(real_candidates, BACKED, 10):
        corners = _triangles(_mesh(candidate))
        area_m2 = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        center = corners.mean(axis=1)
        high = center[:, 2] > 0.72 * _size_m(candidate)[2]
        assert np.average(center[high, 1], weights=area_m2[high]) > 0.0, candidate.asset_id


def test_supports_lie_on_the_mesh(real_candidates: Candidates) -> None:
    classes = load_taxonomy().classes
    carrying = [each for each in real_candidates.values() if classes[str(each.facts.class_name)].carries]
    assert len(carrying) > 60
    found = 0
    for candidate in random.Random(7).sample(carrying, 12):
        mesh = _mesh(candidate)
        for support in measured_supports(mesh, candidate.facts.support_height_m):
            assert _share_carried(_triangles(mesh), support) > 0.85, candidate.asset_id
            found += 1
    assert found >= 6


def _share_carried(corners: Float64[np.ndarray, "t 3 3"], support: SupportSurface) -> float:
    """Returns the share of a grid on the rectangle under which the mesh lies: all but the gaps between boards.

    Within 21 mm, as a level is flat to a centimetre either way.
    """
    near = (np.abs(corners[:, :, 2] - support.height_m) < 0.021).all(axis=1)
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
def test_what_a_furnished_room_needs_is_there(real_candidates: Candidates, class_name: str) -> None:
    assert any(candidate.facts.class_name == class_name for candidate in real_candidates.values())
