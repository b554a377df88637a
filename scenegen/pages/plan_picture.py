"""A scene from above: the footprint of everything below the cameras, by class, and where the cameras look.

It is cut as an architect's floor plan is, at the height of the highest camera shown: what lies wholly above it
(ceilings, lamps, roofs) is left out. Terrain is drawn first, then lower things before higher ones. +x is to the right,
+y up. A camera's wedge is its horizontal field of view.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float64, UInt8
from PIL import Image, ImageDraw
from scipy.spatial import ConvexHull, QhullError

from assets_catalog.record import AssetRecord
from scenegen.dataset.false_color import id_color
from scenegen.dataset.sheet_caption import GREY, INK, Caption, Entry, font, laid_out
from scenegen.encoders.legend import Rgb
from schemas.scene_plan import PlannedObject, ScenePlan, View, square

_SIDE_PX = 640
_MARGIN_PX = 20
_FINER = 3
"""Drawn so many times as large, and then scaled down."""
_PAPER, _CAMERA = (255, 255, 255), (214, 69, 8)
_GROUND_M = 0.12
"""What is lower and larger than `_GROUND_M2` is ground: pale, so that things stand out."""
_GROUND_M2 = 3.0
_WIDE = 0.4
"""Of the picture."""
_REACH = 2.5
"""Of the longest wedge, around the cameras: what is shown."""
_LEAST_REACH_M = 1.0
_CLASSES_NAMED = 14
_CORNERS = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
_CIRCLE = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 2 * np.pi, 24, endpoint=False)])

Points = Float64[np.ndarray, "n 2"]


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera, and how long its wedge is drawn."""

    view: View
    sees_m: float


@dataclass(frozen=True, eq=False)
class _Footprint:
    outline: Points
    low_m: float
    high_m: float
    class_id: int
    class_name: str
    is_wide: bool = False
    """Whether it takes more of the picture than things do: terrain, such as a hill around all of it."""

    @property
    def area_m2(self) -> float:
        x, y = self.outline.T
        return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)

    @property
    def color(self) -> Rgb:
        is_ground = self.is_wide or (self.high_m < _GROUND_M and self.area_m2 > _GROUND_M2)
        part = 0.16 if is_ground else 0.72
        red, green, blue = (round(255 + (each - 255) * part) for each in id_color(self.class_id))
        return red, green, blue


