"""Triplets depend on frame, task and spec alone, and their file gives back what was stored."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from scenegen.dataset.parquet import filled_row, read_row_group
from scenegen.dataset.picture import encode_picture
from scenegen.dataset.png import decode_png
from scenegen.dataset.triplets import triplet_from_row, triplets_file, triplets_of
from scenegen.encoders.normals import NORMALS_CODEC
from scenegen.encoders.prompts import parse_prompt
from schemas.frame import Frame, Shot
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import seed_for
from schemas.triplet import TRIPLET_COLUMNS, LegendEntry, Triplet

Shots = list[Shot]


def packed(frame: Frame, plan: ScenePlan, spec: RunSpec) -> tuple[Triplet, ...]:
    """Returns the triplets of a frame whose picture is encoded as the spec says."""
    return triplets_of(frame, plan, spec, encode_picture(frame.rgb, spec.image))


def test_a_frame_gives_one_triplet_a_task_in_the_specs_order(shots: Shots, record: RunRecord) -> None:
    plan, frame = shots[1]
    depth, normals = packed(frame, plan, record.spec)
    assert [depth.sample_id, normals.sample_id] == [
        "scene-00000000-view-01-depth-0",
        "scene-00000000-view-01-normals-0",
    ]
    np.testing.assert_array_equal(decode_png(depth.input_image_bytes), frame.rgb)
    np.testing.assert_array_equal(decode_png(normals.target_png), NORMALS_CODEC.encode(frame.gbuffer))
    assert depth.z_depth_min_m == frame.gbuffer.z_depth_m.min()
    assert depth.z_depth_max_m == frame.gbuffer.z_depth_m[np.isfinite(frame.gbuffer.z_depth_m)].max()
    assert depth.asset_ids == ("builtin/ball",)
    assert (depth.width_px, depth.height_px) == (64, 48)


def test_another_task_beside_it_changes_nothing(
    shots: Shots, record: RunRecord, new_record: Callable[..., RunRecord]
) -> None:
    plan, frame = shots[0]
    alone = packed(frame, plan, new_record(tasks=("normals",)).spec)
    assert alone == packed(frame, plan, record.spec)[1:]


def test_the_seed_is_that_of_frame_and_task(shots: Shots, record: RunRecord) -> None:
    plan, frame = shots[0]
    for triplet in packed(frame, plan, record.spec):
        assert triplet.seed == seed_for(record.spec.seed, frame.frame_id, triplet.task, 0, 0)
        assert parse_prompt(triplet.edit_prompt).task == triplet.task


def test_prompts_vary_from_frame_to_frame(shots: Shots, record: RunRecord) -> None:
    prompts = {triplet.edit_prompt for plan, frame in shots for triplet in packed(frame, plan, record.spec)}
    assert len(prompts) > 3


def test_a_frame_without_any_surface_has_no_depth_range(shots: Shots, record: RunRecord) -> None:
    plan, frame = shots[0]
    empty = dataclasses.replace(
        frame.gbuffer,
        z_depth_m=np.full_like(frame.gbuffer.z_depth_m, np.inf),
        normal_cam=np.zeros_like(frame.gbuffer.normal_cam),
    )
    depth, normals = packed(dataclasses.replace(frame, gbuffer=empty), plan, record.spec)
    assert np.isnan([depth.z_depth_min_m, depth.z_depth_max_m]).all()
    assert (decode_png(depth.target_png) == 255).all()
    assert (decode_png(normals.target_png) == (255, 0, 255)).all()


def test_the_file_gives_back_the_triplets(shots: Shots, record: RunRecord, tmp_path: Path) -> None:
    plan, frame = shots[0]
    legend = (LegendEntry("red ball", (255, 0, 7), (2, 5), 120, decodable=False), LegendEntry("floor", (0, 9, 0)))
    triplets = [dataclasses.replace(one, legend=legend) for one in packed(frame, plan, record.spec)]
    path = tmp_path / "triplets.parquet"
    path.write_bytes(triplets_file(triplets, {"scenegen": "{}"}))
    table = read_row_group(path, 0, TRIPLET_COLUMNS)
    assert [triplet_from_row(filled_row(table, index)) for index in range(2)] == triplets
    assert pq.read_schema(path).metadata == {**TRIPLET_COLUMNS.metadata, b"scenegen": b"{}"}
