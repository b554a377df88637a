"""Reads semantic and referring targets: each pixel belongs to the prompted colour that is nearest to it in RGB.

Source: arXiv:2604.20329. The background's colour competes with the others. A pixel equally near to several takes the
first of them in the order of the prompt, and the background only when no prompted colour is as near.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int32, UInt8

from scenegen.compiled import compiled_when_called
from scenegen.encoders.legend import Rgb

BACKGROUND = -1
"""What stands for the background among the indices of a legend's entries."""

_INDEX_BITS = 12
_CHUNK_PX = 1024


def decode_legend(rgb: UInt8[np.ndarray, "h w 3"], colors: Sequence[Rgb], background: Rgb) -> Int32[np.ndarray, "h w"]:
    """Returns the index in `colors` at every pixel, or `BACKGROUND`; raises ValueError from 4096 colours on."""
    if len(colors) >= 1 << _INDEX_BITS:
        raise ValueError(f"a legend of {len(colors)} colors; at most {(1 << _INDEX_BITS) - 1} can be told apart")
    prompted = np.array([*colors, background], np.int32)
    index_of = np.append(np.arange(len(colors), dtype=np.int32), np.int32(BACKGROUND))
    index = np.empty(rgb.shape[:2], np.int32)
    _find(np.ascontiguousarray(rgb).reshape(-1, 3), prompted, index_of, index.reshape(-1))
    return index


@compiled_when_called
def _find(
    rgb: UInt8[np.ndarray, "n 3"],
    prompted: Int32[np.ndarray, "c 3"],
    index_of: Int32[np.ndarray, " c"],
    index: Int32[np.ndarray, " n"],
) -> None:
    """Takes the cheapest colour, chunk by chunk as `scenegen.encoders.hilbert` does, so that eight pixels are one step.

    A cost is (squared distance) * 2**12 + place, below 2**30: the place breaks ties, and is read from the low bits.
    """
    int32 = np.int32
    channels, costs = np.empty((3, _CHUNK_PX), int32), np.empty(_CHUNK_PX, int32)
    for start in range(0, index.size, _CHUNK_PX):
        count = min(_CHUNK_PX, index.size - start)
        for i in range(count):
            channels[0, i], channels[1, i], channels[2, i] = rgb[start + i, 0], rgb[start + i, 1], rgb[start + i, 2]
            costs[i] = 2**31 - 1
        for place in range(len(prompted)):
            red, green, blue = prompted[place, 0], prompted[place, 1], prompted[place, 2]
            for i in range(count):
                off_red, off_green, off_blue = channels[0, i] - red, channels[1, i] - green, channels[2, i] - blue
                squared = int32(off_red * off_red + off_green * off_green + off_blue * off_blue)
                costs[i] = min(costs[i], int32((squared << _INDEX_BITS) + place))
        for i in range(count):
            index[start + i] = index_of[costs[i] & 4095]
