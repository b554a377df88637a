"""A mesh that can't be repaired is refused, by a line with what, how much and what is allowed."""

from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.ingest import checks
from assets_catalog.ingest.checks import check_mesh
from assets_catalog.mesh import AssetMesh
from schemas.errors import AssetError
from tests.assets_catalog.meshes import PLAIN, box_part, part_of, table

BOX = box_part((0, 0, 0), (1, 1, 1))


def test_a_sound_mesh_passes() -> None:
    check_mesh(table(), None)


def test_an_empty_mesh_is_refused() -> None:
    for mesh in (AssetMesh(()), AssetMesh((part_of(np.zeros((3, 3)), []),))):
        with pytest.raises(AssetError, match="no triangles"):
            check_mesh(mesh, None)


@pytest.mark.parametrize(("index", "line"), [(8, "names vertex 8, and has 8"), (-1, "names vertex -1")])
def test_an_index_out_of_range_is_refused(index: int, line: str) -> None:
    triangles = BOX.triangles.copy()
    triangles[3, 1] = index
    with pytest.raises(AssetError, match=line):
        check_mesh(AssetMesh((replace(BOX, triangles=triangles),)), None)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_vertices_that_are_not_finite_are_counted(value: float) -> None:
    vertices = BOX.vertices_m.copy()
    vertices[2:4, 1] = value
    with pytest.raises(AssetError, match="'plain' has 2 vertices that are not finite"):
        check_mesh(AssetMesh((replace(BOX, vertices_m=vertices),)), None)


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        ("HARD_LIMIT_TRIANGLES", "60 triangles, 59 are allowed"),
        ("HARD_LIMIT_VERTICES", "40 vertices, 39 are allowed"),
        ("HARD_LIMIT_PARTS", "2 materials, 1 are allowed"),
    ],
)
def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, line: str) -> None:
    monkeypatch.setattr(checks, limit, int(line.split()[2]))
    with pytest.raises(AssetError, match=line):
        check_mesh(table(), None)


def test_what_is_to_be_decimated_may_be_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "HARD_LIMIT_TRIANGLES", 10)
    check_mesh(table(), max_triangles=10)
    monkeypatch.setattr(checks, "HARD_LIMIT_DECIMATED", 20)
    with pytest.raises(AssetError, match="60 triangles, 20"):
        check_mesh(table(), max_triangles=10)


def test_equal_materials_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "HARD_LIMIT_PARTS", 1)
    check_mesh(AssetMesh((BOX, replace(BOX, material=replace(PLAIN)))), None)
