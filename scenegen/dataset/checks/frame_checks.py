"""Checks of one stored frame against its plan; what could be read of it is then the truth for its triplets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import UInt8
from pydantic import ValidationError

from scenegen.dataset.checks.differences import differing
from scenegen.dataset.checks.findings import Off, off
from scenegen.dataset.checks.gate_checks import STORED, asked_gates, exposure_again_faults, gates_again_faults
from scenegen.dataset.checks.gbuffer_checks import buffer_faults, id_faults, material_faults
from scenegen.dataset.checks.scene_checks import Accepted
from scenegen.dataset.checks.verdict_checks import agreement_faults, known_gates, verdict_faults
from scenegen.dataset.exr import decode_exr
from scenegen.dataset.frames import shown_objects
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.stored_image import format_faults, stored_image
from scenegen.gates.thumbnail import Thumbnail
from schemas.errors import DatasetError
from schemas.frame import GBuffer, frame_id, scene_id
from schemas.model import first_fault
from schemas.run_spec import RunSpec
from schemas.scene_draw import recipe_of
from schemas.scene_plan import ScenePlan, View, square
from schemas.seeds import ATTEMPTS, scene_seed
from schemas.unit import Unit


@dataclass(frozen=True)
class Place:
    """Where a frame stands in a run."""

    spec: RunSpec
    unit: Unit
    scene_index: int
    number: int
    """Its place among the frames of its scene."""
    is_ingested: bool = False
    """Whether others rendered it."""

    @property
    def frame_id(self) -> str:
        """Returns the frame's name."""
        return frame_id(self.scene_index, self.number)


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
    plan: ScenePlan | None
    """Nothing where frames are not kept, or it can't be read."""


@dataclass(frozen=True)
class FrameFindings:
    """What a stored frame says, and what is off with it."""

    faults: tuple[Off, ...]
    truth: FrameTruth | None = None
    """Nothing where another frame stands in its place."""
    rgb: UInt8[np.ndarray, "h w 3"] | None = None
    """Its picture; nothing where it can't be read."""
    accepted: Accepted | None = None
    """Nothing where its plan can't be read, or has no such candidate."""


def check_frame(place: Place, row: Mapping[str, Any], shown: Sequence[Thumbnail] = ()) -> FrameFindings:
    """Returns what a row with all of FRAME_COLUMNS says of the frame that belongs in this place, and what is off.

    `shown`: the frames of its scene that stand before it.
    """
    if row["frame_id"] != place.frame_id:
        return FrameFindings((Off("complete", f"the frames file has {row['frame_id']} in its place"),))
    plan, plan_faults = _plan(place, row["plan"])
    gbuffer, exr_faults = _gbuffer(row["exr"])
    rgb, image_faults = _picture(place, row["image"], gbuffer)
    fields = {"scene_id": scene_id(place.scene_index), "split": place.unit.split}
    view, view_faults = _view(place, plan, row) if plan is not None else (None, [])
    faults = [
        *off("plan", [*differing(row, fields), *plan_faults, *view_faults]),
        *off("checksums", exr_faults),
        *image_faults,
        *off("gates", verdict_faults(row["verdicts"], _judging(place, plan))),
    ]
    if gbuffer is not None:
        faults += off("gates", agreement_faults(place.spec, row["agreement"], bool(gbuffer.instance_id.any())))
        faults += off("ids", material_faults(gbuffer, row["materials"]))
    if gbuffer is not None and plan is not None and view is not None:
        faults += _buffer_faults(place, row, plan, view, gbuffer, shown)
    if rgb is not None and view is not None:
        faults += off("gates", exposure_again_faults(rgb, view, place.spec.gates))
    accepted = _accepted(row, plan) if view is not None else None
    return FrameFindings(tuple(faults), _truth(row, plan, gbuffer), rgb, accepted)


def _judging(place: Place, plan: ScenePlan | None) -> Sequence[str]:
    """Returns the gates that must have judged a frame."""
    if not place.is_ingested:
        return known_gates()
    return STORED if plan is None else asked_gates(plan)


def _truth(row: Mapping[str, Any], plan: ScenePlan | None, gbuffer: GBuffer | None) -> FrameTruth:
    return FrameTruth(
        picture=row["image"]["bytes"],
        intrinsics=tuple(row["intrinsics"]),
        cam2world=tuple(row["cam2world"]),
        asset_ids=plan.asset_ids() if plan is not None else None,
        gbuffer=gbuffer,
        plan=plan,
    )


