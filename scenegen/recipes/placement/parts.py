"""Parts: whether one of the shapes that an object of ours is made of comes near another body at all.

A row of houses or a pavement is one object whose box holds half a street: its single boxes and balls tell quickly that
most things are nowhere near.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Float64, Int

from scenegen.recipes.placement.body import LIMIT_M, Body

Bounds = tuple[Float64[np.ndarray, "n 3"], Float64[np.ndarray, "n 3"]]


def sharing_space(bodies: Sequence[Body], pairs: Int[np.ndarray, "p 2"]) -> Iterator[tuple[int, int]]:
    """Yields those pairs, by number, of which no shape alone tells that they are apart."""
    kept: dict[int, Bounds] = {}
    for first, second in pairs:
        one, other = int(first), int(second)
        for number in (one, other):
            if number not in kept:
                kept[number] = _parts(bodies[number])
        if _near(kept[one], bodies[other], bodies[one]) and _near(kept[other], bodies[one], bodies[other]):
            yield one, other


def _parts(body: Body) -> Bounds:
    """Returns the bounds of a body's boxes in the world; of anything else, its own."""
    boxes = body.planned.boxes
    if not boxes or body.planned.spheres or body.planned.rectangles:
        low_m, high_m = body.bounds_m
        return low_m[None], high_m[None]
    turned, moved = body.object2world[:3, :3], body.object2world[:3, 3]
    middles_m = np.array([box.center_m for box in boxes]) @ turned.T + moved
    halves_m = np.array([box.size_m for box in boxes]) / 2 @ np.abs(turned).T
    return middles_m - halves_m, middles_m + halves_m


def _near(parts: Bounds, other: Body, body: Body) -> bool:
    low_m, high_m = other.bounds_m
    shared_m = np.minimum(parts[1], high_m) - np.maximum(parts[0], low_m)
    if not (shared_m > LIMIT_M).all(axis=1).any():
        return False
    spheres = body.planned.spheres
    if len(spheres) != 1 or body.planned.boxes or body.planned.rectangles:
        return True
    center_m = body.object2world[:3, :3] @ np.array(spheres[0].center_m) + body.object2world[:3, 3]
    nearest_m = np.clip(center_m, low_m, high_m)
    return bool(np.linalg.norm(nearest_m - center_m) < spheres[0].radius_m - LIMIT_M)
