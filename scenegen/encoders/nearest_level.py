"""Which colour of a path through the RGB cube is nearest to each 8-bit colour: a table of all 2**24, exact.

The cube is cut into ever smaller cells. For each a window, the first and the last level that can be nearest to any of
its colours, is found within that of the cell around it; at 4x4x4 colours, windows have about a dozen levels, and every
colour is compared with these alone. That takes a third of a second and leaves 32 MiB; a pixel then costs one look.

A colour equally near to several levels takes the lowest of them: the nearer depth.
"""

import numpy as np
from jaxtyping import Int16, Int32, Shaped, UInt8, UInt16

from scenegen.compiled import compiled_when_called

_FINEST_BITS = 6
"""Of each channel, what tells the cell."""


def nearest_levels(colors: UInt8[np.ndarray, "levels 3"]) -> UInt16[np.ndarray, "16777216"]:
    """Returns the level nearest to 65536 red + 256 green + blue, for a path of at most 2048 colours."""
    wide = colors.astype(np.int32)
    windows = np.array([[0, len(colors) - 1]], np.int16)
    for bits in range(1, _FINEST_BITS + 1):
        finer = np.empty((8**bits, 2), np.int16)
        _narrow(wide, windows, finer, bits)
        windows = finer
    nearest = np.empty((256, 256, 256), np.uint16)
    _fill(wide, windows, nearest)
    return nearest.reshape(-1)


def look_up(
    rgb: UInt8[np.ndarray, "*shape 3"],
    nearest: UInt16[np.ndarray, "16777216"],
    of_level: Shaped[np.ndarray, " levels"],
) -> Shaped[np.ndarray, "*shape"]:
    """Returns what `of_level` holds for the level of each pixel."""
    values = np.empty(rgb.shape[:-1], of_level.dtype)
    _look_up(np.ascontiguousarray(rgb).reshape(-1, 3), nearest, of_level, values.reshape(-1))
    return values


@compiled_when_called
def _narrow(
    colors: Int32[np.ndarray, "levels 3"],
    wider: Int16[np.ndarray, "parents 2"],
    finer: Int16[np.ndarray, "cells 2"],
    bits: int,
) -> None:
    """Writes the windows of cells: the levels that are, somewhere in a cell, as near as what is nearest to its middle.

    How much farther a level is than another is linear in the colour: it is least in one corner of the cell.
    """
    end, mask = (256 >> bits) - 1, (1 << bits) - 1
    for cell in range(len(finer)):
        reds, greens, blues = cell >> 2 * bits, cell >> bits & mask, cell & mask
        first, last = wider[((reds >> 1 << bits - 1 | greens >> 1) << bits - 1) | blues >> 1]
        red, green, blue = reds * (end + 1), greens * (end + 1), blues * (end + 1)
        least, nearest = 1 << 62, 0
        for level in range(first, last + 1):
            off_red, off_green, off_blue = colors[level, 0] - red, colors[level, 1] - green, colors[level, 2] - blue
            squared = (2 * off_red - end) ** 2 + (2 * off_green - end) ** 2 + (2 * off_blue - end) ** 2
            if squared < least:
                least, nearest = squared, level
        finer[cell, 0], finer[cell, 1] = nearest, nearest
        for level in range(first, last + 1):
            step_red = colors[level, 0] - colors[nearest, 0]
            step_green = colors[level, 1] - colors[nearest, 1]
            step_blue = colors[level, 2] - colors[nearest, 2]
            farther = step_red * (colors[level, 0] + colors[nearest, 0] - 2 * (red + end * (step_red > 0)))
            farther += step_green * (colors[level, 1] + colors[nearest, 1] - 2 * (green + end * (step_green > 0)))
            farther += step_blue * (colors[level, 2] + colors[nearest, 2] - 2 * (blue + end * (step_blue > 0)))
            if farther <= 0:
                finer[cell, 0], finer[cell, 1] = min(finer[cell, 0], level), max(finer[cell, 1], level)


@compiled_when_called
def _fill(
    colors: Int32[np.ndarray, "levels 3"],
    windows: Int16[np.ndarray, "cells 2"],
    nearest: UInt16[np.ndarray, "256 256 256"],
) -> None:
    """Takes the cheapest level of each cell's window; a cost is (squared distance) * 2**11 + level, below 2**29."""
    int32, bits = np.int32, _FINEST_BITS
    squares = np.empty(4, int32)
    for red in range(256):
        for green in range(256):
            for cell in range(1 << bits):
                first, last = windows[(red >> 2 << bits | green >> 2) << bits | cell]
                squares[:] = 2**31 - 1
                for level in range(first, last + 1):
                    off_red, off_green = int32(red - colors[level, 0]), int32(green - colors[level, 1])
                    across = int32(off_red * off_red + off_green * off_green)
                    off_blue = int32(4 * cell - colors[level, 2])
                    for i in range(4):
                        squared = int32(across + (off_blue + i) * (off_blue + i))
                        squares[i] = min(squares[i], int32(squared << 11) | int32(level))
                for i in range(4):
                    nearest[red, green, 4 * cell + i] = squares[i] & 2047


@compiled_when_called
def _look_up(
    rgb: UInt8[np.ndarray, "n 3"],
    nearest: UInt16[np.ndarray, "16777216"],
    of_level: Shaped[np.ndarray, " levels"],
    values: Shaped[np.ndarray, " n"],
) -> None:
    for i in range(values.size):
        values[i] = of_level[nearest[np.uint32(rgb[i, 0]) << 16 | np.uint32(rgb[i, 1]) << 8 | np.uint32(rgb[i, 2])]]
