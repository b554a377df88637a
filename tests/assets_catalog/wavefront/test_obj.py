"""OBJ files: what is read, and that a broken one is refused by name."""

import numpy as np
import pytest

from assets_catalog.wavefront.obj import ABSENT, read_wavefront
from schemas.errors import AssetError

SQUARE = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvn 0 0 1\n"


def test_polygons_become_triangles_with_their_material() -> None:
    obj = read_wavefront(SQUARE + "usemtl oak\nf 1 2 3 4\nusemtl steel\nf 1 2 3\n", "x.obj")
    assert obj.corner_point.tolist() == [[0, 1, 2], [0, 2, 3], [0, 1, 2]]
    assert [obj.material_names[row] for row in obj.material] == ["oak", "oak", "steel"]


def test_a_corner_keeps_its_uv_and_normal_and_tells_when_it_has_none() -> None:
    obj = read_wavefront(SQUARE + "f 1/1/1 2/2/1 3/3/1\nf 1//1 2//1 3//1\nf 1/1 2/2 3/3\nf 1 2 3\n", "x.obj")
    none = [ABSENT] * 3
    assert obj.corner_uv.tolist() == [[0, 1, 2], none, [0, 1, 2], none]
    assert obj.corner_normal.tolist() == [[0, 0, 0], [0, 0, 0], none, none]


def test_negative_indices_count_from_the_latest_statement() -> None:
    text = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf -3 -2 -1\nv 0 0 5\nf -4/-1 -3/-1 -1/-1\n"
    obj = read_wavefront(text.replace("f -4", "vt 0.5 0.5\nf -4"), "x.obj")
    assert obj.corner_point.tolist() == [[0, 1, 2], [0, 1, 3]]
    assert obj.corner_uv[1].tolist() == [0, 0, 0]


def test_windows_line_ends_comments_and_continued_lines_are_read() -> None:
    text = "# x\r\n" + SQUARE.replace("\n", "\r\n") + "mtllib a b.mtl\r\nf 1 2 \\\r\n 3\r\n"
    obj = read_wavefront(text, "x.obj")
    assert obj.corner_point.tolist() == [[0, 1, 2]]
    assert obj.libraries == ("a b.mtl",)


@pytest.mark.parametrize(
    ("faces", "fault"),
    [
        ("", "holds no faces"),
        ("f 1 2\n", "holds no faces"),
        ("f 1 2 9\n", "vertices that it lacks"),
        ("f 0 1 2\n", "vertices that it lacks"),
        ("f -9 1 2\n", "vertices that it lacks"),
        ("f 1/9 2/1 3/1\n", "uvs that it lacks"),
        ("f 1//9 2//1 3//1\n", "normals that it lacks"),
        ("f a b c\n", "no valid OBJ"),
        ("f - 1 2\n", "no valid OBJ"),
        ("f 1 2 99999999999999999999\n", "no valid OBJ"),
        ("v 1 2\nf 1 2 3\n", "no valid OBJ"),
        ("v nan 0 0\nf 1 2 5\n", "not finite"),
        ("v inf 0 0\nf 1 2 5\n", "not finite"),
    ],
)
def test_a_broken_file_is_refused_by_name(faces: str, fault: str) -> None:
    with pytest.raises(AssetError, match=rf"x\.obj.*{fault}"):
        read_wavefront(SQUARE + faces, "x.obj")


def test_an_unused_bad_vertex_does_no_harm() -> None:
    assert np.isfinite(read_wavefront(SQUARE + "v nan 0 0\nf 1 2 3\n", "x.obj").points[:4]).all()
