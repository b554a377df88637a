"""Overlap: things that are more than a centimetre inside one another.

Two are that deep when their surfaces cross, or one is inside the other, and no move of a centimetre along any of some
twenty ways parts them. Boxes that overlap by no more along an axis are parted by that move, and so are things whose
parts are apart after it; only the meshes of others are looked at. Chairs may stand under tables: it is the meshes that
count.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from jaxtyping import Float64, Int

from scenegen.recipes.placement.body import LIMIT_M, Body, a
from scenegen.recipes.placement.contact import STAY, Pair
from scenegen.recipes.placement.fault import Fault
from scenegen.recipes.placement.told_by_parts import far_apart, sharing_space

_FARTHER = (2.0, 3.0, 5.0, 8.0, 13.0, 21.0)
"""Moves by which the depth is told, in limits."""


def overlapping(bodies: Sequence[Body]) -> Iterator[Fault]:
    """Yields a fault for each pair of which at least one is a thing."""
    for pair in sharing_space(bodies, _close_pairs(bodies)):
        one, other = sorted(pair, key=_weight)
        if not _parted_by_parts(one, other) and _deep(Pair(one, other)):
            depth_cm = 100 * _depth_m(one, other)
            yield Fault(one.planned, f"{a(one.name)} is {depth_cm:.0f} cm or more inside {a(other.name)}")


def _weight(body: Body) -> tuple[bool, float]:
    """Returns what is compared to tell which of two is in the way of the other: the smaller thing."""
    low_m, high_m = body.bounds_m
    return body.is_setting, float(np.prod(high_m - low_m))


def _close_pairs(bodies: Sequence[Body]) -> Int[np.ndarray, "p 2"]:
    """Returns pairs, not both built, whose boxes overlap by more than the limit along every axis."""
    if not bodies:
        return np.zeros((0, 2), dtype=np.int64)
    low_m, high_m = (np.array(ends) for ends in zip(*(body.bounds_m for body in bodies), strict=True))
    shared_m = np.minimum(high_m[:, None], high_m[None]) - np.maximum(low_m[:, None], low_m[None])
    built = np.array([body.is_setting for body in bodies])
    return np.argwhere(np.triu((shared_m > LIMIT_M).all(axis=2) & ~(built[:, None] & built), k=1))


def _parted_by_parts(one: Body, other: Body) -> bool:
    """Tells whether their parts are apart as they are, or after a move that a thing is forgiven."""
    return far_apart(one, other) or any(far_apart(one, other, move_m=LIMIT_M * way) for way in _ways(one, other))


def _deep(pair: Pair) -> bool:
    if pair.is_apart(STAY, LIMIT_M):
        return False
    return not any(pair.is_apart(LIMIT_M * way, LIMIT_M / 10) for way in _ways(pair.one, pair.other))


def _depth_m(one: Body, other: Body) -> float:
    """Returns the largest of some moves that part them no more than the limit did."""
    depth_m, pair = LIMIT_M, Pair(one, other, _FARTHER[-1] * LIMIT_M)
    for share in _FARTHER:
        if any(pair.is_apart(share * LIMIT_M * way, LIMIT_M) for way in _ways(one, other)):
            break
        depth_m = share * LIMIT_M
    return depth_m


def _ways(one: Body, other: Body) -> Float64[np.ndarray, "w 3"]:
    """Returns unit ways: the world's axes and diagonals and the axes of both, those away from the other first."""
    signs = np.array([way for way in product((-1, 0, 1), repeat=3) if any(way)], dtype=np.float64)
    own = [sign * body.object2world[:3, axis] for body in (one, other) for axis in (0, 1) for sign in (1, -1)]
    ways = np.concatenate([signs / np.linalg.norm(signs, axis=1, keepdims=True), np.array(own)])
    middles_m = [(body.bounds_m[0] + body.bounds_m[1]) / 2 for body in (one, other)]
    away = (middles_m[0] - middles_m[1]) / max(math.dist(*middles_m), 1e-9)
    upward = np.array([0.0, 0.0, 0.5])
    return ways[np.argsort(-(ways @ (away + upward)), kind="stable")]
