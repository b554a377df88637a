"""Finished: what a source says of a frame becomes one of our frames, with a plan that names what is seen.

Both sides are cut to multiples of 16, evenly, as those of all our frames are: what trains on them halves them four
times. Nothing is scaled. K moves with the cut. Objects are numbered anew from 1, in the order of the source's numbers;
a surface without one is the object `unlabelled`. Normals are made unit and made to face the camera.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Bool, Int32, Int64

from assets_catalog.taxonomy import load_taxonomy
from scenegen.ingest.ingester import FrameError, Reading, Thing
from scenegen.ingest.normals import facing_normals
from schemas.frame import Frame, GBuffer, Shot, frame_id, scene_id
from schemas.geometry import look_along
from schemas.ingested import UNKNOWN_CLASS, UNKNOWN_CLASS_ID, Lacking, Origin
from schemas.ranges import MAX_SIDE_PX
from schemas.scene_plan import PlannedObject, ScenePlan, View, flat
from schemas.seeds import scene_seed

MATERIALS = ("unknown",)
"""Of every surface: no source says what things are made of."""
_MULTIPLE = 16
_MOST_OBJECTS = 1 << 13
_FOCAL_OF_STEPS_PX = 60
"""Focal length at which steps of half precision are a small part of the slope from pixel to pixel."""
_NOWHERE = flat(np.eye(4))
_NOWHERE_KNOWN = flat(look_along((0.0, 0.0, 0.0), 0.0, 0.0))


class Placed:
    """Where a frame stands in its run: seed and source of the run, number of the scene, split of the unit."""

    def __init__(self, source: str, seed: int, scene_index: int = 0, split: str = "train") -> None:
        self.source, self.seed, self.scene_index, self.split = source, seed, scene_index, split


def finished(name: str, reading: Reading, placed: Placed) -> Shot:
    """Returns the frame and its plan; no gate has judged it. Raises FrameError."""
    reading, crop_px = _cropped(reading)
    _check_k(reading)
    surface = _surface(reading)
    z_depth_m = np.where(surface, reading.z_depth_m, np.float32(np.inf))
    instance_id, things = _numbered(reading, surface)
    normal_cam, mended = facing_normals(reading, z_depth_m, instance_id)
    objects = tuple(_object(number, thing) for number, thing in things.items())
    class_of = np.array([0, *(each.class_id for each in objects)], dtype=np.int32)
    gbuffer = GBuffer(z_depth_m, normal_cam, instance_id, class_of[instance_id], surface.astype(np.int32))
    told = Counter(reading.mended) + mended
    origin = Origin(
        name=name,
        crop_px=crop_px,
        lacking=_lacking(reading, objects),
        mended=dict(sorted(told.items())),
        groups=tuple(number for number, thing in things.items() if thing.are_many),
        slopes_every_px=max(1, round(reading.k[0, 0] / _FOCAL_OF_STEPS_PX)) if reading.is_half else 1,
    )
    plan = _plan(placed, objects, _view(reading), origin)
    frame = Frame(frame_id(placed.scene_index, 0), plan.views[0], reading.rgb, gbuffer, MATERIALS)
    return plan, frame


def _cropped(reading: Reading) -> tuple[Reading, tuple[int, int]]:
    height_px, width_px = reading.z_depth_m.shape
    if not all(_MULTIPLE <= side_px <= MAX_SIDE_PX for side_px in (height_px, width_px)):
        raise FrameError(
            f"a side is shorter than {_MULTIPLE} or longer than {MAX_SIDE_PX} pixels", f"{width_px} x {height_px}"
        )
    left, top = width_px % _MULTIPLE // 2, height_px % _MULTIPLE // 2
    rows = slice(top, top + height_px - height_px % _MULTIPLE)
    columns = slice(left, left + width_px - width_px % _MULTIPLE)

    def cut(plane: np.ndarray | None) -> np.ndarray | None:
        return None if plane is None else np.ascontiguousarray(plane[rows, columns])

    names = ("rgb", "z_depth_m", "normal_cam", "doubtful", "instance_id")
    planes: dict[str, Any] = {name: cut(getattr(reading, name)) for name in names}
    k = reading.k - np.array([[0, 0, left], [0, 0, top], [0, 0, 0]])
    return replace(reading, k=k, **planes), (left, top)


def _check_k(reading: Reading) -> None:
    height_px, width_px = reading.z_depth_m.shape
    x_px, y_px = reading.k[:2, 2]
    if not (0 <= x_px <= width_px and 0 <= y_px <= height_px):
        where = f"({x_px:.0f}, {y_px:.0f}) of {width_px} x {height_px}"
        raise FrameError("K's principal point lies outside of the picture", where)


def _surface(reading: Reading) -> Bool[np.ndarray, "h w"]:
    surface = reading.z_depth_m != np.inf
    if not np.all(reading.z_depth_m[surface] > 0):  # nor where it is NaN
        raise FrameError("depth is no positive number", f"{int(np.sum(~(reading.z_depth_m > 0)))} pixels")
    return surface


def _numbered(reading: Reading, surface: Bool[np.ndarray, "h w"]) -> tuple[Int32[np.ndarray, "h w"], dict[int, Thing]]:
    """Returns our numbers, and what each is."""
    given = np.zeros(surface.shape, np.int64) if reading.instance_id is None else reading.instance_id
    if given.min() < 0:
        raise FrameError("an object has a negative number", str(given.min()))
    ids, inverse = np.unique(np.where(surface, given, -1), return_inverse=True)
    if len(ids) > _MOST_OBJECTS:
        raise FrameError(f"more than {_MOST_OBJECTS} objects", str(len(ids)))
    order = _order(ids)
    numbers = np.zeros(len(ids), np.int32)
    numbers[order] = np.arange(1, len(order) + 1)
    things = {int(numbers[place]): _thing(int(ids[place]), reading.things) for place in order}
    return numbers[inverse.reshape(surface.shape)], things


def _order(ids: Int64[np.ndarray, "n"]) -> list[int]:
    """Returns the places of what becomes an object: those with a number, then what has none."""
    numbered = [place for place, id_ in enumerate(ids.tolist()) if id_ > 0]
    return numbered + [place for place, id_ in enumerate(ids.tolist()) if id_ == 0]


def _thing(id_: int, things: Mapping[int, Thing]) -> Thing:
    return things.get(id_, Thing(f"object {id_}" if id_ else "unlabelled", None))


def _object(instance_id: int, thing: Thing) -> PlannedObject:
    named = thing.class_name
    return PlannedObject(
        instance_id=instance_id,
        class_id=UNKNOWN_CLASS_ID if named is None else load_taxonomy().class_id(named),
        class_name=UNKNOWN_CLASS if named is None else named,
        label=thing.label,
        object2world=_NOWHERE,
        is_named_only=True,
    )


def _lacking(reading: Reading, objects: tuple[PlannedObject, ...]) -> tuple[Lacking, ...]:
    are_unknown = any(each.class_name == UNKNOWN_CLASS for each in objects)
    found: dict[Lacking, bool] = {
        "scene": True,
        "pose": reading.cam2world is None,
        "normals": reading.normal_cam is None,
        "classes": are_unknown,
        "instances": reading.instance_id is None,
    }
    return tuple(name for name, is_lacking in found.items() if is_lacking)


def _view(reading: Reading) -> View:
    height_px, width_px, _ = reading.rgb.shape
    pose = _NOWHERE_KNOWN if reading.cam2world is None else flat(reading.cam2world)
    return View(view_index=0, width_px=width_px, height_px=height_px, intrinsics=flat(reading.k), cam2world=pose)


def _plan(placed: Placed, objects: tuple[PlannedObject, ...], view: View, origin: Origin) -> ScenePlan:
    return ScenePlan(
        scene_index=placed.scene_index,
        scene_id=scene_id(placed.scene_index),
        split=placed.split,
        recipe=placed.source,
        seed=scene_seed(placed.seed, placed.scene_index),
        objects=objects,
        lights=(),
        sky=None,
        views=(view,),
        origin=origin,
    )
