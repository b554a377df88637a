"""Triplets of a frame, and their file: one row a sample, columns as in `schemas.triplet`.

What a sample asks for, its colours and its prompt come from the stream "target" of its own seed. So a triplet depends
on the frame and the spec alone, whatever other tasks stand beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from jaxtyping import Float32

from scenegen.dataset.parquet import parquet_bytes, write_parquet
from scenegen.dataset.png import encode_png
from scenegen.dataset.stored_image import stored_image
from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import Target
from schemas.frame import Frame, GBuffer
from schemas.run_spec import RunSpec
from schemas.sample import Sample, samples_of
from schemas.scene_plan import ScenePlan
from schemas.seeds import rng_for
from schemas.target_spec import TargetSpec
from schemas.triplet import TRIPLET_COLUMNS, LegendEntry, Triplet


def triplets_of(frame: Frame, plan: ScenePlan, spec: RunSpec, picture: bytes) -> tuple[Triplet, ...]:
    """Returns the triplets of a frame in the order of its samples; all share its `picture`.

    A sample that the frame can't answer, since nothing of the kind is to be seen, has none.
    """
    targets = (
        (sample, target_of(sample, frame.gbuffer, plan, spec.targets)) for sample in samples_of(spec, frame.frame_id)
    )
    return tuple(_triplet(frame, plan, sample, target, picture) for sample, target in targets if target is not None)


def target_of(sample: Sample, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target | None:
    """Returns what a sample asks of a frame; nothing where the frame can't answer it."""
    encoder = ENCODERS[sample.task]
    if not encoder.can_ask(plan):
        return None
    return encoder.encode(rng_for(sample.seed, "target"), gbuffer, plan, spec)


def depth_range_m(z_depth_m: Float32[np.ndarray, "h w"]) -> tuple[float, float]:
    """Returns the nearest and farthest finite depth; NaN, NaN where there is no surface."""
    finite = z_depth_m[np.isfinite(z_depth_m)]
    return (float(finite.min()), float(finite.max())) if finite.size else (float("nan"), float("nan"))


def triplets_file(triplets: Iterable[Triplet], footer: Mapping[str, str]) -> bytes:
    """Returns the triplets as a Parquet file; `footer` becomes key-value metadata. Equal triplets give equal bytes."""
    return parquet_bytes([_row(triplet) for triplet in triplets], TRIPLET_COLUMNS, footer)


def write_triplets(sink: Any, parts: Iterable[list[Triplet]], footer: Mapping[str, str]) -> None:
    """Writes the bytes of `triplets_file` into what pyarrow writes to; all parts but the last fill their row groups."""
    write_parquet(sink, ([_row(triplet) for triplet in part] for part in parts), TRIPLET_COLUMNS, footer)


def triplet_from_row(row: Mapping[str, Any]) -> Triplet:
    """Returns the triplet of a row that holds all of TRIPLET_COLUMNS: the inverse of what `triplets_file` stores."""
    fields: dict[str, Any] = dict(row)
    for field, column in _IMAGES.items():
        fields[field] = fields.pop(column)["bytes"]
    for name in ("intrinsics", "cam2world", "asset_ids"):
        fields[name] = tuple(fields[name])
    fields["legend"] = tuple(
        LegendEntry(**entry | {name: tuple(entry[name]) for name in ("rgb", "instance_ids")})
        for entry in fields["legend"]
    )
    return Triplet(**fields)


_IMAGES = {"input_image_bytes": "input_image", "target_png": "edited_image"}


def _row(triplet: Triplet) -> dict[str, object]:
    row = asdict(triplet)
    row["input_image"] = stored_image(triplet.frame_id, row.pop("input_image_bytes"))
    row["edited_image"] = stored_image(triplet.sample_id, row.pop("target_png"))
    return row


def _triplet(frame: Frame, plan: ScenePlan, sample: Sample, target: Target, picture: bytes) -> Triplet:
    nearest_m, farthest_m = depth_range_m(frame.gbuffer.z_depth_m)
    return Triplet(
        sample_id=sample.sample_id,
        frame_id=frame.frame_id,
        scene_id=plan.scene_id,
        task=sample.task,
        split=plan.split,
        recipe=plan.recipe,
        input_image_bytes=picture,
        edit_prompt=target.prompt,
        target_png=encode_png(target.rgb),
        width_px=frame.view.width_px,
        height_px=frame.view.height_px,
        seed=sample.seed,
        intrinsics=frame.view.intrinsics,
        cam2world=frame.view.cam2world,
        z_depth_min_m=nearest_m,
        z_depth_max_m=farthest_m,
        codec=target.codec.name,
        codec_params=target.codec.params,
        legend=target.legend,
        asset_ids=plan.asset_ids(),
    )
