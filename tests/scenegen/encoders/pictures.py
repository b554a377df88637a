"""Pictures of things, made by hand, and samples: a target with the frame that it is of."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int32

from assets_catalog.taxonomy import load_taxonomy
from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import Target
from scenegen.encoders.prompts import ParsedPrompt, parse_prompt
from schemas.frame import GBuffer
from schemas.scene_plan import Box, PlannedObject, ScenePlan, flat
from schemas.seeds import rng_for
from schemas.surface import Surface
from schemas.target_spec import TargetSpec

SIDE_PX = 64

Shot = tuple[ScenePlan, GBuffer]
"""A frame's buffers with the plan of its scene."""


@dataclass(frozen=True)
class Sample:
    """A target, the frame that it is of, and what its prompt was read as."""

    plan: ScenePlan
    gbuffer: GBuffer
    target: Target
    said: ParsedPrompt

    def in_view(self) -> list[PlannedObject]:
        return in_view(self.plan, self.gbuffer)


def in_view(plan: ScenePlan, gbuffer: GBuffer) -> list[PlannedObject]:
    ids = set(np.unique(gbuffer.instance_id).tolist())
    return [each for each in plan.objects if each.instance_id in ids]


def levels_of(planned: PlannedObject) -> tuple[str, ...]:
    return load_taxonomy().classes[planned.class_name].levels


def samples_of(task: str, shots: list[Shot], times: int, spec: TargetSpec | None = None) -> list[Sample]:
    """Returns what is asked of frames, each frame several times; frames that answer nothing are left out."""
    found = []
    for row, (plan, gbuffer) in enumerate(shots):
        for time in range(times):
            target = ENCODERS[task].encode(rng_for("sample", row, time), gbuffer, plan, spec or TargetSpec())
            if target is not None:
                found.append(Sample(plan, gbuffer, target, parse_prompt(target.prompt)))
    return found


def thing(class_name: str, label: str = "", made: bool = False) -> PlannedObject:
    """Returns an object without a number: an asset, or a shape of ours."""
    look: dict[str, object] = {"asset_id": f"some/{class_name}"}
    if made:
        box = Box(center_m=(0.0, 0.0, 0.5), size_m=(1.0, 1.0, 1.0))
        look = {"boxes": (box,), "surface": Surface(finish="paint", color=(0.5, 0.5, 0.5))}
    return PlannedObject.model_validate(
        {
            "instance_id": 1,
            "class_id": load_taxonomy().class_id(class_name),
            "class_name": class_name,
            "label": label or class_name.replace("_", " "),
            "object2world": flat(np.eye(4)),
            **look,
        }
    )


def picture(like: ScenePlan, *things: PlannedObject, hidden: tuple[PlannedObject, ...] = ()) -> Shot:
    """Returns a picture of things, each a column of 4 x 64 pixels from left to right; the rest shows no surface."""
    objects = tuple(
        each.model_copy(update={"instance_id": number}) for number, each in enumerate((*things, *hidden), start=1)
    )
    ids = np.zeros((SIDE_PX, SIDE_PX), np.int32)
    for number in range(1, len(things) + 1):
        ids[:, 4 * number - 4 : 4 * number] = number
    return like.model_copy(update={"objects": objects, "environment": None}), shown(ids)


def shown(ids: Int32[np.ndarray, "h w"]) -> GBuffer:
    """Returns the buffers of flat things 2 m away."""
    z_depth_m = np.where(ids > 0, np.float32(2), np.float32(np.inf))
    normal_cam = np.where(ids[..., None] > 0, np.array([0, 0, 1], np.float32), np.float32(0))
    return GBuffer(z_depth_m, normal_cam, ids, ids, ids)


def empty_plan() -> ScenePlan:
    """Returns a scene with nothing in it."""
    return ScenePlan.model_validate(
        {
            "scene_index": 0,
            "scene_id": "scene-00000000",
            "split": "train",
            "recipe": "room",
            "seed": 1,
            "objects": (),
            "lights": (),
            "sky": {"sun_elevation_rad": 0.5, "sun_azimuth_rad": 0.0, "strength": 1.0},
            "views": (),
        }
    )
