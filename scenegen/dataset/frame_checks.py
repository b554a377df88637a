"""Checks of one stored frame against its plan; what could be read of it is then the truth for its triplets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from scenegen.dataset.differences import differing
from scenegen.dataset.exr import decode_exr
from scenegen.dataset.frames import shown_objects
from scenegen.dataset.gbuffer_checks import gbuffer_faults
from scenegen.dataset.picture import decode_picture
from schemas.errors import DatasetError
from schemas.frame import GBuffer, frame_id, scene_id
from schemas.model import first_fault
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, View, square
from schemas.seeds import seed_for
from schemas.unit import Unit


@dataclass(frozen=True)
class Place:
    """Where a frame stands in a run."""

    spec: RunSpec
    unit: Unit
    scene_index: int
    view_index: int

    @property
    def frame_id(self) -> str:
        """Returns the frame's name."""
        return frame_id(self.scene_index, self.view_index)


@dataclass(frozen=True)
class FrameTruth:
    """What the triplets of a frame must agree with."""

    picture: bytes
    """PNG or JPEG."""
    intrinsics: tuple[float, ...]
    cam2world: tuple[float, ...]
    asset_ids: tuple[str, ...] | None
    """Nothing where the plan can't be read."""
    gbuffer: GBuffer | None
    """Nothing where frames are not kept, or the EXR can't be read."""


def check_frame(place: Place, row: Mapping[str, Any]) -> tuple[FrameTruth | None, list[str]]:
    """Returns what a row with all of FRAME_COLUMNS says of the frame that belongs in this place, and what is off.

    A row of another frame is no truth.
    """
    if row["frame_id"] != place.frame_id:
        return None, [f"the frames file has {row['frame_id']} in its place"]
    plan, plan_faults = _plan(place, row["plan"])
    gbuffer, exr_faults = _gbuffer(row["exr"])
    fields = {"scene_id": scene_id(place.scene_index), "split": place.unit.split}
    faults = [*differing(row, fields), *plan_faults, *exr_faults, *_image_faults(row["image"]["bytes"], gbuffer)]
    if plan is not None:
        faults += _view_faults(row, plan, plan.views[place.view_index], gbuffer)
    truth = FrameTruth(
        picture=row["image"]["bytes"],
        intrinsics=tuple(row["intrinsics"]),
        cam2world=tuple(row["cam2world"]),
        asset_ids=plan.asset_ids() if plan is not None else None,
        gbuffer=gbuffer,
    )
    return truth, faults


def _plan(place: Place, text: str) -> tuple[ScenePlan | None, list[str]]:
    """Returns the stored plan where it is one of this frame's scene, and what is off with it."""
    try:
        plan = ScenePlan.model_validate_json(text)
    except ValidationError as error:
        return None, [f"plan can't be read: {first_fault(error)}"]
    if plan.model_dump_json() != text:
        return None, ["plan changes when it is read and written again"]
    planned = {
        "scene_index": place.scene_index,
        "scene_id": scene_id(place.scene_index),
        "split": place.unit.split,
        "recipe": place.spec.recipe,
        "seed": seed_for(place.spec.seed, "scene", place.scene_index),
    }
    faults = [f"plan's {line}" for line in differing(plan, planned)]
    if [view.view_index for view in plan.views] != list(range(place.spec.views_per_scene)):
        return None, [*faults, f"plan has {len(plan.views)} views, the spec {place.spec.views_per_scene}"]
    return plan, faults


def _gbuffer(exr: bytes) -> tuple[GBuffer | None, list[str]]:
    try:
        return decode_exr(exr), []
    except DatasetError as error:
        return None, [str(error)]


def _image_faults(picture: bytes, gbuffer: GBuffer | None) -> list[str]:
    try:
        height_px, width_px, _ = decode_picture(picture).shape
    except DatasetError as error:
        return [f"image: {error}"]
    if gbuffer is None or gbuffer.z_depth_m.shape == (height_px, width_px):
        return []
    there = gbuffer.z_depth_m.shape
    return [f"image is {width_px} x {height_px} pixels, the EXR {there[1]} x {there[0]}"]


def _view_faults(row: Mapping[str, Any], plan: ScenePlan, view: View, gbuffer: GBuffer | None) -> list[str]:
    faults = differing(row, {"intrinsics": view.intrinsics, "cam2world": view.cam2world})
    if gbuffer is None:
        return faults
    if gbuffer.z_depth_m.shape != (view.height_px, view.width_px):
        there = gbuffer.z_depth_m.shape
        return [*faults, f"EXR is {there[1]} x {there[0]} pixels, the plan's view {view.width_px} x {view.height_px}"]
    faults += gbuffer_faults(gbuffer, square(view.intrinsics), plan.objects)
    known = {0, *(planned.instance_id for planned in plan.objects)}
    if known.issuperset(gbuffer.instance_id.flat):
        faults += differing(row, {"objects": shown_objects(plan, gbuffer)})
    return faults
