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

_DOWN, _UP, _BACK = np.array([0.0, 0.0, -1.0]), np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])
_OWN_WAYS: Mapping[Placement, tuple[Float64[np.ndarray, "3"], ...]] = {"wall": (_BACK, _DOWN), "ceiling": (_UP,)}
"""In the thing's own axes; of other placements, down in the world."""
_SEARCHED_M = 20.0


def unheld(bodies: Sequence[Body]) -> Iterator[Fault]:
    """Yields a fault for each thing that nothing holds."""
    by_id = {body.planned.instance_id: body for body in bodies}
    built = [body for body in bodies if body.is_setting or body.placement is None]
    for body in bodies:
        if body.is_setting:
            continue
        carrier = by_id.get(body.planned.supported_by)
        holders = [carrier] if carrier else [holder for holder in built if holder is not body]
        if not any(_stands(holder, body) if carrier else _holds(holder, body) for holder in holders):
            yield Fault(body.planned, _reason(body, holders, _DOWN if carrier else _ways(body)[0]))


def _stands(holder: Body, body: Body) -> bool:
    return _are_near(holder, body) and Pair(body, holder).reaches(_DOWN)


def _holds(holder: Body, body: Body) -> bool:
    """Tells whether what is built holds a thing where things like it are held."""
    if not _are_near(holder, body):
        return False
    pair, ways = Pair(body, holder), _ways(body)
    if body.placement in _OWN_WAYS:
        return any(pair.backs_onto(way) for way in ways)
    return any(pair.reaches(way) for way in ways)


def _ways(body: Body) -> tuple[Float64[np.ndarray, "3"], ...]:
    if body.placement is None:
        return tuple(sign * axis for axis in body.object2world[:3, :3].T for sign in (1.0, -1.0))
    own = _OWN_WAYS.get(body.placement)
    return tuple(body.object2world[:3, :3] @ way for way in own) if own else (_DOWN,)


def _are_near(holder: Body, body: Body) -> bool:
    (low_m, high_m), (holder_low_m, holder_high_m) = body.bounds_m, holder.bounds_m
    return bool((low_m <= holder_high_m + LIMIT_M).all() and (high_m >= holder_low_m - LIMIT_M).all())


def _reason(body: Body, holders: Sequence[Body], way: Float64[np.ndarray, "3"]) -> str:
    """Tells how far off what is nearest along the way a thing is."""
    gaps = [(gap_m(body, holder, way), holder) for holder in holders]
    off_m, nearest = min(gaps, key=lambda gap: gap[0], default=(np.inf, body))
    how = "floats" if way[2] < -0.5 else "hangs"
    if off_m > _SEARCHED_M:
        named = f"{a(holders[0].name)}" if len(holders) == 1 else "anything"
        return f"{a(body.name)} {how}: it is not over or at {named} that could hold it"
    return f"{a(body.name)} {how} {100 * off_m:.1f} cm off {a(nearest.name)}"
