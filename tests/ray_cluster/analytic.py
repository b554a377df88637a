"""A fast, exact renderer for tests: each view looks straight at a wall, below a strip of sky; others misbehave.

Ray workers import it by name, so it stands on the driver's import path. Each function here is an `OpenFrames`.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from assets_catalog.opening import open_locked
from schemas.errors import RenderError
from schemas.frame import Frame, GBuffer, Outcome, Redrawn, Rejection, Shot, Verdict, frame_id, scene_id
from schemas.geometry import intrinsics
from schemas.run_record import RunRecord
from schemas.scene_draw import recipe_of
from schemas.scene_plan import Box, PlannedObject, ScenePlan, Sky, View, flat
from schemas.seeds import rng_for, seed_for
from schemas.surface import Surface
from schemas.unit import FramesOfUnit, Unit

Shots = Iterator[Shot]
Outcomes = Iterator[Outcome]
_SKY_ROWS = 3


def walls(record: RunRecord, location: str, threads: int) -> FramesOfUnit:
    """Opens the catalog; yields the frames of walls at depths of the scenes' own streams."""
    catalog = open_locked(record.catalog_lock, location)

    def frames_of_unit(unit: Unit) -> Shots:
        for scene_index in range(unit.scene_start, unit.scene_stop):
            plan = _plan(record, unit, scene_index, min(catalog.records))
            for view in plan.views:
                yield plan, _frame(plan, view)

    return frames_of_unit


def misbehaving(walls_of_unit: Callable[[Unit, Shots], Outcomes]) -> Callable[[RunRecord, str, int], FramesOfUnit]:
    """Turns what happens on the way of a unit's walls into an `OpenFrames`."""

    def open_frames(record: RunRecord, location: str, threads: int) -> FramesOfUnit:
        frames_of_unit = walls(record, location, threads)
        return lambda unit: walls_of_unit(unit, (shot for shot in frames_of_unit(unit) if isinstance(shot, tuple)))

    return open_frames


@misbehaving
def slow_walls(unit: Unit, shots: Shots) -> Outcomes:
    """The same at three frames a second."""
    for shot in shots:
        time.sleep(0.3)
        yield shot


@misbehaving
def slower_walls(unit: Unit, shots: Shots) -> Outcomes:
    """The same at two frames in three seconds, so that a second worker comes in time on a busy machine."""
    for shot in shots:
        time.sleep(1.5)
        yield shot


@misbehaving
def dies_once_at_odd_units(unit: Unit, shots: Shots) -> Outcomes:
    """The same, but an odd unit's first worker dies after a frame; marks stand beside the units' logs."""
    mark = Path(os.readlink("/proc/self/fd/1")).with_name(f"died-at-{unit.name}")
    for shot in shots:
        yield shot
        if unit.index % 2 and not mark.exists():
            mark.touch()
            os._exit(1)


@misbehaving
def dies_at_unit_1(unit: Unit, shots: Shots) -> Outcomes:
    """The same, but each unit speaks as C code does, and unit 1 ends its worker each time."""
    os.write(1, f"words of {unit.name}\n".encode())
    yield from shots
    if unit.index == 1:
        os._exit(1)


def at_unit_1(happens: Callable[[], None]) -> Callable[[RunRecord, str, int], FramesOfUnit]:
    """Returns the same, but with words, and something that happens in unit 1 after its first frame."""

    @misbehaving
    def shots_of(unit: Unit, shots: Shots) -> Outcomes:
        print(f"words of {unit.name}")
        yield next(shots)
        if unit.index == 1:
            happens()
        yield from shots

    return shots_of


def _wait_forever() -> None:
    while True:
        time.sleep(60)


def _eat_memory() -> None:
    held = [bytearray(os.urandom(1) * 2**24) for _ in range(512)]
    raise AssertionError(f"{len(held)} times 16 MiB met no limit")


def _start_a_child() -> None:
    child = subprocess.Popen(["sleep", "600"])
    Path(os.readlink("/proc/self/fd/1")).with_name("child").write_text(str(child.pid))


crashes_at_unit_1 = at_unit_1(lambda: signal.raise_signal(signal.SIGSEGV))
is_killed_at_unit_1 = at_unit_1(lambda: os.kill(os.getpid(), signal.SIGKILL))
hangs_at_unit_1 = at_unit_1(_wait_forever)
eats_memory_at_unit_1 = at_unit_1(_eat_memory)


@misbehaving
def hangs_once_at_a_second_unit(unit: Unit, shots: Shots) -> Outcomes:
    """The same, but the process that comes first to a second unit never comes back; marks stand beside the logs."""
    logs = Path(os.readlink("/proc/self/fd/1")).parent
    is_second = (logs / f"began-{os.getpid()}").exists()
    (logs / f"began-{os.getpid()}").touch()
    if is_second and not (logs / "hung").exists():
        (logs / "hung").touch()
        _wait_forever()
    yield from shots


