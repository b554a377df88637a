"""Holding: things that nothing carries: more than a centimetre above what they stand on, or off their wall or ceiling.

What carries a thing is the instance that its plan names, or else what is built: beneath it, behind it, above it, by
where its model belongs. Shapes of ours, such as curtains and canvases, may be held from any side, by one another too.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import Placement
from scenegen.recipes.placement.body import LIMIT_M, Body, a
from scenegen.recipes.placement.contact import Pair, gap_m
from scenegen.recipes.placement.fault import Fault
from scenegen.recipes.placement.parts import SURE_M
from scenegen.recipes.placement.told_by_parts import far_apart, surely_reaches

_DOWN, _UP, _BACK = np.array([0.0, 0.0, -1.0]), np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])
_OWN_WAYS: Mapping[Placement, tuple[Float64[np.ndarray, "3"], ...]] = {"wall": (_BACK, _DOWN), "ceiling": (_UP,)}
"""In the thing's own axes; of other placements, down in the world."""
_SEARCHED_M = 20.0


def unheld(bodies: Sequence[Body]) -> Iterator[Fault]:
    """Yields a fault for each thing that nothing holds."""
    by_id = {body.planned.instance_id: body for body in bodies}
    built = [body for body in bodies if body.is_setting or body.placement is None]
    bounds_m = _bounds_m(built)
    for body in bodies:
        if body.is_setting:
            continue
        if carrier := by_id.get(body.planned.supported_by):
            holders, near = [carrier], _near(body, _bounds_m([carrier]))
        else:
            holders, near = built, _near(body, bounds_m)
        if not _is_held(body, [holders[number] for number in near if holders[number] is not body], carrier is not None):
            others = [holder for holder in holders if holder is not body]
            yield Fault(body.planned, _reason(body, others, _DOWN if carrier else _ways(body)[0]))


def _bounds_m(bodies: Sequence[Body]) -> Float64[np.ndarray, "n 2 3"]:
    return np.array([body.bounds_m for body in bodies]).reshape(-1, 2, 3)


def _is_held(body: Body, near: Sequence[Body], stands: bool) -> bool:
    """Tells whether a thing is held by one of those near: by its carrier if it stands, else where its like are held."""
    ways = (_DOWN,) if stands else _ways(body)
    near = sorted(near, key=lambda holder: abs(float(holder.bounds_m[1][2] - body.bounds_m[0][2])))
    if any(surely_reaches(body, near, way) for way in ways[::-1]):
        return True
    pairs = [Pair(body, holder) for holder in near if not far_apart(body, holder, LIMIT_M + SURE_M)]
    if body.placement in _OWN_WAYS and not stands:
        return any(pair.backs_onto(way) for pair in pairs for way in ways)
    return any(pair.reaches(way) for pair in pairs for way in ways)


def _ways(body: Body) -> tuple[Float64[np.ndarray, "3"], ...]:
    if body.placement is None:
        return tuple(sign * axis for axis in body.object2world[:3, :3].T for sign in (1.0, -1.0))
    own = _OWN_WAYS.get(body.placement)
    return tuple(body.object2world[:3, :3] @ way for way in own) if own else (_DOWN,)


def _near(body: Body, bounds_m: Float64[np.ndarray, "n 2 3"]) -> list[int]:
    """Returns the numbers of those bounds that are within the limit of a thing's."""
    low_m, high_m = body.bounds_m
    are_near = (low_m <= bounds_m[:, 1] + LIMIT_M) & (high_m >= bounds_m[:, 0] - LIMIT_M)
    return np.flatnonzero(are_near.all(axis=1)).tolist()


def _reason(body: Body, holders: Sequence[Body], way: Float64[np.ndarray, "3"]) -> str:
    """Tells how far off what is nearest along the way a thing is."""
    gaps = [(gap_m(body, holder, way), holder) for holder in holders]
    off_m, nearest = min(gaps, key=lambda gap: gap[0], default=(np.inf, body))
    how = "floats" if way[2] < -0.5 else "hangs"
    if off_m > _SEARCHED_M:
        named = f"{a(holders[0].name)}" if len(holders) == 1 else "anything"
        return f"{a(body.name)} {how}: it is not over or at {named} that could hold it"
    return f"{a(body.name)} {how} {100 * off_m:.1f} cm off {a(nearest.name)}"
