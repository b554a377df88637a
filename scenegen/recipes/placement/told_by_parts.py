"""Told by parts: what the meshes of two bodies would tell, where their boxes tell it for certain and far faster.

Things whose parts are apart neither meet nor hold one another. A thing of which a farthest point goes through a face of
a box of another reaches that other. What is told by neither is asked of the meshes.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from jaxtyping import Float64, Int

from scenegen.recipes.placement.body import LIMIT_M, Body
from scenegen.recipes.placement.parts import SURE_M, are_apart, near_those, one_enters

Vector = Float64[np.ndarray, "3"]
_STAY: Vector = np.zeros(3)
_ASKED_POINTS = 64


def far_apart(one: Body, other: Body, by_m: float = SURE_M, move_m: Vector = _STAY) -> bool:
    """Tells whether all parts of one, moved in the world, are farther than a length from those of the other."""
    pose = other.world2object @ one.object2world
    pose[:3, 3] += other.world2object[:3, :3] @ move_m
    own, others = one.form.parts, other.form.parts
    return are_apart(own.middles_m, own.halves_m, others.middles_m, others.halves_m, pose, by_m)


def surely_reaches(body: Body, others: Iterable[Body], way: Vector) -> bool:
    """Tells whether what is farthest along a unit way surely meets a box of one of the others, within the limit.

    Then both `Pair.backs_onto` and `Pair.reaches` are true of the two; else nothing is told.
    """
    reach_m = LIMIT_M * way
    points_m = farthest_m(body, reach_m)[:_ASKED_POINTS] @ body.object2world[:3, :3].T + body.object2world[:3, 3]
    for other in others:
        boxes, turned = other.form.boxes, other.world2object[:3, :3]
        if boxes is not None:
            there_m = points_m @ turned.T + other.world2object[:3, 3]
            if one_enters(there_m, turned @ reach_m, boxes.middles_m, boxes.halves_m, SURE_M):
                return True
    return False


def farthest_m(body: Body, reach_m: Vector) -> Float64[np.ndarray, "_ 3"]:
    """Returns the points, in its own axes, that are farthest along a reach, less as much again."""
    points_m = body.form.points_m
    along = points_m @ (body.object2world[:3, :3].T @ reach_m)
    return points_m[along >= along.max() - reach_m @ reach_m].astype(np.float64)


def sharing_space(bodies: Sequence[Body], pairs: Iterable[Int[np.ndarray, "2"]]) -> Iterator[tuple[Body, Body]]:
    """Yields those pairs, by number, of which no part alone tells that they share no more than the limit."""
    for first, second in pairs:
        one, other = bodies[first], bodies[second]
        if _comes_near(one, other) and _comes_near(other, one):
            yield one, other


def _comes_near(body: Body, other: Body) -> bool:
    low_m, high_m = other.bounds_m
    if not len(near_those(*body.parts_bounds_m, low_m[None], high_m[None], -LIMIT_M)):
        return False
    planned = body.planned
    if len(planned.spheres) != 1 or planned.boxes or planned.rectangles:
        return True
    center_m = body.object2world[:3, :3] @ np.array(planned.spheres[0].center_m) + body.object2world[:3, 3]
    nearest_m = np.clip(center_m, low_m, high_m)
    return bool(np.linalg.norm(nearest_m - center_m) < planned.spheres[0].radius_m - LIMIT_M)
