"""The five steps, one by one at their limits, in pictures of 400x400 pixels, where 32 pixels are the least."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Int32, UInt8

from scenegen.encoders.legend import Rgb
from scenegen.encoders.masks import decode_instances

BLACK: Rgb = (0, 0, 0)
RED: Rgb = (200, 0, 0)
Block = tuple[int, int, int, int, Rgb]
"""Top, left, height and width in pixels, and its colour."""


def picture(*blocks: Block) -> UInt8[np.ndarray, "400 400 3"]:
    rgb = np.zeros((400, 400, 3), np.uint8)
    for top, left, height_px, width_px, color in blocks:
        rgb[top : top + height_px, left : left + width_px] = color
    return rgb


def decoded(*blocks: Block) -> Int32[np.ndarray, "400 400"]:
    return decode_instances(picture(*blocks), BLACK)


def found(*blocks: Block) -> int:
    return int(decoded(*blocks).max())


def ids_at(ids: Int32[np.ndarray, "h w"], pixels: Sequence[tuple[int, int]]) -> list[int]:
    return [int(ids[pixel]) for pixel in pixels]


def test_blocks_are_numbered_in_reading_order_and_cover_their_pixels() -> None:
    ids = decoded((50, 10, 30, 30, RED), (20, 200, 40, 40, (0, 200, 0)), (300, 300, 100, 100, (0, 0, 200)))
    assert ids_at(ids, [(20, 200), (50, 10), (399, 399), (0, 0)]) == [1, 2, 3, 0]
    assert np.bincount(ids.ravel()).tolist() == [160000 - 1600 - 900 - 10000, 1600, 900, 10000]


def test_background_is_what_is_under_14_from_its_color() -> None:
    assert found((50, 50, 50, 50, (13, 0, 0))) == 0
    assert found((50, 50, 50, 50, (14, 0, 0))) == 1
    assert decode_instances(picture((50, 50, 50, 50, RED)), (208, 8, 8))[60, 60] == 0


def test_a_flood_compares_with_its_seed_and_not_with_neighbors() -> None:
    ramp: list[Block] = [(100, 100 + 40 * step, 40, 40, (60 + 13 * step, 0, 0)) for step in range(5)]
    ids = decoded(*ramp)
    assert ids_at(ids, [(110, 110 + 40 * step) for step in range(5)]) == [1, 1, 2, 2, 3]
    assert found((100, 100, 40, 40, (60, 0, 0)), (100, 140, 40, 40, (74, 0, 0))) == 2


def test_a_flood_goes_to_four_neighbors() -> None:
    corners = decoded((100, 100, 30, 30, (100, 0, 0)), (130, 130, 30, 30, (113, 0, 0)), (0, 0, 9, 9, (0, 200, 0)))
    # one colour within tau, so that step 5 joins what only touches at a corner
    assert ids_at(corners, [(100, 100), (130, 130)]) == [2, 2]
    apart = decoded((100, 100, 4, 40, (100, 0, 0)), (104, 140, 240, 4, (110, 0, 0)))
    assert ids_at(apart, [(100, 100), (104, 140)]) == [1, 2]


def test_parts_under_a_five_thousandth_of_the_image_are_dropped() -> None:
    assert found((100, 100, 4, 8, RED)) == 1
    assert found((100, 100, 4, 8, RED), (100, 100, 1, 1, BLACK)) == 0


def test_what_erosion_leaves_under_a_tenth_of_is_dropped() -> None:
    assert found((100, 100, 2, 200, RED)) == 0
    assert found((100, 100, 3, 200, RED)) == 1
    assert found((100, 100, 3, 9, RED), (101, 109, 1, 43, RED)) == 1  # 7 of 70
    assert found((100, 100, 3, 9, RED), (101, 109, 1, 44, RED)) == 0
    tail: Block = (100, 0, 2, 300, RED)
    assert found(tail, (100, 300, 10, 10, RED)) == 0  # 64 of 700 pixels survive
    assert found(tail, (100, 300, 11, 11, RED)) == 1  # 81 of 721


def test_the_edge_of_the_image_doesnt_erode() -> None:
    assert found((398, 0, 2, 400, RED)) == 1


def test_two_parts_of_one_color_are_one_instance_in_a_box_of_five_times_theirs() -> None:
    first: Block = (100, 20, 20, 20, RED)
    assert found(first, (100, 200, 20, 20, RED)) == 1  # 200 x 20 pixels around 2 x 400
    assert found(first, (100, 201, 20, 20, RED)) == 2
    assert found(first, (100, 200, 20, 20, (200, 13, 0))) == 1
    assert found(first, (100, 200, 20, 20, (200, 14, 0))) == 2


def test_parts_merge_through_chains() -> None:
    row: list[Block] = [(100, 170 * place, 20, 20, RED) for place in range(3)]
    assert found(*row) == 1
    assert found(row[0], row[2]) == 2
    assert found(row[0], (101, 170, 20, 20, RED), row[2]) == 1  # the link is met last


def test_merged_parts_take_the_place_of_the_first() -> None:
    ids = decoded((10, 10, 30, 30, RED), (20, 100, 30, 30, (0, 200, 0)), (60, 10, 30, 30, RED))
    assert ids_at(ids, [(10, 10), (60, 10), (20, 100)]) == [1, 1, 2]


@settings(derandomize=True, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40), st.integers(1, 16))
def test_any_picture_is_read(seed: int, height_px: int, width_px: int, block_px: int) -> None:
    rng = np.random.default_rng(seed)
    blocks = rng.integers(0, 256, (height_px, width_px, 3), dtype=np.uint8)
    rgb = blocks.repeat(block_px, axis=0)[::-1].repeat(block_px, axis=1)
    ids = decode_instances(rgb, (0, 0, 0))
    assert ids.shape == rgb.shape[:2]
    assert np.unique(ids[ids > 0]).tolist() == list(range(1, ids.max() + 1))
    assert ids.min() >= 0


@pytest.mark.parametrize("color", [(0, 0, 0), (255, 255, 255), (7, 200, 30)])
def test_a_picture_of_one_color_is_background_or_one_instance(color: Rgb) -> None:
    rgb = np.full((30, 50, 3), color, np.uint8)
    assert (decode_instances(rgb, BLACK) == (color != BLACK)).all()
