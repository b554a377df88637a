"""Defects of what is judged while a frame is made and not stored: light, exposure, and where the camera stands.

Cameras are put into walls: the scene is built again as its renderer builds it, and seen from there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from assets_catalog.catalog import Catalog
from assets_catalog.colors import display, linear
from bench.mutations.subject import Subject
from scenegen.gates import judge_picture, judge_sighting
from scenegen.renderers import open_stage_of
from scenegen.stage import Picture
from schemas.frame import Frame, Verdict
from schemas.geometry import intrinsics, look_along
from schemas.scene_plan import PlannedObject, View, flat, square

_SIDE_PX = 128
_HEADINGS_RAD = (0.1, 1.8, 3.3, 5.0)

Light = Callable[[Float32[np.ndarray, "h w 3"], np.random.Generator], Float32[np.ndarray, "h w 3"]]


@dataclass(frozen=True)
class PictureMutation:
    """A defect of the light, and the gate that must name it."""

    caught_by: str
    change: Light


def _nan(light: Float32[np.ndarray, "h w 3"], rng: np.random.Generator) -> Float32[np.ndarray, "h w 3"]:
    light = light.copy()
    row, column, channel = (int(rng.integers(side)) for side in light.shape)
    light[row, column, channel] = np.nan
    return light


def _blown(light: Float32[np.ndarray, "h w 3"], rng: np.random.Generator) -> Float32[np.ndarray, "h w 3"]:
    """Exposed so that two pixels of five are white."""
    return light / max(float(np.percentile(light.min(axis=-1), 60)), 1e-4)


PICTURES: Mapping[str, PictureMutation] = {
    "NaN in the light": PictureMutation("finite", _nan),
    "a black picture": PictureMutation("dark", lambda light, rng: light * 0),
    "a picture ten stops too dark": PictureMutation("dark", lambda light, rng: light / 1024),
    "a blown picture": PictureMutation("burnt", _blown),
}


def picture_verdicts(frame: Frame, subject: Subject, mutation: PictureMutation | None, seed: int) -> set[str]:
    """Returns the gates that a frame's picture does not pass, with a defect in its light or as it is."""
    light = linear(frame.rgb / 255).astype(np.float32)
    if mutation is not None:
        light = mutation.change(light, np.random.Generator(np.random.PCG64(seed)))
    rgb = np.rint(255 * np.clip(np.nan_to_num(display(light)), 0, 1)).astype(np.uint8)
    return _failed(judge_picture(Picture(rgb, light, frame.agreement), subject.record.spec.gates))


def cameras_in_walls(subjects: Sequence[Subject], catalog: Catalog, most: int) -> Iterator[set[str]]:
    """Yields the gates that views from inside the walls of rooms do not pass."""
    for subject in subjects:
        plan = subject.shots[0][0]
        walls = [planned for planned in plan.objects if planned.class_name == "wall" and planned.boxes]
        if most <= 0 or not walls:
            continue
        stage = open_stage_of(subject.record.spec.render.renderer)(plan, catalog, subject.record.spec, 1)
        views = [_view(wall, heading) for wall in walls for heading in _HEADINGS_RAD][:most]
        most -= len(views)
        for view in views:
            yield _failed(judge_sighting(stage.sight(view), view, plan, subject.record.spec.gates))


def _view(wall: PlannedObject, heading_rad: float) -> View:
    box = max(wall.boxes, key=lambda each: float(np.prod(each.size_m)))
    x, y, z = (square(wall.object2world) @ [*box.center_m, 1.0])[:3].tolist()
    k = intrinsics(1.2, _SIDE_PX, _SIDE_PX)
    cam2world = look_along((x, y, z), heading_rad, 0.0)
    return View(view_index=0, width_px=_SIDE_PX, height_px=_SIDE_PX, intrinsics=flat(k), cam2world=flat(cam2world))


def _failed(verdicts: Sequence[Verdict]) -> set[str]:
    return {verdict.gate for verdict in verdicts if not verdict.passed}