@misbehaving
def hangs_with_a_child(unit: Unit, shots: Shots) -> Outcomes:
    """Starts a process, and never comes back."""
    _start_a_child()
    _wait_forever()
    yield from shots


@misbehaving
def stumbles_at_unit_1(unit: Unit, shots: Shots) -> Outcomes:
    """The same, but unit 1 meets a fault that nobody foresaw."""
    yield from shots
    if unit.index == 1:
        raise ZeroDivisionError("by\nzero")


@misbehaving
def hangs(unit: Unit, shots: Shots) -> Outcomes:
    """Writes the number of its process beside the logs, and never comes back."""
    Path(os.readlink("/proc/self/fd/1")).parents[1].joinpath("pid").write_text(str(os.getpid()))
    _wait_forever()
    yield from shots


@misbehaving
def speaks(unit: Unit, shots: Shots) -> Outcomes:
    """The same, with words from Python, from C, and from C that holds them back; unit 1 then can't be rendered."""
    for shot in shots:
        print(f"python in {unit.name}")
        print(f"stderr in {unit.name}", file=sys.stderr)
        os.write(1, f"descriptor in {unit.name}\n".encode())
        ctypes.CDLL(None).puts(f"held back in {unit.name}".encode())
        yield shot
    if unit.index == 1:
        raise RenderError("the picture is black")


@misbehaving
def cannot_be_packed_at_unit_1(unit: Unit, shots: Shots) -> Outcomes:
    """The same, but what unit 1 shows is not in its plan."""
    for plan, frame in shots:
        yield (plan if unit.index != 1 else plan.model_copy(update={"objects": ()})), frame


@misbehaving
def rejects(unit: Unit, shots: Shots) -> Outcomes:
    """The same, with a view turned down before each frame; what was rendered of it is kept aside in unit 0."""
    for plan, frame in shots:
        shot = (plan, frame) if unit.index == 0 else None
        yield Rejection(plan.scene_index, 0, frame.view.view_index, Verdict("witness_ids", 0.5, passed=False), shot)
        yield plan, frame


@misbehaving
def redraws(unit: Unit, shots: Shots) -> Outcomes:
    """The same, after a first drawing of each scene that is void after a frame."""
    for plan, frame in shots:
        if frame.view.view_index == 0:
            yield plan, replace(frame, rgb=255 - frame.rgb)
            yield Redrawn(plan.scene_index, 0, 1)
        yield plan, frame


def _plan(record: RunRecord, unit: Unit, scene_index: int, asset_id: str) -> ScenePlan:
    spec = record.spec
    size_px = spec.camera.width_px, spec.camera.height_px
    k = flat(intrinsics(1.0, *size_px))
    views = [
        View(view_index=index, width_px=size_px[0], height_px=size_px[1], intrinsics=k, cam2world=flat(np.eye(4)))
        for index in range(spec.views_per_scene)
    ]
    pose = flat(np.eye(4))
    wall = PlannedObject(
        instance_id=1,
        class_id=1,
        class_name="wall",
        label="wall",
        object2world=pose,
        boxes=(Box(center_m=(0, 0, 0), size_m=(1, 1, 1)),),
        surface=Surface(finish="paint", color=(1, 1, 1)),
    )
    thing = PlannedObject(
        instance_id=2, class_id=2, class_name="thing", label="thing", object2world=pose, asset_id=asset_id
    )
    return ScenePlan(
        scene_index=scene_index,
        scene_id=scene_id(scene_index),
        split=unit.split,
        recipe=recipe_of(spec, scene_index),
        seed=seed_for(spec.seed, "scene", scene_index),
        objects=(wall, thing),
        lights=(),
        sky=Sky(sun_elevation_rad=0.5, sun_azimuth_rad=0.0, strength=1.0),
        views=tuple(views),
    )


def _frame(plan: ScenePlan, view: View) -> Frame:
    rng = rng_for(plan.seed, "wall", view.view_index)
    shape = view.height_px, view.width_px
    surface = np.arange(view.height_px)[:, None] >= np.full(shape, _SKY_ROWS)
    gbuffer = GBuffer(
        z_depth_m=np.where(surface, rng.uniform(1, 9), np.inf).astype(np.float32),
        normal_cam=np.where(surface[..., None], [0, 0, 1], 0).astype(np.float32),
        instance_id=surface.astype(np.int32),
        class_id=surface.astype(np.int32),
        material_id=surface.astype(np.int32),
    )
    rgb = rng.integers(0, 256, (*shape, 3), dtype=np.uint8)
    return Frame(frame_id(plan.scene_index, view.view_index), view, rgb, gbuffer, ("paint",))
