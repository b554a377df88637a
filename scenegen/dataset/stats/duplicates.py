"""Near-duplicates: pairs of frames that show nearly the same picture at nearly the same depths.

Of each frame 72 bytes are kept: a difference hash of its picture (dHash: in a grid of 9 x 8 means of luminance, which
of two neighbours is the lighter, 64 bits), and 8 x 8 means of the logarithm of its depth. Two frames are
near-duplicates where at most 4 of the bits differ and depths by at most 8 % on average: a picture alone may be alike
by chance.

Who differ in at most 4 of 64 bits agree in one of five parts of the hash entirely, so only frames that share a part are
compared. Frames of the same hash and depths are told once each, with the first of them: many copies of one frame cost
no more than as many frames. Resolution matters little: flaws of the picture, its size and its noise hardly move either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float32, Int64, UInt8, UInt64

from assets_catalog.colors import LUMINANCE
from schemas.frame import GBuffer

BITS_APART = 4
STEPS_APART = 2.0
"""Of depth's logarithm, mean over the cells."""
_CELLS = 8
_DEPTH_M = (0.05, 1000.0)
_STEPS = 255
_PARTS = BITS_APART + 1
_BLOCK = 512

bits_set = np.bitwise_count

Pair = tuple[str, str]
"""Names of two frames, in their order."""


@dataclass
class Fingerprints:
    """Of all frames, to be compared at the end."""

    frame_ids: list[str] = field(default_factory=list)
    hashes: list[int] = field(default_factory=list)
    depths: list[bytes] = field(default_factory=list)

    def add(self, frame_id: str, rgb: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer) -> None:
        """Adds a frame."""
        self.frame_ids.append(frame_id)
        self.hashes.append(difference_hash(rgb))
        self.depths.append(depth_cells(gbuffer.z_depth_m).tobytes())


def near_duplicates(prints: Fingerprints) -> tuple[Pair, ...]:
    """Returns all pairs, in the order of the frames; of several copies each with the first."""
    alike: dict[tuple[int, bytes], list[int]] = {}
    for place, key in enumerate(zip(prints.hashes, prints.depths, strict=True)):
        alike.setdefault(key, []).append(place)
    firsts = [places[0] for places in alike.values()]
    pairs = {(places[0], copy) for places in alike.values() for copy in places[1:]}
    pairs |= {(firsts[first], firsts[second]) for first, second in _near(*_arrays(prints, firsts))}
    return tuple((prints.frame_ids[first], prints.frame_ids[second]) for first, second in sorted(pairs))


def difference_hash(rgb: UInt8[np.ndarray, "h w 3"]) -> int:
    """Returns the 64 bits, row by row: whether a cell is lighter than its left neighbour."""
    light = _means(rgb @ np.array(LUMINANCE, np.float32), _CELLS, _CELLS + 1)
    lighter = light[:, 1:] > light[:, :-1]
    return int.from_bytes(np.packbits(lighter).tobytes(), "big")


def depth_cells(z_depth_m: Float32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "8 8"]:
    """Returns the means of depth's logarithm in steps of 4 %; no surface is as far as can be told."""
    low, high = np.log(_DEPTH_M)
    far = np.log(np.clip(z_depth_m, *_DEPTH_M))
    return np.rint((_means(far, _CELLS, _CELLS) - low) / (high - low) * _STEPS).astype(np.uint8)


def _means(values: Float32[np.ndarray, "h w"], rows: int, columns: int) -> Float32[np.ndarray, "rows columns"]:
    """Returns the means over cells, whose sides differ by a pixel at most; a small picture's cells share pixels."""
    summed = values
    for axis, cells in ((0, rows), (1, columns)):
        side = summed.shape[axis]
        starts = np.arange(cells) * side // cells
        ends = np.maximum((np.arange(cells) + 1) * side // cells, starts + 1)
        parts = [
            summed.take(range(start, end), axis=axis).mean(axis=axis) for start, end in zip(starts, ends, strict=True)
        ]
        summed = np.stack(parts, axis=axis)
    return summed


def _arrays(
    prints: Fingerprints, places: Sequence[int]
) -> tuple[UInt64[np.ndarray, "n"], UInt8[np.ndarray, "n cells"]]:
    hashes = np.array([prints.hashes[place] for place in places], np.uint64)
    depths = np.frombuffer(b"".join(prints.depths[place] for place in places), np.uint8)
    return hashes, depths.reshape(len(places), _CELLS * _CELLS)


def _near(hashes: UInt64[np.ndarray, "n"], depths: UInt8[np.ndarray, "n cells"]) -> Iterator[tuple[int, int]]:
    """Yields pairs of places, the first before the second; some of them several times."""
    for part in range(_PARTS):
        mask = np.uint64(sum(1 << bit for bit in range(part, 64, _PARTS)))
        masked = hashes & mask
        order = np.argsort(masked, kind="stable")
        starts = np.flatnonzero(np.diff(masked[order])) + 1
        for bucket in np.split(order, starts):
            yield from _near_within(bucket, hashes, depths)


def _near_within(
    bucket: Int64[np.ndarray, "m"], hashes: UInt64[np.ndarray, "n"], depths: UInt8[np.ndarray, "n cells"]
) -> Iterator[tuple[int, int]]:
    """Compares all with all of one bucket, some at a time so that memory stays."""
    for start in range(0, len(bucket) if len(bucket) > 1 else 0, _BLOCK):
        some = bucket[start : start + _BLOCK]
        bits = bits_set(hashes[some][:, None] ^ hashes[bucket][None])
        for row, column in np.argwhere(bits <= BITS_APART).tolist():
            first, second = int(some[row]), int(bucket[column])
            if first < second and _depths_near(depths[first], depths[second]):
                yield first, second


def _depths_near(first: UInt8[np.ndarray, "cells"], second: UInt8[np.ndarray, "cells"]) -> bool:
    return float(np.abs(first.astype(np.int16) - second).mean()) <= STEPS_APART
