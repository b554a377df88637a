"""Faults to order: a stage that dies, hangs or lies where it is told to, so that what should survive it can be tried.

Ordered by the environment variable SCENEGEN_FAULTS, `crash@3 hang@7`: a fault of the table at the first photograph of a
scene, each time that it is made, whatever renders; `crash@3:0` spares what replaces the scene. It stands in no spec and
touches no record. Where the variable is not set, which is the rule, nothing here is imported.
"""

import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from assets_catalog.catalog import Catalog
from scenegen.stage import OpenStage, Picture, Sighting, Stage
from schemas.errors import SpecError, did_you_mean
from schemas.frame import GBuffer
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, View
from schemas.seeds import ATTEMPTS

_BOMB_STEP_BYTES = 32 * 2**20
_BOMB_STEPS = 2048
"""64 GiB: an end, where nothing else sets one."""


def _crash() -> None:
    signal.raise_signal(signal.SIGSEGV)


def _hang() -> None:
    while True:
        time.sleep(60)


def _eat_memory() -> None:
    held = [np.ones(_BOMB_STEP_BYTES, np.uint8) for _ in range(_BOMB_STEPS)]
    raise MemoryError(f"a bomb of {sum(part.nbytes for part in held)} bytes met no limit")


def _raise() -> None:
    raise ZeroDivisionError("a fault to order")


def _mirrored(buffers: GBuffer) -> GBuffer:
    """Returns normals whose x and y are those of another camera."""
    return replace(buffers, normal_cam=buffers.normal_cam * np.array([-1, -1, 1], np.float32))


def _unfilled(buffers: GBuffer) -> GBuffer:
    """Returns buffers whose lower half was never written."""
    rows = np.arange(len(buffers.z_depth_m)) < len(buffers.z_depth_m) // 2
    return replace(buffers, z_depth_m=np.where(rows[:, None], buffers.z_depth_m, np.float32(0)))


def _cut(buffers: GBuffer) -> GBuffer:
    """Returns buffers that end half-way down the picture."""
    rows = len(buffers.z_depth_m) // 2
    return GBuffer(**{name: array[:rows] for name, array in vars(buffers).items()})


Strike: TypeAlias = Callable[[], None]
Lie: TypeAlias = Callable[[GBuffer], GBuffer]

STRIKES: Mapping[str, Strike] = {
    "crash": _crash,
    "abort": os.abort,
    "hang": _hang,
    "memory": _eat_memory,
    "exception": _raise,
}
"""Name -> what happens instead of a photograph."""

LIES: Mapping[str, Lie] = {"mirrored": _mirrored, "unfilled": _unfilled, "cut": _cut}
"""Name -> what is delivered in place of the exact buffers."""


class FaultyStage:
    """A stage with a fault."""

    def __init__(self, stage: Stage, fault: str) -> None:
        self._stage = stage
        self._fault = fault

    @property
    def materials(self) -> tuple[str, ...]:
        """Returns those of the stage."""
        return self._stage.materials

    def sight(self, view: View) -> Sighting:
        """Returns the buffers of a view, or what a lie makes of them."""
        sighting = self._stage.sight(view)
        lie = LIES.get(self._fault)
        return sighting if lie is None else replace(sighting, gbuffer=lie(sighting.gbuffer))

    def picture(self, view: View, sighting: Sighting) -> Picture:
        """Returns the photograph, unless a strike comes first."""
        if strike := STRIKES.get(self._fault):
            strike()
        return self._stage.picture(view, sighting)


def with_faults(open_stage: OpenStage, orders: str) -> OpenStage:
    """Returns what opens stages, those of some scenes with a fault; raises SpecError for orders that can't be read."""
    fault_of = dict(_order(order) for order in orders.split())

    def opened(plan: ScenePlan, catalog: Catalog, spec: RunSpec, threads: int) -> Stage:
        stage = open_stage(plan, catalog, spec, threads)
        here = plan.scene_index, plan.attempt // ATTEMPTS
        fault = fault_of.get(here) or fault_of.get((plan.scene_index, None))
        return stage if fault is None else FaultyStage(stage, fault)

    return opened


def _order(text: str) -> tuple[tuple[int, int | None], str]:
    """Returns the scene that is meant, with which of its replacements, if not all are; and the fault's name."""
    name, _, place = text.partition("@")
    scene, colon, times = place.partition(":")
    known = [*STRIKES, *LIES]
    if name not in known:
        raise SpecError(
            [f"SCENEGEN_FAULTS: unknown fault {name!r}{did_you_mean(name, known)}; known: {', '.join(known)}"]
        )
    if not scene.isdecimal() or (colon and not times.isdecimal()):
        raise SpecError([f"SCENEGEN_FAULTS: {text!r} names no scene; write {name}@3, or {name}@3:0 as first planned"])
    return (int(scene), int(times) if colon else None), name
