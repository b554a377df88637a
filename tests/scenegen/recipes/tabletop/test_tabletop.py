"""Tables: what lies on them lies still, holds, is as much as asked, and is seen from near."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import mujoco
import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from assets_catalog.catalog import Catalog
from scenegen.recipes import plan_scene
from scenegen.recipes.placement import faults
from scenegen.recipes.placement.body import Body, bodies_of
from scenegen.recipes.placement.kept_forms import form_of_asset
from scenegen.recipes.solid import Solid
from scenegen.recipes.tabletop.grounds import made_cloth, made_table
from scenegen.recipes.tabletop.hulls import HOLLOW, hulls_of
from scenegen.recipes.tabletop.physics import PROBED_STEPS, STEP_S, Faller, Fixed, settle
from scenegen.recipes.tabletop.rest import slab_under
from scenegen.recipes.tabletop.themes import NEVER_TIPPED, TIPPED, load_themes
from schemas.errors import CatalogError
from schemas.ranges import IntRange, Range
from schemas.recipe_specs import TabletopSpec
from schemas.scene_plan import PlannedObject, ScenePlan, square
from schemas.seeds import rng_for
from tests.catalogs import catalog_of
from tests.scenegen.recipes.tabletop.conftest import SPEC, planned

NEAR_M = 0.08
_EYES = 400


def things(plan: ScenePlan) -> list[PlannedObject]:
    """Returns what was dropped: models on what bears the last object, and on a tray or box there, or under there."""
    by_id = {each.instance_id: each for each in plan.objects}
    ground = by_id[plan.objects[-1].supported_by]
    while ground.asset_id and ground.supported_by:
        ground = by_id[ground.supported_by]
    bearing = {ground.instance_id, ground.supported_by} - {0}
    bearing |= {each.instance_id for each in plan.objects if each.boxes and each.supported_by in bearing}
    lying: list[PlannedObject] = []
    while True:
        found = [each for each in plan.objects if each.asset_id and each.supported_by in bearing]
        if len(found) == len(lying):
            return found
        lying, bearing = found, bearing | {each.instance_id for each in found}


def carriers(plan: ScenePlan, lying: list[PlannedObject]) -> list[PlannedObject]:
    """Returns what bears them and doesn't move."""
    own = {each.instance_id for each in lying}
    ids = {each.supported_by for each in lying} - own
    return [each for each in plan.objects if each.instance_id in ids]


def fixed(plan: ScenePlan, lying: list[PlannedObject], catalog: Catalog) -> list[Fixed]:
    """Returns what doesn't move: boxes of walls and carriers, and the supports of models."""
    still = [each for each in plan.objects if each.class_name == "wall"] + carriers(plan, lying)
    made = [Fixed(each.boxes, square(each.object2world)) for each in still if each.boxes]
    return made + [slab_under(_support(each, catalog)) for each in still if each.asset_id]


def _support(planned_object: PlannedObject, catalog: Catalog) -> Solid:
    supports = catalog.records[str(planned_object.asset_id)].supports
    support = max(supports, key=lambda each: each.size_m[0] * each.size_m[1])
    pose = square(planned_object.object2world)
    x, y, z = (pose @ (*support.center_m, support.height_m, 1.0))[:3].tolist()
    yaw_rad = float(np.arctan2(pose[1, 0], pose[0, 0]))
    return Solid((x, y), (support.size_m[0] / 2, support.size_m[1] / 2), yaw_rad, z, z + 0.5)


def test_another_process_plans_the_same_bytes(written: list[str]) -> None:
    assert planned(SPEC, [3, 0, 7]) == [written[index] for index in (3, 0, 7)]


def test_all_lies_still(tables: list[ScenePlan], builtin: Catalog) -> None:
    """Let go again, for 0.2 s and undamped, nothing moves by more than 2 mm."""
    for plan in tables[::2]:
        lying = things(plan)
        bodies = bodies_of(lying, builtin)
        fallers = [Faller(hulls_of(each.form, each.planned.class_name in HOLLOW), each.object2world) for each in bodies]
        assert PROBED_STEPS * STEP_S >= 0.2
        after = settle(fixed(plan, lying, builtin), fallers, most_steps=0)
        for body, pose in zip(bodies, after.poses, strict=True):
            before_m, after_m = _corners_m(body, body.object2world), _corners_m(body, pose)
            moved_m = np.linalg.norm(before_m - after_m, axis=1).max()
            assert moved_m < 2e-3, (plan.scene_index, body.name)


