"""Likeness: which models are of nearly the same shape, whatever their place, size, turn about z, mirroring and colours.

What is compared is how far apart the points of a surface lie (D2; Osada and others, 2002): the quantiles of the
distances between pairs of points, and of their horizontal and vertical shares, since a model's up is known. All are
divided by the root of the mean squared distance. A signature is these 32 numbers, a byte each, in hexadecimal.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from jaxtyping import Float64, UInt8

from assets_catalog.mesh import AssetMesh
from assets_catalog.surface_sampling import areas, spread

POINTS, PARTNERS = 4096, 24
"""Points of a surface, and with how many others each is paired."""
_QUANTILES = (12, 10, 10)
"""Of distances, of their horizontal and of their vertical shares."""
_LARGEST: Final = 3.0
"""What a byte's 255 stands for, in root mean squared distances."""
SIGNATURE_LENGTH: Final = 2 * sum(_QUANTILES)
ALIKE_UP_TO: Final = 2.0
"""Mean difference of the bytes of two models that are nearly the same."""
_GOLDEN = 0.6180339887498949


def signature(mesh: AssetMesh) -> str:
    """Returns what the likeness of shapes is told by, 64 hexadecimal digits. The mesh must have an area."""
    apart = _differences(_points(mesh))
    squared = apart * apart
    lengths = (squared.sum(axis=1), squared[:, :2].sum(axis=1), squared[:, 2])
    unit = max(float(lengths[0].mean()), np.finfo(np.float64).tiny) ** 0.5
    ranks = [np.sqrt(np.quantile(squares, _levels(count))) for squares, count in zip(lengths, _QUANTILES, strict=True)]
    scaled = np.concatenate(ranks) / unit / _LARGEST * 255
    return np.clip(np.round(scaled), 0, 255).astype(np.uint8).tobytes().hex()


def alike(signature: str, known: Sequence[str]) -> int | None:
    """Returns the row of the nearest known signature that is of nearly the same shape, or None.

    Of several at one distance, the first. What is no signature of a shape is like nothing.
    """
    if len(signature) != SIGNATURE_LENGTH:
        return None
    rows = np.flatnonzero(np.fromiter(map(len, known), np.int64, len(known)) == SIGNATURE_LENGTH)
    if not len(rows):
        return None
    table = _bytes("".join(known) if len(rows) == len(known) else "".join(known[row] for row in rows))
    apart = np.abs(table.astype(np.int16) - _bytes(signature).astype(np.int16)).sum(axis=1)
    nearest = int(apart.argmin())
    return int(rows[nearest]) if apart[nearest] <= ALIKE_UP_TO * table.shape[1] else None


def _points(mesh: AssetMesh) -> Float64[np.ndarray, "n 3"]:
    """Returns points spread over the surface."""
    corners = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]).astype(np.float64)
    triangle, weights = spread(areas(corners), POINTS)
    return np.einsum("nc,nck->nk", weights, corners[triangle])


def _differences(points: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "p 3"]:
    """Returns the differences of pairs; each point's partners lie all over the surface."""
    steps = np.floor(len(points) * ((np.arange(1, PARTNERS + 1) * _GOLDEN) % 1.0)).astype(np.int64)
    partners = (np.arange(len(points)) + steps[:, None]) % len(points)
    return (points[partners] - points).reshape(-1, 3)


def _levels(count: int) -> Float64[np.ndarray, " n"]:
    return (np.arange(count) + 0.5) / count


def _bytes(digits: str) -> UInt8[np.ndarray, "n k"]:
    return np.frombuffer(bytes.fromhex(digits), np.uint8).reshape(-1, SIGNATURE_LENGTH // 2)
