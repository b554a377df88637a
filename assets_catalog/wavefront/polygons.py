"""Polygons to triangles: a fan where the polygon is convex, ear clipping where it is not.

A fan over a concave polygon covers ground outside of it with flipped triangles, and furniture files are full of
concave polygons (cabinet fronts with a cut-out). Ear clipping after Meisters, "Polygons have ears" (1975), in the plane
of the Newell normal. A polygon without area gives a fan of degenerate triangles; one that crosses itself, some cover.
"""

import numpy as np
from jaxtyping import Bool, Float64, Int64

CLIPPED_CORNERS = 512
"""Concave polygons with more corners are cut as fans: clipping takes quadratic time."""


def triangulate(
    points: Float64[np.ndarray, "v 3"], corners: Int64[np.ndarray, " c"], counts: Int64[np.ndarray, " p"]
) -> Int64[np.ndarray, "t 3"]:
    """Returns triangles as positions in `corners`, polygon after polygon, winding kept.

    `corners`: for each corner of each polygon its row in `points`. `counts`: corners of each polygon, at least 3.
    """
    starts = np.cumsum(counts) - counts
    owner = np.repeat(np.arange(len(counts)), counts - 2)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(counts - 2) - (counts - 2), counts - 2)
    first = starts[owner]
    triangles = np.stack([first, first + step + 1, first + step + 2], axis=1)
    for polygon in np.flatnonzero(_concave(points, corners, triangles, owner, counts)):
        ring = corners[starts[polygon] : starts[polygon] + counts[polygon]]
        triangles[owner == polygon] = starts[polygon] + _clip_ears(_flatten(points[ring]))
    return triangles


def _concave(
    points: Float64[np.ndarray, "v 3"],
    corners: Int64[np.ndarray, " c"],
    triangles: Int64[np.ndarray, "t 3"],
    owner: Int64[np.ndarray, " t"],
    counts: Int64[np.ndarray, " p"],
) -> Bool[np.ndarray, " p"]:
    """Tells where a fan would hold a triangle turned against its polygon."""
    a, b, c = (points[corners[triangles[:, k]]] for k in range(3))
    crosses = np.cross(b - a, c - a)
    newell = np.stack([np.bincount(owner, crosses[:, k], len(counts)) for k in range(3)], axis=1)
    against = np.einsum("tk,tk->t", crosses, newell[owner]) < -1e-6 * np.einsum("pk,pk->p", newell, newell)[owner]
    concave = np.bincount(owner, against, len(counts)) > 0
    return concave & (counts <= CLIPPED_CORNERS)


def _flatten(ring: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "n 2"]:
    """Returns the ring in its own plane, counter-clockwise."""
    newell = np.cross(ring - ring[0], np.roll(ring, -1, axis=0) - ring[0]).sum(axis=0)
    normal = newell / np.linalg.norm(newell)
    x_axis = np.cross(normal, np.eye(3)[np.argmin(np.abs(normal))])
    x_axis /= np.linalg.norm(x_axis)
    return (ring - ring[0]) @ np.stack([x_axis, np.cross(normal, x_axis)], axis=1)


def _clip_ears(ring: Float64[np.ndarray, "n 2"]) -> Int64[np.ndarray, "t 3"]:
    remaining = list(range(len(ring)))
    triangles = []
    while len(remaining) > 3:
        ear = _best_ear(ring[remaining])
        before, after = remaining[ear - 1], remaining[(ear + 1) % len(remaining)]
        triangles.append((before, remaining[ear], after))
        del remaining[ear]
    return np.array([*triangles, tuple(remaining)], dtype=np.int64)


def _best_ear(ring: Float64[np.ndarray, "n 2"]) -> int:
    """Returns the corner whose triangle holds no other corner and is best shaped; failing that, the most convex."""
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    doubled_area = _cross(ring - before, after - ring)
    longest = np.maximum.reduce([np.sum((p - q) ** 2, 1) for p, q in ((ring, before), (after, ring), (before, after))])
    shape = doubled_area / np.maximum(longest, 1e-300)
    order = np.argsort(-shape, kind="stable")
    for corner in order[shape[order] > 1e-9]:
        if not _holds_a_corner(before[corner], ring[corner], after[corner], ring):
            return int(corner)
    return int(order[0])


def _holds_a_corner(
    a: Float64[np.ndarray, "2"],
    b: Float64[np.ndarray, "2"],
    c: Float64[np.ndarray, "2"],
    ring: Float64[np.ndarray, "n 2"],
) -> bool:
    """Tells whether a corner lies in triangle abc, its border included, other than at a, b or c themselves."""
    tolerance = 1e-12 * float(_cross(b - a, c - a))
    inside = np.logical_and.reduce([_cross(q - p, ring - p) >= -tolerance for p, q in ((a, b), (b, c), (c, a))])
    own = np.logical_or.reduce([(ring == corner).all(axis=1) for corner in (a, b, c)])
    return bool((inside & ~own).any())


def _cross(u: Float64[np.ndarray, "*#n 2"], v: Float64[np.ndarray, "*#n 2"]) -> Float64[np.ndarray, "*n"]:
    return np.asarray(u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0])
