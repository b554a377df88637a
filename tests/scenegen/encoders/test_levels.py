"""The table of thresholds draws what the formula in float64 draws, for every float32."""

import numpy as np
import pytest
from jaxtyping import Float32, UInt8

from scenegen.encoders.depth import PowerCurve
from scenegen.encoders.hilbert import LAST_LEVEL, walk
from scenegen.encoders.levels import draw, levels_of

PAPER = PowerCurve()
CURVES = [PAPER, *(PowerCurve(exponent, scale) for exponent in (-1.01, -2.0, -80.0) for scale in (0.02, 3.0, 500.0))]
LARGEST = np.finfo(np.float32).max


def drawn(depths_m: Float32[np.ndarray, " n"], curve: PowerCurve) -> UInt8[np.ndarray, "n 3"]:
    return draw(depths_m[None], levels_of(curve.position))[0]


def around(depths_m: Float32[np.ndarray, " n"], reach: int) -> Float32[np.ndarray, " m"]:
    """Returns the depths with so many neighbours on either side."""
    steps = np.arange(-reach, reach + 1)
    bits = depths_m.view(np.uint32).astype(np.int64)[:, None] + steps
    return bits.clip(0, 0x7F800000).astype(np.uint32).view(np.float32).ravel()


def assert_as_the_formula_says(depths_m: Float32[np.ndarray, " n"], curve: PowerCurve) -> None:
    np.testing.assert_array_equal(drawn(depths_m, curve), walk(curve.position(depths_m)))


@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_the_neighbours_of_every_threshold_are_drawn_as_the_formula_says(curve: PowerCurve) -> None:
    thresholds_m = levels_of(curve.position).first_bits[:-1].view(np.float32)
    assert_as_the_formula_says(around(thresholds_m, 40), curve)


def test_thresholds_are_where_the_levels_change() -> None:
    first_m = levels_of(PAPER.position).first_bits[1:-1].view(np.float32)
    level = np.rint(LAST_LEVEL * PAPER.position(np.stack([np.nextafter(first_m, np.float32(0)), first_m])))
    np.testing.assert_array_equal(level, [np.arange(LAST_LEVEL), np.arange(1, LAST_LEVEL + 1)])


@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_millions_of_depths_are_drawn_as_the_formula_says(curve: PowerCurve) -> None:
    rng = np.random.default_rng(4)
    depths_m = curve.scale_m * np.exp(rng.uniform(np.log(1e-4), np.log(1e4), 400_000))
    any_bits = rng.integers(0, 0x7F800001, 400_000, dtype=np.uint32)
    assert_as_the_formula_says(np.concatenate([depths_m.astype(np.float32), any_bits.view(np.float32)]), curve)


def test_both_ends_of_every_bucket_are_drawn_as_the_formula_says() -> None:
    starts = np.arange(0, 0x7F800001, 1 << 13).astype(np.uint32).view(np.float32)
    assert_as_the_formula_says(around(starts, 1), PAPER)


def test_the_ends_of_float32_are_drawn_as_the_formula_says() -> None:
    ends_m = np.array([0.0, -0.0, 1e-45, 1e-40, np.finfo(np.float32).tiny, LARGEST, np.inf], np.float32)
    assert_as_the_formula_says(ends_m, PAPER)
    assert drawn(ends_m, PAPER)[-1].tolist() == [255, 255, 255]


@pytest.mark.parametrize("bad", [-1e-45, -1.0, -LARGEST, -np.inf, np.nan, -np.nan])
def test_what_has_no_level_is_refused_wherever_it_stands(bad: float) -> None:
    for row, column in ((0, 0), (3, 2), (4, 6)):
        depths_m = np.ones((5, 7), np.float32)
        depths_m[row, column] = bad
        with pytest.raises(ValueError, match=f"row {row}, column {column} is"):
            draw(depths_m, levels_of(PAPER.position))


def test_a_view_into_other_arrays_is_drawn_as_its_copy() -> None:
    depths_m = np.random.default_rng(5).uniform(0, 20, (40, 60)).astype(np.float32)
    levels = levels_of(PAPER.position)
    for view in (depths_m.T, depths_m[::2, ::-3]):
        np.testing.assert_array_equal(draw(view, levels), draw(view.copy(), levels))


def test_the_table_is_as_long_as_the_path() -> None:
    levels = levels_of(PAPER.position)
    assert levels.first_bits.shape == (LAST_LEVEL + 2,)
    assert (np.diff(levels.first_bits.astype(np.int64)) > 0).all()
    assert levels.of_bucket[-1] == LAST_LEVEL