def _corners_m(body: Body, pose: np.ndarray) -> np.ndarray:
    low, high = body.form.low_m, body.form.high_m
    corners = np.array([(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    return corners @ pose[:3, :3].T + pose[:3, 3]


def test_nothing_floats_or_is_in_another(tables: list[ScenePlan], builtin: Catalog) -> None:
    for plan in tables:
        assert [fault.reason for fault in faults(bodies_of(plan.objects, builtin))] == []


def test_there_are_as_many_things_as_asked(tables: list[ScenePlan]) -> None:
    counts = [len(things(plan)) for plan in tables]
    assert min(counts) >= SPEC.tabletop.things.low
    assert max(counts) <= SPEC.tabletop.things.high
    assert np.median(counts) >= 7
    assert max(counts) >= 15


def test_another_count_is_kept() -> None:
    few = TabletopSpec(things=IntRange(low=4, high=5))
    lines = planned(SPEC.model_copy(update={"tabletop": few}), [0, 1, 2])
    assert {len(things(ScenePlan.model_validate_json(line))) for line in lines} <= {4, 5}


def test_things_are_small_and_of_many_classes(tables: list[ScenePlan], builtin: Catalog) -> None:
    lying = [each for plan in tables for each in things(plan)]
    assert all(max(builtin.records[str(each.asset_id)].size_m) < 0.47 for each in lying)
    assert len({each.class_name for each in lying}) >= 12
    grounds = Counter(each.class_name for plan in tables for each in carriers(plan, things(plan)))
    assert len(grounds) >= 6, grounds


def test_bottles_stand_and_few_things_have_tipped_over(tables: list[ScenePlan]) -> None:
    """Except in boxes; nothing is exactly upright, and headings follow no grid."""
    upright = []
    for plan in tables:
        boxed = {each.instance_id for each in carriers(plan, things(plan)) if each.class_name in ("box", "crate")}
        loose = [each for each in things(plan) if each.supported_by not in boxed]
        stood = [each for each in loose if each.class_name in {"bottle", "cup", "glass", "vase", "jar", "plant"}]
        upright += [square(each.object2world)[2, 2] > 0.98 for each in stood]
    assert np.mean(upright) > 0.8
    headings = [
        Rotation.from_matrix(square(each.object2world)[:3, :3]).as_euler("zyx")[0] for p in tables for each in things(p)
    ]
    quarter = np.mod(headings, np.pi / 2)
    counts = np.histogram(quarter, bins=9, range=(0, np.pi / 2))[0]
    assert counts.max() < 0.4 * counts.sum()


def test_cameras_are_as_near_as_asked_and_in_free_air(tables: list[ScenePlan], builtin: Catalog) -> None:
    nearest = []
    for plan in tables[::3]:
        bodies = bodies_of(plan.objects, builtin)
        own = {each.instance_id for each in things(plan)}
        for view in plan.views:
            eye_m = square(view.cam2world)[:3, 3]
            off_m = {body.planned.instance_id: _distance_m(body, eye_m) for body in bodies}
            assert min(off_m.values()) > NEAR_M
            nearest.append(min(off_m[number] for number in own))
    assert max(nearest) <= SPEC.tabletop.distance_m.high
    assert min(nearest) < 0.2
    assert max(nearest) > 0.5


def _distance_m(body: Body, eye_m: np.ndarray) -> float:
    """Returns about how far an eye is from a surface: by rays in many directions, never less than it is."""
    local_m = body.world2object[:3, :3] @ eye_m + body.world2object[:3, 3]
    number = np.arange(_EYES) + 0.5
    height, turn = 1 - 2 * number / _EYES, np.pi * (1 + 5**0.5) * number
    ways = np.stack([*(np.sqrt(1 - height**2) * each for each in (np.cos(turn), np.sin(turn))), height], axis=1)
    toward = np.clip(local_m, body.form.low_m, body.form.high_m) - local_m
    ways = np.concatenate([ways, [toward / max(float(np.linalg.norm(toward)), 1e-9)]])
    away_m, _ = body.form.first_hits(np.tile(local_m, (len(ways), 1)), ways)
    return float(away_m.min())


def test_another_distance_is_kept(builtin: Catalog) -> None:
    far = TabletopSpec(distance_m=Range(low=0.9, high=1.2))
    (line,) = planned(SPEC.model_copy(update={"tabletop": far}), [0])
    plan = ScenePlan.model_validate_json(line)
    bodies = bodies_of(things(plan), builtin)
    for view in plan.views:
        off_m = [_distance_m(body, square(view.cam2world)[:3, 3]) for body in bodies]
        assert min(off_m) <= 1.2 + 0.05
        assert max(each for each in off_m if np.isfinite(each)) >= 0.9


def test_views_differ(tables: list[ScenePlan]) -> None:
    for plan in tables:
        assert plan.near_m == NEAR_M
        poses = [square(view.cam2world) for view in plan.views[:2]]
        for one, other in pairwise(poses):
            turned = np.degrees(np.arccos(np.clip(one[:3, 2] @ other[:3, 2], -1, 1)))
            assert turned > 20 or np.linalg.norm(one[:3, 3] - other[:3, 3]) > 0.1


def test_cameras_look_from_low_and_from_above(tables: list[ScenePlan]) -> None:
    pitch_deg = [np.degrees(np.arcsin(square(view.cam2world)[2, 2])) for plan in tables for view in plan.views]
    assert np.quantile(pitch_deg, 0.1) < -50
    assert np.quantile(pitch_deg, 0.9) > -25


def test_a_catalog_without_small_things_is_refused() -> None:
    with pytest.raises(CatalogError, match="small things"):
        plan_scene(SPEC, 0, "train", catalog_of(name="empty"))


def test_every_theme_is_of_classes_there_are() -> None:
    names = {name for theme in load_themes().values() for name in theme.things}
    assert len(names) > 60
    assert not NEVER_TIPPED & TIPPED.keys()


@pytest.mark.parametrize("high_m", [0.01, 0.3])
def test_a_thing_in_the_air_falls(high_m: float, builtin: Catalog) -> None:
    pose = np.eye(4)
    pose[2, 3] = high_m
    ground = slab_under(Solid((0.0, 0.0), (0.5, 0.5), 0.0, 0.0, 1.0))
    settled = settle([ground], [Faller(hulls_of(form_of_asset("builtin/cup-03", builtin), False), pose)])
    assert settled.still == (True,)
    assert settled.carriers == (-1,)
    assert abs(settled.poses[0][2, 3]) < 1.5e-3


def test_a_cloth_covers_its_table_and_hangs_down_beside_it() -> None:
    for seed in range(5):
        table = made_table(rng_for(seed, "table"), "dining_table")
        cloth = made_cloth(rng_for(seed, "cloth"), table)
        top, *sides = cloth.boxes
        assert all(0.0 < over - under < 0.01 for over, under in zip(top.size_m[:2], table.size_m[:2], strict=True))
        for side in sides:
            x, y = (abs(middle) - size / 2 for middle, size in zip(side.center_m[:2], side.size_m[:2], strict=True))
            assert x >= table.size_m[0] / 2 - 1e-9 or y >= table.size_m[1] / 2 - 1e-9
            assert 0.04 < side.size_m[2] < 0.3 < table.size_m[2]
        assert table.surface.finish not in ("leather", "fabric")


def test_a_simulation_that_bursts_leaves_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settle([], [], most_steps=0)
    model = mujoco.MjModel.from_xml_string(
        "<mujoco><worldbody><body><freejoint/><geom size='0.1'/></body></worldbody></mujoco>"
    )
    data = mujoco.MjData(model)
    data.qvel[:] = np.nan
    mujoco.mj_step(model, data)
    assert not list(tmp_path.iterdir())
