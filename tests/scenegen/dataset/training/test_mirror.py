"""A mirrored row is a row of the mirrored scene: its target is exact for mirrored buffers, its prompt is ours."""

from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.opening import open_catalog
from scenegen.analytic.stage import open_stage
from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.training.mirror import mirrored
from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.prompts import parse_prompt
from scenegen.recipes import plan_scene
from schemas.frame import GBuffer
from schemas.geometry import pixel_rays
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import ScenePlan, square
from schemas.seeds import rng_for
from schemas.target_spec import TargetSpec

Seen = tuple[ScenePlan, GBuffer]


@pytest.fixture(scope="module")
def seen() -> Seen:
    """A room, and what its first camera sees."""
    pytest.importorskip("embreex", reason="rooms are planned with the extra [generate] only")
    camera = CameraSpec(width_px=96, height_px=80)
    spec, catalog = RunSpec(recipe="room", catalog="builtin", seed=3, camera=camera), open_catalog("builtin")
    plan = plan_scene(spec, 0, "train", catalog)
    return plan, open_stage(plan, catalog, spec, 1).sight(plan.views[0]).gbuffer


def row_of(seen: Seen, task: str, key: int) -> DecodedTriplet:
    plan, gbuffer = seen
    target = ENCODERS[task].encode(rng_for(key, "target"), gbuffer, plan, TargetSpec())
    assert target is not None
    view = plan.views[0]
    return DecodedTriplet(
        *("name", "frame", "scene", task, "train", "room", target.prompt),
        input_rgb=np.zeros_like(target.rgb),
        target_rgb=target.rgb,
        width_px=96,
        height_px=80,
        seed=0,
        intrinsics=square(view.intrinsics),
        cam2world=square(view.cam2world),
        z_depth_min_m=1.0,
        z_depth_max_m=2.0,
        codec=target.codec.name,
        codec_params=target.codec.params,
        legend=target.legend,
        asset_ids=(),
    )


def mirror_image(gbuffer: GBuffer) -> GBuffer:
    turned = GBuffer(*(np.ascontiguousarray(getattr(gbuffer, name)[:, ::-1]) for name in GBuffer.__annotations__))
    return replace(turned, normal_cam=turned.normal_cam * np.array([-1, 1, 1], np.float32))


@pytest.mark.parametrize("task", ENCODERS)
def test_a_mirrored_target_is_exact_for_the_mirrored_buffers(seen: Seen, task: str) -> None:
    there = mirror_image(seen[1])
    rows = [mirrored(row_of(seen, task, key)) for key in range(30)]
    exact = [row for row in rows if row is not None]
    assert len(exact) >= 15
    for row in exact:
        codec = ENCODERS[task].codec_of(parse_prompt(row.prompt), row.legend)
        assert codec.excess(row.target_rgb, there).max() <= 1.0
        np.testing.assert_array_equal(decode(row.target_rgb, row.prompt), codec.decode(row.target_rgb))


def test_sides_change_places_in_expressions_and_in_the_legend(seen: Seen) -> None:
    sided = 0
    for key in range(60):
        row = row_of(seen, "referring", key)
        there = mirrored(row)
        assert there is not None
        changed = row.prompt.replace("left", "\0").replace("right", "left").replace("\0", "right")
        assert there.prompt == changed
        assert [entry.instance_ids for entry in there.legend] == [entry.instance_ids for entry in row.legend]
        assert [entry.label for entry in there.legend] == [
            entry.label
            for entry in parse_prompt(there.prompt).legend.entries  # type: ignore[union-attr]
        ]
        sided += there.prompt != row.prompt
    assert sided >= 5


def test_the_meaning_of_normals_colors_stays(seen: Seen) -> None:
    rows = [row_of(seen, "normals", key) for key in range(60)]
    there = [mirrored(row) for row in rows]
    assert [row.prompt for row in there if row is not None] == [row.prompt for row in rows]
    assert any("left" in row.prompt for row in rows)


def test_an_order_from_left_to_right_has_no_mirror_image(seen: Seen) -> None:
    rows = [row_of(seen, "instance", key) for key in range(60)]
    ordered = [parse_prompt(row.prompt).ordered for row in rows]
    assert [mirrored(row) is None for row in rows] == ordered
    assert any(ordered)


def test_the_camera_is_that_of_the_mirrored_world(seen: Seen) -> None:
    row = row_of(seen, "depth", 0)
    row = replace(row, intrinsics=row.intrinsics + np.array([[0, 0, 3.25], [0, 0, 0], [0, 0, 0]]))
    there = mirrored(row)
    assert there is not None
    assert np.linalg.det(there.cam2world[:3, :3]) == pytest.approx(1.0)
    here = pixel_rays(row.intrinsics, 96, 80) @ row.cam2world[:3, :3].T
    away = pixel_rays(there.intrinsics, 96, 80) @ there.cam2world[:3, :3].T
    np.testing.assert_allclose(away[:, ::-1] * [-1, 1, 1], here, atol=1e-12)
    np.testing.assert_allclose(there.cam2world[:3, 3] * [-1, 1, 1], row.cam2world[:3, 3])


def test_twice_is_as_before(seen: Seen) -> None:
    for task in ("depth", "normals", "referring"):
        row = row_of(seen, task, 2)
        once = mirrored(row)
        twice = mirrored(once) if once else None
        assert twice is not None
        assert (twice.prompt, twice.legend) == (row.prompt, row.legend)
        np.testing.assert_array_equal(twice.target_rgb, row.target_rgb)
