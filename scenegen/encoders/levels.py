"""Which level of the colour path each float32 depth is drawn at, found by comparing bits, exactly as the formula says.

As unsigned integers the bits of floats from 0 to infinity are in the order of the floats. So a rising curve has, for
each level, a first depth that is drawn at it, and 1,786 such thresholds replace the curve. They come from the curve in
float64 by bisection; a threshold's two float32 neighbours lie many last bits of float64 apart, so they are the same on
every machine.

A table over the high bits, which are sign, exponent and ten of the mantissa, gives the level at which a bucket of
depths begins; one comparison then tells whether the next level has begun too. One suffices for every `PowerCurve`: a
bucket is at most 1/1024 of its depth wide, and levels are nowhere closer than 1/657, which is e/1785, of it.

Edges: -0 counts as 0. Other negative depths and NaN have no level.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64, UInt8, UInt16, UInt32

from scenegen.compiled import compiled_when_called
from scenegen.encoders.hilbert import LAST_LEVEL, PATH

Curve = Callable[[Float32[np.ndarray, " n"]], Float64[np.ndarray, " n"]]
"""Rising, from depth to position on the path, in [0, 1]; infinity is at 1."""

_INFINITY = 0x7F800000
_MINUS_ZERO = 0x80000000
_LOW_BITS = 13


@dataclass(frozen=True)
class Levels:
    """A curve as integers."""

    first_bits: UInt32[np.ndarray, "1787"]
    """Bits of the first depth of each level; a last entry that none reaches."""
    of_bucket: UInt16[np.ndarray, " buckets"]
    """Level of each bucket's first depth."""


def levels_of(curve: Curve) -> Levels:
    """Returns a curve's levels, in some milliseconds."""
    first_bits = _first_bits(curve)
    starts = np.arange(0, _INFINITY + 1, 1 << _LOW_BITS)
    of_bucket = np.searchsorted(first_bits, starts, side="right") - 1
    return Levels(np.append(first_bits, 2**32 - 1).astype(np.uint32), of_bucket.astype(np.uint16))


def _first_bits(curve: Curve) -> UInt32[np.ndarray, "1786"]:
    """Bisects for all levels at once."""
    level = np.arange(LAST_LEVEL + 1)
    low, high = np.zeros_like(level), np.full_like(level, _INFINITY)
    while (low < high).any():
        middle = (low + high) // 2
        reached = np.rint(LAST_LEVEL * curve(middle.astype(np.uint32).view(np.float32))) >= level
        low, high = np.where(reached, low, middle + 1), np.where(reached, middle, high)
    return high.astype(np.uint32)


def draw(z_depth_m: Float32[np.ndarray, "h w"], levels: Levels) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the colours of the levels; raises ValueError, naming the first pixel, where a depth has none."""
    rgb = np.empty((*z_depth_m.shape, 3), np.uint8)
    bits = np.ascontiguousarray(z_depth_m).view(np.uint32).reshape(-1)
    drawn = _draw(bits, levels.first_bits, levels.of_bucket, PATH, rgb.reshape(-1, 3))
    if drawn < bits.size:
        row, column = divmod(drawn, z_depth_m.shape[1])
        raise ValueError(no_depth(row, column, float(z_depth_m[row, column])))
    return rgb


def no_depth(row: int, column: int, value: float) -> str:
    """Returns what is wrong with a pixel whose depth has no level."""
    return f"z_depth_m at row {row}, column {column} is {value}; must be 0 or more, or infinity"


@compiled_when_called
def _draw(
    z_depth_bits: UInt32[np.ndarray, " n"],
    first_bits: UInt32[np.ndarray, "1787"],
    of_bucket: UInt16[np.ndarray, " buckets"],
    path: UInt8[np.ndarray, "1786 3"],
    rgb: UInt8[np.ndarray, "n 3"],
) -> int:
    """Returns how many pixels were drawn before one that has no level."""
    for i in range(z_depth_bits.size):
        bits = z_depth_bits[i]
        if bits > _INFINITY:
            if bits != _MINUS_ZERO:
                return i
            bits = np.uint32(0)
        level = np.int64(of_bucket[bits >> _LOW_BITS])
        level += bits >= first_bits[level + 1]
        rgb[i, 0], rgb[i, 1], rgb[i, 2] = path[level, 0], path[level, 1], path[level, 2]
    return z_depth_bits.size