def _accepted(row: Mapping[str, Any], plan: ScenePlan | None) -> Accepted | None:
    if plan is None:
        return None
    materials = tuple((shown["material_id"], shown["name"]) for shown in row["materials"])
    return Accepted(row["plan"], plan.attempt, row["view_index"], materials)


def _plan(place: Place, text: str) -> tuple[ScenePlan | None, list[str]]:
    """Returns the stored plan where it can be read, and what is off with it."""
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
        "recipe": recipe_of(place.spec, place.scene_index),
        "seed": scene_seed(place.spec.seed, place.scene_index, plan.attempt),
    }
    lines = [f"plan's {line}" for line in differing(plan, planned)]
    return plan, [*lines, *_replacement_faults(place, plan), *_origin_faults(place, plan)]


def _origin_faults(place: Place, plan: ScenePlan) -> list[str]:
    """Returns whether the plan says that others rendered the frame where the record doesn't, or the other way round."""
    if (plan.origin is not None) == place.is_ingested:
        return []
    return ["plan has no origin, the run is of ingested frames" if place.is_ingested else "plan has an origin"]


def _replacement_faults(place: Place, plan: ScenePlan) -> list[str]:
    """Returns whether the plan is by other seeds than those which the unit's footer gives the scene."""
    times, told = plan.attempt // ATTEMPTS, place.unit.times_replaced(place.scene_index)
    return [] if times == told else [f"plan's attempt {plan.attempt} is of replacement {times}, the footer says {told}"]


def _view(place: Place, plan: ScenePlan, row: Mapping[str, Any]) -> tuple[View | None, list[str]]:
    """Returns the candidate that became the frame, and what is off with it."""
    if [view.view_index for view in plan.views] != list(range(len(plan.views))):
        return None, ["plan's candidates are not numbered in their order"]
    if not 0 <= row["view_index"] < len(plan.views):
        return None, [f"view_index is {row['view_index']}, the plan has {len(plan.views)} candidates"]
    view = plan.views[row["view_index"]]
    camera = place.spec.camera
    sizes = [(bucket.width_px, bucket.height_px) for bucket in camera.buckets] or [(camera.width_px, camera.height_px)]
    size = view.width_px, view.height_px
    strange = [f"its view is {size[0]} x {size[1]} pixels, which is no size of the spec"] if size not in sizes else []
    return view, [*differing(row, {"intrinsics": view.intrinsics, "cam2world": view.cam2world}), *strange]


def _gbuffer(exr: bytes) -> tuple[GBuffer | None, list[str]]:
    try:
        return decode_exr(exr), []
    except DatasetError as error:
        return None, [str(error)]


def _picture(
    place: Place, image: Mapping[str, Any], gbuffer: GBuffer | None
) -> tuple[UInt8[np.ndarray, "h w 3"] | None, list[Off]]:
    """Returns the picture where it can be read, and what is off with it."""
    lines = [f"image {line}" for line in format_faults(image["bytes"], place.spec.image.format)]
    lines += [f"image's {line}" for line in differing(image, stored_image(place.frame_id, image["bytes"]))]
    try:
        rgb = decode_picture(image["bytes"])
    except DatasetError as error:
        return None, [*off("plan", lines), Off("checksums", f"image: {error}")]
    height_px, width_px, _ = rgb.shape
    if gbuffer is not None and gbuffer.z_depth_m.shape != (height_px, width_px):
        there = gbuffer.z_depth_m.shape
        lines.append(f"image is {width_px} x {height_px} pixels, the EXR {there[1]} x {there[0]}")
    return rgb, off("plan", lines)


def _buffer_faults(  # noqa: PLR0913, PLR0917 - a row, and what was read of it
    place: Place,
    row: Mapping[str, Any],
    plan: ScenePlan,
    view: View,
    gbuffer: GBuffer,
    shown: Sequence[Thumbnail],
) -> list[Off]:
    if gbuffer.z_depth_m.shape != (view.height_px, view.width_px):
        there = gbuffer.z_depth_m.shape
        return [
            Off("plan", f"EXR is {there[1]} x {there[0]} pixels, the plan's view {view.width_px} x {view.height_px}")
        ]
    faults = [
        *off("buffers", buffer_faults(gbuffer, square(view.intrinsics))),
        *off("ids", id_faults(gbuffer, plan.objects)),
        *off("gates", gates_again_faults(gbuffer, view, plan, place.spec.gates, shown)),
    ]
    known = {0, *(planned.instance_id for planned in plan.objects)}
    if known.issuperset(gbuffer.instance_id.flat):
        faults += off("ids", differing(row, {"objects": shown_objects(plan, gbuffer)}))
    return faults
