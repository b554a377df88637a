"""The path through the RGB cube that depth is drawn on: black, red, yellow, green, cyan, blue, magenta, white.

Seven edges of equal length (arXiv:2604.20329), one iteration of a 3D Hilbert curve. With 8 bits a channel the path has
7 * 255 + 1 colours, its levels 0 to 1785; neighbours differ by 1 in one channel. Position s in [0, 1] is level / 1785.

Every edge is parallel to an axis of the cube, so any 8-bit colour projects onto a whole level, with no rounding.
A colour equally near to several edges takes the lowest level among them: the nearer depth.
"""

from itertools import pairwise

import numpy as np
from jaxtyping import Float64, Shaped, UInt8, UInt16

from scenegen.compiled import compiled_when_called

PATH_NAMES = ("black", "red", "yellow", "green", "cyan", "blue", "magenta", "white")
_VERTICES = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 1, 1))

LAST_LEVEL = 255 * (len(_VERTICES) - 1)

_CHUNK_PX = 1024


def _path() -> UInt8[np.ndarray, "1786 3"]:
    corners = 255 * np.array(_VERTICES)
    steps = np.linspace(0, 1, 256)[:-1, None]
    edges = [start + steps * (stop - start) for start, stop in pairwise(corners)]
    return np.rint(np.concatenate([*edges, corners[-1:]])).astype(np.uint8)


PATH = _path()
"""The colour of each level."""
_LEVELS = np.arange(LAST_LEVEL + 1, dtype=np.uint16)


def walk(position: Float64[np.ndarray, "*shape"]) -> UInt8[np.ndarray, "*shape 3"]:
    """Returns the colours at `position`, in [0, 1], rounded to the nearest level."""
    return PATH[np.rint(position * LAST_LEVEL).astype(np.uint16)]


def project(rgb: UInt8[np.ndarray, "*shape 3"]) -> UInt16[np.ndarray, "*shape"]:
    """Returns the levels, 0 to 1785, of the points of the path that are nearest to any colours."""
    return look_up(rgb, _LEVELS)


def look_up(rgb: UInt8[np.ndarray, "*shape 3"], of_level: Shaped[np.ndarray, "1786"]) -> Shaped[np.ndarray, "*shape"]:
    """Returns what `of_level` holds for the levels that `project` returns, in one pass over the pixels."""
    values = np.empty(rgb.shape[:-1], of_level.dtype)
    _look_up(np.ascontiguousarray(rgb).reshape(-1, 3), of_level, values.reshape(-1))
    return values


@compiled_when_called
def _look_up(
    rgb: UInt8[np.ndarray, "n 3"], of_level: Shaped[np.ndarray, "1786"], values: Shaped[np.ndarray, " n"]
) -> None:
    """Takes the level of the cheapest edge's nearest point.

    A cost is (squared distance to the edge) * 2**11 + level, below 2**28: the level breaks ties, and is read from the
    minimum's low bits. Along an edge one channel counts its steps; across it two count the square of theirs.

    Pixels are taken in chunks that stay in the processor's cache, channel by channel and in 32 bits, so that eight are
    computed at once: three times as fast.
    """
    int32 = np.int32
    channels, costs = np.empty((3, _CHUNK_PX), int32), np.empty(_CHUNK_PX, int32)
    for start in range(0, values.size, _CHUNK_PX):
        count = min(_CHUNK_PX, values.size - start)
        for i in range(count):
            channels[0, i], channels[1, i], channels[2, i] = rgb[start + i, 0], rgb[start + i, 1], rgb[start + i, 2]
        for i in range(count):
            red, green, blue = channels[0, i], channels[1, i], channels[2, i]
            red_0, red_1 = red * red << 11, (255 - red) * (255 - red) << 11
            green_0, green_1 = green * green << 11, (255 - green) * (255 - green) << 11
            blue_0, blue_1 = blue * blue << 11, (255 - blue) * (255 - blue) << 11
            to_green = min(int32(green_0 + red), int32(red_1 + 255 + green), int32(green_1 + 3 * 255 - red))
            to_cyan = int32(red_0 + green_1 + 3 * 255 + blue)
            to_white = min(
                int32(red_0 + 5 * 255 - green), int32(green_0 + 5 * 255 + red), int32(red_1 + 6 * 255 + green)
            )
            costs[i] = min(int32(to_green + blue_0), to_cyan, int32(to_white + blue_1))
        for i in range(count):
            values[start + i] = of_level[costs[i] & 2047]
