"""Triplets of a frame, and their file: one row a task, columns as in `schemas.triplet`.

A triplet's seed is `seed_for(spec.seed, frame_id, task)`; its prompt comes from that seed's stream "prompt". So a
triplet depends on the frame and the spec alone, whatever other tasks stand beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from jaxtyping import Float32

from scenegen.dataset.parquet import parquet_bytes
from scenegen.dataset.png import encode_png
from scenegen.dataset.stored_image import stored_image
from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import prompt_for
from schemas.frame import Frame
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import rng_for, seed_for
from schemas.triplet import TRIPLET_COLUMNS, Legend, Triplet, sample_id


def triplets_of(frame: Frame, plan: ScenePlan, spec: RunSpec, picture: bytes) -> tuple[Triplet, ...]:
    """Returns the triplets of a frame, one for each of the spec's tasks, in their order; all share its `picture`."""
    return tuple(_triplet(frame, plan, spec, task, picture) for task in spec.tasks)


def prompt_of(task: str, seed: int) -> str:
    """Returns the prompt that belongs to a triplet's seed."""
    return prompt_for(rng_for(seed, "prompt"), ENCODERS[task])


def depth_range_m(z_depth_m: Float32[np.ndarray, "h w"]) -> tuple[float, float]:
    """Returns the nearest and farthest finite depth; NaN, NaN where there is no surface."""
    finite = z_depth_m[np.isfinite(z_depth_m)]
    return (float(finite.min()), float(finite.max())) if finite.size else (float("nan"), float("nan"))


def triplets_file(triplets: Iterable[Triplet], footer: Mapping[str, str]) -> bytes:
    """Returns the triplets as a Parquet file; `footer` becomes key-value metadata. Equal triplets give equal bytes."""
    return parquet_bytes([_row(triplet) for triplet in triplets], TRIPLET_COLUMNS, footer)


def triplet_from_row(row: Mapping[str, Any]) -> Triplet:
    """Returns the triplet of a row that holds all of TRIPLET_COLUMNS: the inverse of what `triplets_file` stores."""
    fields: dict[str, Any] = dict(row)
    for field, column in _IMAGES.items():
        fields[field] = fields.pop(column)["bytes"]
    for name in ("intrinsics", "cam2world", "asset_ids"):
        fields[name] = tuple(fields[name])
    fields["legend"] = tuple(
        Legend(entry["label"], tuple(entry["rgb"]), tuple(entry["instance_ids"]), entry["pixels"])
        for entry in fields["legend"]
    )
    return Triplet(**fields)


_IMAGES = {"input_image_bytes": "input_image", "target_png": "edited_image"}


def _row(triplet: Triplet) -> dict[str, object]:
    row = asdict(triplet)
    row["input_image"] = stored_image(triplet.frame_id, row.pop("input_image_bytes"))
    row["edited_image"] = stored_image(triplet.sample_id, row.pop("target_png"))
    return row


def _triplet(frame: Frame, plan: ScenePlan, spec: RunSpec, task: str, picture: bytes) -> Triplet:
    encoder = ENCODERS[task]
    seed = seed_for(spec.seed, frame.frame_id, task)
    nearest_m, farthest_m = depth_range_m(frame.gbuffer.z_depth_m)
    return Triplet(
        sample_id=sample_id(frame.frame_id, task),
        frame_id=frame.frame_id,
        scene_id=plan.scene_id,
        task=task,
        split=plan.split,
        recipe=plan.recipe,
        input_image_bytes=picture,
        edit_prompt=prompt_of(task, seed),
        target_png=encode_png(encoder.encode(frame.gbuffer)),
        width_px=frame.view.width_px,
        height_px=frame.view.height_px,
        seed=seed,
        intrinsics=frame.view.intrinsics,
        cam2world=frame.view.cam2world,
        z_depth_min_m=nearest_m,
        z_depth_max_m=farthest_m,
        codec=encoder.codec,
        codec_params=encoder.codec_params,
        legend=(),
        asset_ids=plan.asset_ids(),
    )
