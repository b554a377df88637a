"""What a spec will make, before a run: a few of its scenes from above, and a small, cheap frame of each.

Scenes are those of the run, taken evenly, and so are their plans but for the size of the pictures: the longest side is
256 px and a pixel has 8 paths at most. So gates judge coarser buffers, and the first view that passes may be another
one than in the run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from assets_catalog.catalog import Catalog
from scenegen.dataset.picture import encode_picture
from scenegen.dataset.png import encode_png
from scenegen.dataset.triplets import triplets_of
from scenegen.pages.document import picture_url
from scenegen.pages.plan_picture import Camera, plan_picture
from scenegen.pages.preview_page import preview_page
from scenegen.pages.shown_frame import ShownFrame, Truth, named
from scenegen.produce import accepted
from scenegen.recipes import plan_scene
from scenegen.renderers import open_stage_of
from schemas.errors import InputError, RenderError
from schemas.frame import Frame, Rejection
from schemas.run_spec import RunSpec
from schemas.scene_draw import recipe_words
from schemas.scene_plan import ScenePlan
from schemas.seeds import ATTEMPTS
from schemas.unit import units_of
from schemas.unit_size import scenes_per_unit

SCENES = 4
_LONGEST_PX = 256
_SAMPLES = 8
_GAP_PX = 24
_MOST = 80
"""Percent."""


@dataclass(frozen=True, eq=False)
class SceneAhead:
    """One scene that a run will make: its plan, the frames that were made of it, and the plan as a picture."""

    plan: ScenePlan
    frames: tuple[Frame, ...]
    from_above: UInt8[np.ndarray, "h w 3"]


def scenes_ahead(spec: RunSpec, catalog: Catalog, scenes: Sequence[int], views: int) -> Iterator[SceneAhead]:
    """Yields the named scenes of a run, each with so many frames; raises RenderError where one can't be made."""
    small = _small(spec)
    for index in scenes:
        plan, frames = _made(small, index, catalog, views)
        cameras = [Camera(frame.view, _sees_m(frame)) for frame in frames]
        yield SceneAhead(plan, frames, plan_picture(plan, catalog.records, cameras))


def chosen_scenes(spec: RunSpec, count: int) -> list[int]:
    """Returns so many scenes of a run, taken evenly."""
    picks = np.linspace(0, spec.scenes - 1, min(count, spec.scenes)).round().astype(int)
    return list(map(int, np.unique(picks)))


def check_scene(spec: RunSpec, index: int) -> None:
    """Raises InputError for a scene that the run won't have."""
    if not 0 <= index < spec.scenes:
        raise InputError(f"there is no scene {index} in the run, allowed: 0 to {spec.scenes - 1}")


def ahead_page(name: str, spec: RunSpec, scenes: Sequence[SceneAhead]) -> str:
    """Returns the page of what a spec will make."""
    camera = spec.camera
    size = "several sizes" if camera.buckets else f"{camera.width_px} × {camera.height_px} px"
    told = [
        f"{recipe_words(spec)} · {spec.scenes} scenes of {spec.views_per_scene} views · {size}",
        f"Not made yet: {len(scenes)} of its scenes, small, at {_small(spec).render.samples} paths a pixel.",
    ]
    frames = [_shown(scene, frame, spec) for scene in scenes for frame in scene.frames]
    plans = "".join(_figure(scene) for scene in scenes)
    above = f'<section aria-label="from above"><h2>from above</h2><div class="plans">{plans}</div></section>'
    return preview_page(name, told, frames, len(frames), above)


def ahead_sheet(scenes: Sequence[SceneAhead]) -> bytes:
    """Returns a PNG: a line for each scene, from above and as its cameras see it."""
    lines = [[Image.fromarray(scene.from_above), *map(_as_large, scene.frames)] for scene in scenes]
    width = max(sum(each.width + _GAP_PX for each in line) for line in lines) + _GAP_PX
    height = sum(max(each.height for each in line) + _GAP_PX for line in lines) + _GAP_PX
    sheet = Image.new("RGB", (width, height), (255, 255, 255))
    top = _GAP_PX
    for line in lines:
        left = _GAP_PX
        for each in line:
            sheet.paste(each, (left, top))
            left += each.width + _GAP_PX
        top += max(each.height for each in line) + _GAP_PX
    return encode_png(np.array(sheet))


def _small(spec: RunSpec) -> RunSpec:
    """Returns the spec with small pictures and few paths; its scenes and their splits are the same."""
    camera = spec.camera
    buckets = tuple(each.model_copy(update=_smaller(each.width_px, each.height_px)) for each in camera.buckets)
    size = _smaller(camera.width_px, camera.height_px)
    render = spec.render.model_copy(update={"samples": min(spec.render.samples, _SAMPLES)})
    small = {"camera": camera.model_copy(update={**size, "buckets": buckets}), "render": render}
    return spec.model_copy(update={**small, "scenes_per_unit": scenes_per_unit(spec)})  # which splits hang on


def _smaller(width_px: int, height_px: int) -> dict[str, int]:
    """Returns a size of the same shape whose sides are multiples of 16, as all sizes are."""
    scale = min(1.0, _LONGEST_PX / max(width_px, height_px))
    return {
        name: max(16, 16 * round(side * scale / 16))
        for name, side in (("width_px", width_px), ("height_px", height_px))
    }


def _made(spec: RunSpec, index: int, catalog: Catalog, views: int) -> tuple[ScenePlan, tuple[Frame, ...]]:
    """Returns a scene's plan and its frames, as many as can be had of the first attempt that has any."""
    split = units_of(spec)[index // scenes_per_unit(spec)].split
    open_stage, shown = open_stage_of(spec.render.renderer), spec.model_copy(update={"views_per_scene": views})
    for attempt in range(ATTEMPTS):
        plan = plan_scene(spec, index, split, catalog, attempt)
        outcomes = accepted(plan, open_stage(plan, catalog, spec, 0), shown)
        if frames := tuple(each[1] for each in outcomes if not isinstance(each, Rejection)):
            return plan, frames
    raise RenderError(f"scene {index} was drawn {ATTEMPTS} times without a view that passes the gates")


def _sees_m(frame: Frame) -> float:
    """Returns the depth that most of what a frame shows is nearer than."""
    depth_m = frame.gbuffer.z_depth_m
    finite = depth_m[np.isfinite(depth_m)]
    return float(np.percentile(finite, _MOST)) if finite.size else 1.0


def _shown(scene: SceneAhead, frame: Frame, spec: RunSpec) -> ShownFrame:
    names = {each.instance_id: named(each.class_name, each.label) for each in scene.plan.objects}
    shown = {number: names[number] for number in np.unique(frame.gbuffer.instance_id).tolist() if number in names}
    rows = triplets_of(frame, scene.plan, spec, encode_picture(frame.rgb, spec.image))
    return ShownFrame(rows, Truth(frame.gbuffer, shown))


def _figure(scene: SceneAhead) -> str:
    height, width, _ = scene.from_above.shape
    told = f"{scene.plan.scene_id}: {scene.plan.recipe}, {len(scene.plan.objects)} objects"
    return (
        f'<figure><figcaption>{told}</figcaption><img width="{width}" height="{height}" alt="{told}, from above" '
        f'src="{picture_url(encode_png(scene.from_above))}"></figure>'
    )


def _as_large(frame: Frame) -> Image.Image:
    """Returns a frame's picture as wide as a plan."""
    picture = Image.fromarray(frame.rgb)
    width = 640
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
