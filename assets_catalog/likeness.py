"""Likeness: which models are of nearly the same shape, whatever their place, size, turn about z, mirroring and colours.

A signature has six profiles of points spread over the surface. Three are of pairs: how far apart they lie (D2; Osada
and others, 2002), and the horizontal and vertical shares of that, since a model's up is known. Three are of single
points: their height above the bottom, their distance from the upright axis through the middle, and that distance
height by height. All in units of the pairs' root mean squared distance, eight numbers each, a byte a number.

A profile is sorted and cut into eight equal shares, whose means it keeps: a change of little area changes it little.
Models are alike when no profile differs by more than ALIKE_UP_TO in the mean.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from jaxtyping import Float64, UInt8

from assets_catalog.mesh import AssetMesh
from assets_catalog.surface_sampling import areas, spread

POINTS, PARTNERS = 4096, 16
"""Points of a surface, and with how many others each is paired."""
ALIKE_UP_TO: Final = 1.5
"""Mean difference of a profile's bytes. A model mirrored and listed in another order is mostly within 0.8 of itself; of
the pairs of the furniture package within 1.5 all are variants of one model, of those from 1.6 to 2 half are."""
_PROFILES, _SHARES = 6, 8
_BYTES_OF_UNIT = 100
SIGNATURE_LENGTH: Final = 2 * _PROFILES * _SHARES
_SCREEN = slice(3, None, 11)
"""Bytes that are looked at first: none of a model that is alike can differ by more than its profile."""
_GOLDEN = 0.6180339887498949


def signature(mesh: AssetMesh) -> str:
    """Returns what the likeness of shapes is told by, 96 hexadecimal digits. The mesh must have an area."""
    corners = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]).astype(np.float64)
    points = _points(corners)
    bottom, top = corners[..., 2].min(), corners[..., 2].max()
    apart = _differences(points)
    squared = apart * apart
    tiny = np.finfo(np.float64).tiny
    unit = max(float(squared.sum(axis=1).mean()), tiny) ** 0.5
    height = points[:, 2] - bottom
    reach = np.sqrt(((points - points.mean(axis=0))[:, :2] ** 2).sum(axis=1))
    lengths = (np.sqrt(squared.sum(axis=1)), np.sqrt(squared[:, :2].sum(axis=1)), np.abs(apart[:, 2]), height, reach)
    profiles = np.concatenate(
        [*(_shares(values) for values in lengths), _reach_by_height(height / max(top - bottom, tiny), reach)]
    )
    return np.clip(np.round(profiles / unit * _BYTES_OF_UNIT), 0, 255).astype(np.uint8).tobytes().hex()


def alike(signature: str, known: Sequence[str]) -> int | None:
    """Returns the row of the nearest known signature that is of nearly the same shape, or None.

    Of several at one distance, the first. What is no signature of a shape is like nothing.
    """
    if len(signature) != SIGNATURE_LENGTH:
        return None
    rows: Sequence[int] = range(len(known))
    if set(map(len, known)) != {SIGNATURE_LENGTH}:
        rows = [row for row, other in enumerate(known) if len(other) == SIGNATURE_LENGTH]
        known = [known[row] for row in rows]
    table = _bytes("".join(known))
    one, most = _bytes(signature)[0], ALIKE_UP_TO * _SHARES
    near = np.flatnonzero((_apart(table[:, _SCREEN], one[_SCREEN]) <= most).all(axis=1))
    if not len(near):
        return None
    apart = _largest_difference(table[near], one)
    nearest = int(apart.argmin())
    return rows[int(near[nearest])] if apart[nearest] <= most else None


def _points(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "n 3"]:
    """Returns points spread over the surface."""
    triangle, weights = spread(areas(corners), POINTS)
    return np.einsum("nc,nck->nk", weights, corners[triangle])


def _differences(points: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "p 3"]:
    """Returns the differences of pairs; each point's partners lie all over the surface."""
    steps = np.floor(len(points) * ((np.arange(1, PARTNERS + 1) * _GOLDEN) % 1.0)).astype(np.int64)
    partners = (np.arange(len(points)) + steps[:, None]) % len(points)
    return (points[partners] - points).reshape(-1, 3)


def _shares(values: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " s"]:
    """Returns the means of equal shares of the values, from the smallest to the largest."""
    return np.sort(values).reshape(_SHARES, -1).mean(axis=1)


def _reach_by_height(height: Float64[np.ndarray, " n"], reach: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " s"]:
    """Returns the sum of reaches around each of several heights; what lies between two counts for both by nearness.

    `height`: 0 at the bottom, 1 at the top.
    """
    place = height * (_SHARES - 1)
    near = np.maximum(1.0 - np.abs(place - np.arange(_SHARES)[:, None]), 0.0)
    return 2.0 * (near * reach).mean(axis=1)


def _largest_difference(table: UInt8[np.ndarray, "n k"], one: UInt8[np.ndarray, " k"]) -> Float64[np.ndarray, " n"]:
    """Returns the difference of the profile that differs most, summed over its bytes, for each row."""
    profiles = _apart(table, one).reshape(len(table), _PROFILES, _SHARES)
    return profiles.sum(axis=2, dtype=np.uint16).max(axis=1).astype(np.float64)


def _apart(table: UInt8[np.ndarray, "n k"], one: UInt8[np.ndarray, " k"]) -> UInt8[np.ndarray, "n k"]:
    return np.maximum(table, one) - np.minimum(table, one)


def _bytes(digits: str) -> UInt8[np.ndarray, "n k"]:
    return np.frombuffer(bytes.fromhex(digits), np.uint8).reshape(-1, SIGNATURE_LENGTH // 2)
