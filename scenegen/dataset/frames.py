"""Frames and their file: picture, exact buffers, camera, plan and what is to be seen; columns as in `schemas.frame`.

A frame that was set aside is stored in the same columns, in a file of its own: it is named as a candidate, and its
verdicts end with the one that it did not pass.

Edges: the sky and other missing surfaces (id 0) are no object. `pixels` counts pixel centres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

import numpy as np
from pydantic import ValidationError

from scenegen.dataset.exr import decode_exr, encode_exr
from scenegen.dataset.parquet import ROW_GROUP_ROWS, filled_row, parquet_bytes, read_column, read_row_group
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.places import Located
from scenegen.dataset.stored_image import stored_image
from schemas.errors import DatasetError, RenderError
from schemas.frame import FRAME_COLUMNS, Agreement, Frame, GBuffer, Shot, Verdict, candidate_id
from schemas.model import first_fault
from schemas.scene_plan import ScenePlan, View

FrameRow = dict[str, object]
"""A value for each of FRAME_COLUMNS."""


def frames_file(rows: Sequence[FrameRow], footer: Mapping[str, str]) -> bytes:
    """Returns frames as a Parquet file; `footer` becomes key-value metadata. Equal rows give equal bytes."""
    return parquet_bytes(list(rows), FRAME_COLUMNS, footer)


def frame_row(plan: ScenePlan, frame: Frame, picture: bytes) -> FrameRow:
    """Returns a frame as it is stored; `picture` is its RGB as a file.

    Raises RenderError where it shows an instance that its plan lacks, or a material without a name.
    """
    return {
        "frame_id": frame.frame_id,
        "scene_id": plan.scene_id,
        "split": plan.split,
        "image": stored_image(frame.frame_id, picture),
        "exr": encode_exr(frame.gbuffer),
        "intrinsics": frame.view.intrinsics,
        "cam2world": frame.view.cam2world,
        "plan": plan.model_dump_json(),
        "view_index": frame.view.view_index,
        "objects": shown_objects(plan, frame.gbuffer),
        "materials": shown_materials(frame.materials, frame.gbuffer),
        "agreement": asdict(frame.agreement),
        "verdicts": [asdict(verdict) for verdict in frame.verdicts],
    }


def shot_from_row(row: Mapping[str, Any]) -> Shot:
    """Returns the frame of a row that holds all of FRAME_COLUMNS, and its plan: the inverse of `frame_row`.

    Its picture comes as it is stored, too. Materials that it doesn't show have empty names. Raises DatasetError where
    plan, picture or buffers can't be read, or differ in size.
    """
    plan = _plan(row["plan"])
    picture, gbuffer = row["image"]["bytes"], decode_exr(row["exr"])
    frame = Frame(
        frame_id=row["frame_id"],
        view=_view(plan, row["view_index"]),
        rgb=decode_picture(picture),
        gbuffer=gbuffer,
        materials=_names(row["materials"]),
        agreement=Agreement(**row["agreement"]),
        verdicts=tuple(Verdict(**verdict) for verdict in row["verdicts"]),
        picture=picture,
    )
    _check_sizes(frame)
    return plan, frame


def set_aside(plan: ScenePlan, frame: Frame, reason: Verdict) -> Frame:
    """Returns a frame that did not pass a gate as it is kept: under a candidate's name, the reason at the end."""
    others = tuple(verdict for verdict in frame.verdicts if verdict.gate != reason.gate)
    name = candidate_id(plan.scene_index, plan.attempt, frame.view.view_index)
    return replace(frame, frame_id=name, verdicts=(*others, reason))


def shown_objects(plan: ScenePlan, gbuffer: GBuffer) -> list[dict[str, object]]:
    """Returns the value of the column `objects`: what the buffers show, by instance_id; raises RenderError."""
    planned = {planned.instance_id: planned for planned in plan.objects}
    ids, pixels = np.unique(gbuffer.instance_id[gbuffer.instance_id != 0], return_counts=True)
    unknown = sorted(set(ids.tolist()) - planned.keys())
    if unknown:
        raise RenderError(f"{plan.scene_id}: the buffers show instances {unknown}, which the plan lacks")
    return [
        planned[instance_id].model_dump(include={"instance_id", "class_id", "class_name", "label", "asset_id"})
        | {"pixels": count}
        for instance_id, count in zip(ids.tolist(), pixels.tolist(), strict=True)
    ]


def shown_materials(materials: Sequence[str], gbuffer: GBuffer) -> list[dict[str, object]]:
    """Returns the value of the column `materials`: what the buffers show, by material_id; raises RenderError."""
    ids, pixels = np.unique(gbuffer.material_id[gbuffer.material_id != 0], return_counts=True)
    if ids.size and ids[-1] > len(materials):
        raise RenderError(f"the buffers show material {ids[-1]}, the scene has {len(materials)}")
    return [
        {"material_id": material_id, "name": materials[material_id - 1], "pixels": count}
        for material_id, count in zip(ids.tolist(), pixels.tolist(), strict=True)
    ]


def read_gbuffer(path: Located, frame_id: str) -> GBuffer:
    """Returns the buffers of one frame of a frames file; raises DatasetError."""
    return decode_exr(read_frame_row(path, frame_id)["exr"])


def read_frame_row(path: Located, frame_id: str) -> dict[str, Any]:
    """Returns one frame of a frames file as it is stored; raises DatasetError."""
    ids = read_column(path, "frame_id")
    if frame_id not in ids:
        raise DatasetError(f"{path} has no frame {frame_id}")
    group, index = divmod(ids.index(frame_id), ROW_GROUP_ROWS)
    return filled_row(read_row_group(path, group, FRAME_COLUMNS), index)


@lru_cache(maxsize=1)
def _plan(text: str) -> ScenePlan:
    """Returns the plan that the frames of a scene share: they stand one after another."""
    try:
        return ScenePlan.model_validate_json(text)
    except ValidationError as error:
        raise DatasetError(f"the plan can't be read: {first_fault(error)}") from error


def _view(plan: ScenePlan, view_index: int) -> View:
    if not 0 <= view_index < len(plan.views):
        raise DatasetError(f"view_index is {view_index}, the plan has {len(plan.views)} candidates")
    return plan.views[view_index]


def _names(materials: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Returns the names in the order of the ids; those between the ones that a frame shows are not known."""
    names = {shown["material_id"]: shown["name"] for shown in materials}
    return tuple(names.get(material_id, "") for material_id in range(1, max(names, default=0) + 1))


def _check_sizes(frame: Frame) -> None:
    sizes = {
        "the plan's view": (frame.view.width_px, frame.view.height_px),
        "the picture": (frame.rgb.shape[1], frame.rgb.shape[0]),
        "the EXR": (frame.gbuffer.z_depth_m.shape[1], frame.gbuffer.z_depth_m.shape[0]),
    }
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{name} {width_px} x {height_px}" for name, (width_px, height_px) in sizes.items())
        raise DatasetError(f"{frame.frame_id}: sizes in pixels differ: {said}")
