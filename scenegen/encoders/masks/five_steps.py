"""Reads instance targets by the paper's five steps (arXiv:2604.20329, appendix A), with tau = 14 in 8-bit RGB.

1. Background is where the distance to its colour is under tau.
2. The rest is flooded from seeds: a pixel joins while its distance to the seed's colour is under tau.
3. Parts under 0.02 % of the image are dropped.
4. Parts of which under 10 % survive an erosion by 3x3 are dropped: the seams that resizing leaves between colours.
5. Two parts of one mean colour (under tau apart) are one instance if the box around both is at most 5 times the sum of
   their boxes: what an occluder divides.

The paper leaves open, and we chose: seeds in reading order, floods to the four neighbours, parts compared as they are
after step 4 and merged through chains (a with b and b with c makes one of three), and no erosion from the image's edge,
so that what it cuts doesn't look thin. Boxes count whole pixels. A clean target, whose colours are over tau apart, is
read the same from any order of seeds.
"""

import numpy as np
from jaxtyping import Float64, Int32, Int64, UInt8

from scenegen.compiled import compiled_when_called
from scenegen.encoders.legend import Rgb

TAU = 14
"""Distance in 8-bit RGB under which two colours are the same."""
_SMALLEST_PARTS_IN_IMAGE = 5000
_SMALLEST_CORES_IN_PART = 10
_LARGEST_BOX = 5

_EDGE = -2
"""Stands around the image, so that every pixel has neighbours."""


def decode_instances(rgb: UInt8[np.ndarray, "h w 3"], background: Rgb) -> Int32[np.ndarray, "h w"]:
    """Returns ids from 1, in reading order of the instances' first pixels; 0 is background and what was dropped."""
    framed = np.pad(rgb, ((1, 1), (1, 1), (0, 0)))
    part = np.full(framed.shape[:2], _EDGE, np.int32)
    _mark_background(framed, np.array(background, np.int32), part)
    smallest_px = -(-rgb.shape[0] * rgb.shape[1] // _SMALLEST_PARTS_IN_IMAGE)
    parts = _flood(framed.reshape(-1, 3), part.reshape(-1), part.shape[1], smallest_px, np.empty(part.size, np.int32))
    sums, boxes = np.zeros((parts, 5), np.int64), np.zeros((parts, 4), np.int64)
    _measure(framed, part, sums, boxes)
    area, core = sums[:, 0], sums[:, 1]
    fellow = np.where(core * _SMALLEST_CORES_IN_PART >= area, np.arange(parts), -1)
    _merge(sums[:, 2:] / area[:, None], boxes, fellow)
    return _id_of_label(fellow)[part[1:-1, 1:-1]]


def _id_of_label(fellow: Int64[np.ndarray, " parts"]) -> Int32[np.ndarray, " labels"]:
    """Returns the ids of labels 0, 1, 2, ...; 0 for the last, which is label -1, and for parts without a fellow."""
    firsts = np.unique(fellow[fellow >= 0])
    ids = np.where(fellow >= 0, np.searchsorted(firsts, fellow) + 1, 0)
    return np.concatenate([[0], ids, [0]]).astype(np.int32)


@compiled_when_called
def _mark_background(
    framed: UInt8[np.ndarray, "h w 3"], background: Int32[np.ndarray, "3"], part: Int32[np.ndarray, "h w"]
) -> None:
    """Writes -1 where the background is, and 0 elsewhere in the image."""
    for row in range(1, part.shape[0] - 1):
        for column in range(1, part.shape[1] - 1):
            off_red = framed[row, column, 0] - background[0]
            off_green = framed[row, column, 1] - background[1]
            off_blue = framed[row, column, 2] - background[2]
            part[row, column] = -int(off_red * off_red + off_green * off_green + off_blue * off_blue < TAU * TAU)


@compiled_when_called
def _flood(
    framed: UInt8[np.ndarray, "n 3"],
    part: Int32[np.ndarray, " n"],
    width_px: int,
    smallest_px: int,
    queue: Int32[np.ndarray, " n"],
) -> int:
    """Writes 1, 2, ... over the zeros of each part, or -1 where it is too small; returns how many parts are left."""
    parts = 0
    for seed in range(part.size):
        if part[seed] != 0:
            continue
        parts += 1
        red, green, blue = np.int32(framed[seed, 0]), np.int32(framed[seed, 1]), np.int32(framed[seed, 2])
        part[seed], queue[0] = parts, seed
        done, found = 0, 1
        while done < found:
            here = queue[done]
            done += 1
            for there in (here - width_px, here - 1, here + 1, here + width_px):
                if part[there] == 0:
                    off_red, off_green, off_blue = (
                        framed[there, 0] - red,
                        framed[there, 1] - green,
                        framed[there, 2] - blue,
                    )
                    if off_red * off_red + off_green * off_green + off_blue * off_blue < TAU * TAU:
                        part[there], queue[found] = parts, there
                        found += 1
        if found < smallest_px:
            part[queue[:found]] = -1
            parts -= 1
    return parts


@compiled_when_called
def _measure(
    framed: UInt8[np.ndarray, "h w 3"],
    part: Int32[np.ndarray, "h w"],
    sums: Int64[np.ndarray, "parts 5"],
    boxes: Int64[np.ndarray, "parts 4"],
) -> None:
    """Adds up each part's pixels, those that survive the erosion, and its three channels; finds its box.

    A box is top, left, bottom and right, the last two one past the end.
    """
    for row in range(1, part.shape[0] - 1):
        for column in range(1, part.shape[1] - 1):
            label = part[row, column]
            if label < 0:
                continue
            i = label - 1
            if sums[i, 0] == 0:
                boxes[i, 0], boxes[i, 1] = row, column
            boxes[i, 1], boxes[i, 2], boxes[i, 3] = min(boxes[i, 1], column), row + 1, max(boxes[i, 3], column + 1)
            sums[i, 0] += 1
            for channel in range(3):
                sums[i, 2 + channel] += framed[row, column, channel]
            survives = True
            for y in range(row - 1, row + 2):
                for x in range(column - 1, column + 2):
                    survives &= part[y, x] == label or part[y, x] == _EDGE
            sums[i, 1] += survives


@compiled_when_called
def _merge(
    means: Float64[np.ndarray, "parts 3"], boxes: Int64[np.ndarray, "parts 4"], fellow: Int64[np.ndarray, " parts"]
) -> None:
    """Writes the first part of each instance over the kept ones' own numbers; those that aren't kept stay -1."""
    for i in range(len(fellow)):
        for j in range(i):
            if fellow[i] < 0 or fellow[j] < 0 or fellow[i] == fellow[j]:
                continue
            off_red, off_green, off_blue = (
                means[i, 0] - means[j, 0],
                means[i, 1] - means[j, 1],
                means[i, 2] - means[j, 2],
            )
            if off_red * off_red + off_green * off_green + off_blue * off_blue >= TAU * TAU:
                continue
            height_px = max(boxes[i, 2], boxes[j, 2]) - min(boxes[i, 0], boxes[j, 0])
            width_px = max(boxes[i, 3], boxes[j, 3]) - min(boxes[i, 1], boxes[j, 1])
            own_px = (boxes[i, 2] - boxes[i, 0]) * (boxes[i, 3] - boxes[i, 1])
            own_px += (boxes[j, 2] - boxes[j, 0]) * (boxes[j, 3] - boxes[j, 1])
            if height_px * width_px <= _LARGEST_BOX * own_px:
                joined, gone = min(fellow[i], fellow[j]), max(fellow[i], fellow[j])
                fellow[fellow == gone] = joined