def plan_picture(
    plan: ScenePlan, records: Mapping[str, AssetRecord], cameras: Sequence[Camera]
) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the plan with these cameras, and a legend below; `records` of the assets tell how large they are."""
    window = _window(cameras)
    cut_m = max(square(camera.view.cam2world)[2, 3] for camera in cameras)
    wide_m2 = _WIDE * float(np.prod(window[1] - window[0]))
    shown = [
        replace(each, is_wide=each.area_m2 > wide_m2)
        for each in _footprints(plan, records)
        if each.low_m < cut_m and _meets(each.outline, window)
    ]
    shown.sort(key=lambda each: (not each.is_wide, each.high_m))
    return _with_legend(_drawn(shown, cameras, window), shown)


def _window(cameras: Sequence[Camera]) -> Float64[np.ndarray, "2 2"]:
    """Returns what is shown, a square: its lower left and upper right corner, metres."""
    at = np.array([square(camera.view.cam2world)[:2, 3] for camera in cameras])
    ends = np.concatenate([at, *(_wedge(camera) for camera in cameras)])
    reach_m = max(_LEAST_REACH_M, 0.25 * _REACH * max(camera.sees_m for camera in cameras))
    low, high = ends.min(axis=0) - reach_m, ends.max(axis=0) + reach_m
    middle, half = (low + high) / 2, (high - low).max() / 2
    return np.stack([middle - half, middle + half])


def _footprints(plan: ScenePlan, records: Mapping[str, AssetRecord]) -> Iterator[_Footprint]:
    for planned in plan.objects:
        pose = square(planned.object2world)
        for corners in _solids(planned, records):
            points = corners @ pose[:3, :3].T + pose[:3, 3]
            low_m, high_m = float(points[:, 2].min()), float(points[:, 2].max())
            yield _Footprint(_hull(points[:, :2]), low_m, high_m, planned.class_id, planned.class_name)


def _solids(planned: PlannedObject, records: Mapping[str, AssetRecord]) -> Iterator[Float64[np.ndarray, "n 3"]]:
    """Yields points around each part of an object, in its own axes."""
    if planned.asset_id is not None and planned.asset_id in records:
        size_m = np.array(records[planned.asset_id].size_m)
        yield _CORNERS * size_m + np.array([0, 0, size_m[2] / 2])
    for box in planned.boxes:
        yield _CORNERS * np.array(box.size_m) + np.array(box.center_m)
    for sphere in planned.spheres:
        ring = np.concatenate([_CIRCLE, np.zeros((len(_CIRCLE), 1))], axis=1)
        poles = np.array([[0, 0, -1.0], [0, 0, 1.0]])
        yield sphere.radius_m * np.concatenate([ring, poles]) + np.array(sphere.center_m)
    for rectangle in planned.rectangles:
        yield _CORNERS[::2] * np.array([*rectangle.size_m, 0.0])


def _hull(points: Points) -> Float64[np.ndarray, "corners 2"]:
    """Returns the outline of some points; a line where they stand in one."""
    try:
        return points[ConvexHull(points).vertices]
    except QhullError:
        far = np.abs(points - points.mean(axis=0)).sum(axis=1).argmax()
        return np.stack([points[far], 2 * points.mean(axis=0) - points[far]])


def _wedge(camera: Camera) -> Points:
    """Returns the two far corners of what a camera sees."""
    k, pose = square(camera.view.intrinsics), square(camera.view.cam2world)
    sides = [(0 - k[0, 2]) / k[0, 0], (camera.view.width_px - k[0, 2]) / k[0, 0]]
    rays = np.array([pose[:2, 0] * side + pose[:2, 2] for side in sides])
    ahead = float(np.linalg.norm(pose[:2, 2]))
    return pose[:2, 3] + rays * camera.sees_m * min(1.0, 1 / max(ahead, 0.3))


def _meets(outline: Points, window: Float64[np.ndarray, "2 2"]) -> bool:
    return bool((outline.max(axis=0) >= window[0]).all() and (outline.min(axis=0) <= window[1]).all())


def _drawn(shown: Sequence[_Footprint], cameras: Sequence[Camera], window: Float64[np.ndarray, "2 2"]) -> Image.Image:
    side = _SIDE_PX * _FINER
    scale = side / float(window[1, 0] - window[0, 0])

    def places(points: Points) -> list[tuple[float, float]]:
        return [(float(x), side - float(y)) for x, y in (points - window[0]) * scale]

    picture = Image.new("RGB", (side, side), _PAPER)
    draw = ImageDraw.Draw(picture)
    for each in shown:
        rim = tuple(round(0.72 * part) for part in each.color)
        if len(each.outline) > 2:
            draw.polygon(places(each.outline), fill=each.color, outline=rim, width=_FINER)
        else:
            draw.line(places(each.outline), fill=rim, width=2 * _FINER)
    seen = Image.new("L", picture.size, 0)
    for camera in cameras:
        at = square(camera.view.cam2world)[:2, 3]
        ImageDraw.Draw(seen).polygon(places(np.concatenate([at[None], _wedge(camera)])), fill=72)
    picture.paste(Image.new("RGB", picture.size, _CAMERA), mask=seen)
    draw = ImageDraw.Draw(picture)
    for camera in cameras:
        at = square(camera.view.cam2world)[:2, 3]
        corners = places(np.concatenate([at[None], _wedge(camera)]))
        draw.line([*corners, corners[0]], fill=_CAMERA, width=2 * _FINER)
        (x, y), dot = corners[0], 6 * _FINER
        draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=_CAMERA, outline=_PAPER, width=2 * _FINER)
    small = picture.resize((_SIDE_PX, _SIDE_PX), Image.Resampling.LANCZOS)
    _draw_scale(small, scale / _FINER)
    return small


def _draw_scale(picture: Image.Image, px_per_m: float) -> None:
    """Draws a bar of 1, 2 or 5 times a power of ten metres, about a fifth of the picture wide."""
    wanted_m = _SIDE_PX / 5 / px_per_m
    power = 10.0 ** np.floor(np.log10(wanted_m))
    length_m = float(max(step * power for step in (1, 2, 5) if step * power <= wanted_m))
    draw = ImageDraw.Draw(picture)
    left, y = 14, _SIDE_PX - 16
    right = left + length_m * px_per_m
    draw.rectangle((left - 6, y - 24, right + 6, y + 8), fill=_PAPER)
    draw.line((left, y, right, y), fill=INK, width=3)
    draw.text((left, y - 20), f"{length_m:g} m", INK, font(13))


def _with_legend(picture: Image.Image, shown: Sequence[_Footprint]) -> UInt8[np.ndarray, "h w 3"]:
    largest: dict[str, _Footprint] = {}
    for each in sorted(shown, key=lambda each: each.area_m2):
        largest[each.class_name] = each
    named = sorted(largest.values(), key=lambda each: -each.area_m2)[:_CLASSES_NAMED]
    entries = tuple(Entry((each.color,), each.class_name.replace("_", " ")) for each in named)
    more = len(largest) - len(entries)
    caption = laid_out(Caption(legend=(*entries, *([Entry((), f"and {more} more")] if more > 0 else []))), _SIDE_PX)
    sheet = Image.new("RGB", (_SIDE_PX, _SIDE_PX + caption.height_px + _MARGIN_PX), _PAPER)
    sheet.paste(picture)
    ImageDraw.Draw(sheet).line((0, _SIDE_PX, _SIDE_PX, _SIDE_PX), fill=GREY)
    caption.draw(sheet, (8, _SIDE_PX + 8))
    return np.array(sheet)
