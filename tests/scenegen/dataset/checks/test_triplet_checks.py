"""A stored triplet is held against its plan and its frame, pixel by pixel."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scenegen.dataset.jpeg import encode_jpeg
from scenegen.dataset.png import decode_png, encode_png
from schemas.frame import Shot
from schemas.triplet import Triplet

Shots = list[Shot]
Faults = Callable[[], dict[str, str]]
Change = Callable[..., None]
DEPTH = "scene-00000000-view-00-depth-0"
NORMALS = "scene-00000000-view-00-normals-0"


@pytest.fixture
def first(stored_triplets: list[Triplet]) -> Triplet:
    """The row that `change_first` changes."""
    return stored_triplets[0]


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_pixel_moved_by_three_codes_is_named_with_its_place(
    first: Triplet, change_first: Change, faults: Faults, channel: int
) -> None:
    rgb = decode_png(first.target_png)
    rgb[40, 21, channel] = rgb[40, 21, channel] + 3 if rgb[40, 21, channel] < 128 else rgb[40, 21, channel] - 3
    change_first(target_png=encode_png(rgb))
    found = faults()
    assert found.keys() == {DEPTH}
    assert "pixel (21, 40)" in found[DEPTH]
    assert "1 pixels" in found[DEPTH]


def test_a_target_off_its_bound_says_what_was_decoded_and_what_is_true(
    first: Triplet, change_first: Change, faults: Faults, shots: Shots
) -> None:
    rgb = decode_png(first.target_png)
    rgb[45, 5] = (255, 0, 0)
    change_first(target_png=encode_png(rgb))
    true_m = shots[0][1].gbuffer.z_depth_m[45, 5]
    fault = faults()[DEPTH]
    assert f"0.801234 m decoded at pixel (5, 45), {true_m:.6g} m true" in fault
    assert "times the bound" in fault


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"edit_prompt": "Draw me a depth map."}, "edit_prompt is 'Draw me a depth map.', planned"),
        ({"seed": 7}, "seed is 7, planned"),
        ({"task": "normals"}, "task is 'normals', planned 'depth'"),
        ({"intrinsics": (1.0,) * 9}, "intrinsics is"),
        ({"cam2world": (0.0,) * 16}, "cam2world is"),
        ({"width_px": 48, "height_px": 64}, "width_px is 48, planned 64"),
        ({"z_depth_min_m": 0.5}, "z_depth_min_m is 0.5, planned"),
        ({"z_depth_max_m": float("nan")}, "z_depth_max_m is nan, planned"),
        ({"asset_ids": ()}, "asset_ids is ()"),
        ({"codec": "grey"}, "codec is 'grey'"),
        ({"split": "test"}, "split is 'test', planned 'train'"),
        ({"target_png": b""}, "edited_image: not a PNG"),
        ({"target_png": encode_png(np.zeros((16, 16, 3), np.uint8))}, "edited_image is 16 x 16 pixels"),
        ({"target_png": encode_jpeg(np.zeros((48, 64, 3), np.uint8), 95)}, "edited_image: not a PNG"),
        ({"input_image_bytes": encode_jpeg(np.zeros((48, 64, 3), np.uint8), 95)}, "is a JPEG, the spec says png"),
    ],
)
def test_a_wrong_field_names_its_row(
    change_first: Change, faults: Faults, changes: dict[str, Any], complaint: str
) -> None:
    change_first(**changes)
    found = faults()
    assert found.keys() == {DEPTH}
    assert complaint in found[DEPTH]


def test_an_input_that_is_not_the_frames_picture_is_named_with_figures(
    first: Triplet, change_first: Change, faults: Faults
) -> None:
    rgb = decode_png(first.input_image_bytes)
    rgb[3, 4] += 9
    change_first(input_image_bytes=encode_png(rgb))
    assert faults() == {DEPTH: "input_image is not the frame's image: 1 pixels differ, by up to 9 of 255\n"}


def test_swapped_rows_are_both_named(
    stored_triplets: list[Triplet], write_triplets: Callable[..., None], faults: Faults
) -> None:
    write_triplets([stored_triplets[1], stored_triplets[0], *stored_triplets[2:]])
    found = faults()
    assert found.keys() == {DEPTH, NORMALS}
    assert f"has {NORMALS} in its place" in found[DEPTH]
