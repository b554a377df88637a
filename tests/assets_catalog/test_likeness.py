"""A shape is alike itself, however it is placed, turned, mirrored, scaled and painted; and like no other."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jaxtyping import Float64

from assets_catalog.likeness import SIGNATURE_LENGTH, alike, signature
from assets_catalog.mesh import AssetMaterial, AssetMesh
from tests.assets_catalog.meshes import box_part, sphere_part, table

CHAIR = AssetMesh(
    (
        box_part((-0.2, -0.2, 0.4), (0.2, 0.2, 0.45)),
        box_part((-0.2, 0.17, 0.45), (0.2, 0.2, 0.9)),
        *(box_part((x, y, 0), (x + 0.04, y + 0.04, 0.4)) for x in (-0.2, 0.16) for y in (-0.2, 0.16)),
    )
)
SHELF = AssetMesh(tuple(box_part((-0.4, -0.15, z), (0.4, 0.15, z + 0.02)) for z in (0.0, 0.4, 0.8, 1.2, 1.6)))
SHAPES = {
    "table": table(),
    "chair": CHAIR,
    "shelf": SHELF,
    "ball": AssetMesh((sphere_part(20),)),
    "crate": AssetMesh((box_part((0, 0, 0), (1, 1, 1)),)),
    "wardrobe": AssetMesh((box_part((0, 0, 0), (1.2, 0.6, 2.1)),)),
    "rug": AssetMesh((box_part((0, 0, 0), (2.0, 1.4, 0.01)),)),
}


@cache
def _signature(name: str) -> str:
    return signature(SHAPES[name])


def _moved(mesh: AssetMesh, turn: Float64[np.ndarray, "3 3"], shift: Float64[np.ndarray, "3"]) -> AssetMesh:
    parts = [replace(part, vertices_m=(part.vertices_m @ turn.T + shift).astype(np.float32)) for part in mesh.parts]
    return AssetMesh(tuple(parts))


@given(st.sampled_from(sorted(SHAPES)), st.floats(0, 6.3), st.floats(0.01, 100), st.booleans())
def test_a_shape_is_alike_however_it_stands(name: str, angle: float, scale: float, mirrored: bool) -> None:
    c, s = np.cos(angle), np.sin(angle)
    turn = scale * np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ np.diag([-1.0 if mirrored else 1.0, 1, 1])
    moved = _moved(SHAPES[name], turn, np.array([3.0, -2.0, 1.0]) * scale)
    assert alike(signature(moved), [_signature(name)]) == 0


@pytest.mark.parametrize("name", SHAPES)
def test_a_repainted_shape_in_other_order_is_alike(name: str) -> None:
    red = AssetMaterial("red", (1.0, 0.0, 0.0))
    painted = [
        replace(
            part,
            material=red,
            triangles=part.triangles[::-1].copy(),
            corner_normals=part.corner_normals[::-1].copy(),
            corner_uvs=part.corner_uvs[::-1].copy(),
        )
        for part in reversed(SHAPES[name].parts)
    ]
    assert alike(signature(AssetMesh(tuple(painted))), [_signature(name)]) == 0


def test_other_shapes_are_not_alike() -> None:
    for name in SHAPES:
        others = [_signature(other) for other in SHAPES if other != name]
        assert alike(_signature(name), others) is None


def test_a_shape_lying_down_is_another() -> None:
    lying = _moved(SHAPES["wardrobe"], np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]]), np.zeros(3))
    assert alike(signature(lying), [_signature("wardrobe")]) is None


def test_the_nearest_is_found_among_many_and_of_equal_ones_the_first() -> None:
    rng = np.random.default_rng(4)
    known = [row.tobytes().hex() for row in rng.integers(0, 256, (500, SIGNATURE_LENGTH // 2), dtype=np.uint8)]
    known[321] = known[400] = signature(CHAIR)
    known[100] = ""
    assert alike(signature(CHAIR), known) == 321


def test_nothing_is_alike_where_nothing_is_known() -> None:
    assert alike(signature(CHAIR), []) is None
    assert alike(signature(CHAIR), ["", "ab"]) is None
    assert alike("ab", ["ab"]) is None


def test_a_signature_is_short_and_the_same_each_time() -> None:
    assert signature(CHAIR) == signature(CHAIR)
    assert len(signature(CHAIR)) == SIGNATURE_LENGTH == 96
    bytes.fromhex(signature(CHAIR))
