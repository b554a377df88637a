"""Rigs: cameras are where the spec's rigs carry them, as often as their shares say; nothing else moves."""

import math
from collections import Counter

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import plan_scene
from scenegen.recipes.rigs import INDOORS, RIGS, Rig, draw_rig, draw_stand, stand
from schemas.ranges import Range
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import ScenePlan, square
from schemas.seeds import rng_for

NAMES = {id(rig): name for name, rig in RIGS.items()}
NO_ROLL = Range(low=0.0, high=0.0)


def planned(recipe: str, catalog: Catalog, rigs: dict[str, float], index: int = 0) -> ScenePlan:
    camera = CameraSpec(rigs=rigs, roll_deg=NO_ROLL)
    return plan_scene(RunSpec(recipe=recipe, camera=camera, views_per_scene=4), index, "train", catalog)


def heights_and_pitches(plan: ScenePlan) -> list[tuple[float, float]]:
    poses = [square(view.cam2world) for view in plan.views]
    return [(float(pose[2, 3]), math.degrees(math.asin(pose[2, 2]))) for pose in poses]


def carries(rig: Rig, height_m: float, pitch_deg: float) -> bool:
    pitch, slack = rig.pitch_deg, 1e-6
    return (
        rig.height_m.low - slack <= height_m <= rig.height_m.high + slack
        and pitch.low - slack <= pitch_deg <= pitch.high + slack
    )


def test_rigs_come_as_often_as_their_shares_say() -> None:
    spec, rng = CameraSpec(rigs={"human": 3.0, "robot": 1.0}), rng_for(1, "rigs")
    drawn = Counter(NAMES[id(draw_rig(rng, spec))] for _ in range(4000))
    assert drawn.keys() == {"human", "robot"}
    assert drawn["human"] == pytest.approx(3000, abs=120)


def test_without_rigs_the_spec_says_how_high_and_how_tilted() -> None:
    spec = CameraSpec()
    assert draw_rig(rng_for(1, "rigs"), spec) == Rig(spec.height_m, spec.pitch_deg)


def test_rigs_that_are_not_there_are_passed_over() -> None:
    spec = CameraSpec(rigs={"human": 1.0, "car": 50.0})
    assert {NAMES[id(draw_rig(rng_for(number, "rigs"), spec, INDOORS))] for number in range(40)} == {"human"}
    only_cars = CameraSpec(rigs={"car": 1.0})
    assert draw_rig(rng_for(1, "rigs"), only_cars, INDOORS) == Rig(only_cars.height_m, only_cars.pitch_deg)


STANDS = {
    "pavement": stand(3.0, ("human", "robot")),
    "plot": stand(1.0, ("human",), (1.0, 1.2), (-5.0, 5.0)),
    "lane": stand(4.0, ("car",), (1.3, 1.4), (-2.0, 2.0)),
}


def stands_drawn(rigs: dict[str, float], count: int = 4000) -> Counter[tuple[str, str]]:
    spec, rng = CameraSpec(rigs=rigs), rng_for(1, "stands")
    drawn = (draw_stand(rng, spec, STANDS) for _ in range(count))
    return Counter((where, NAMES.get(id(rig), "own")) for where, rig in drawn)


def test_stands_come_by_their_shares_with_rigs_of_their_own_where_the_spec_names_none() -> None:
    for rigs in ({}, {"ceiling": 1.0}):
        drawn = stands_drawn(rigs)
        assert drawn.keys() == {("pavement", "own"), ("plot", "own"), ("lane", "own")}
        assert drawn["lane", "own"] == pytest.approx(2000, abs=130)
    spec = CameraSpec()
    rigs_at = dict(draw_stand(rng_for(number, "stands"), spec, STANDS) for number in range(40))
    assert rigs_at["pavement"] == Rig(spec.height_m, spec.pitch_deg)
    assert rigs_at["lane"] == STANDS["lane"].rig


def test_stands_are_those_that_the_rigs_of_the_spec_can_take() -> None:
    drawn = stands_drawn({"human": 3.0, "robot": 1.0, "ceiling": 9.0})
    assert drawn.keys() == {("pavement", "human"), ("plot", "human"), ("pavement", "robot")}
    assert drawn["pavement", "robot"] == pytest.approx(1000, abs=120)
    assert drawn["plot", "human"] == pytest.approx(750, abs=110)


@pytest.mark.parametrize("rigs", [{}, {"car": 1.0}, dict.fromkeys(RIGS, 1.0)])
def test_a_draw_takes_one_number_whatever_the_shares(rigs: dict[str, float]) -> None:
    rng, other = rng_for(1, "rigs"), rng_for(1, "rigs")
    draw_rig(rng, CameraSpec(rigs=rigs))
    other.random()
    assert rng.random() == other.random()


@pytest.mark.parametrize("name", RIGS)
def test_below_a_ceiling_a_rig_is_as_high_as_there_is_room(name: str) -> None:
    rig = RIGS[name]
    for top_m in (0.2, 1.2, 2.4, 9.0):
        low_m, high_m = rig.below(top_m).height_m.low, rig.below(top_m).height_m.high
        assert (low_m, high_m) == (min(rig.height_m.low, top_m), min(rig.height_m.high, top_m))
        assert rig.below(top_m).pitch_deg == rig.pitch_deg


@pytest.mark.parametrize("recipe", ["room", "primitives"])
def test_cameras_are_where_their_rigs_carry_them(recipe: str, builtin: Catalog) -> None:
    """And each height comes with its own tilt: a robot never looks down as from the ceiling."""
    names = ("robot", "ceiling")
    seen = Counter(
        next(name for name in names if carries(RIGS[name], height_m, pitch_deg))
        for index in range(3)
        for height_m, pitch_deg in heights_and_pitches(planned(recipe, builtin, dict.fromkeys(names, 1.0), index))
    )
    assert seen.keys() == set(names)
    assert min(seen.values()) >= 6


def test_a_camera_that_hangs_from_the_ceiling_is_below_it(builtin: Catalog) -> None:
    plan = planned("room", builtin, {"ceiling": 1.0})
    tops = [
        pose[2, 3] + box.center_m[2] - box.size_m[2] / 2
        for thing in plan.objects
        if thing.class_name == "ceiling"
        for pose in [square(thing.object2world)]
        for box in thing.boxes or ()
    ]
    highest_m = max(height_m for height_m, _ in heights_and_pitches(plan))
    assert 2.1 <= highest_m <= min(tops) - 0.2


@pytest.mark.parametrize("recipe", ["room", "primitives"])
def test_rigs_move_cameras_only(recipe: str, builtin: Catalog) -> None:
    plain, carried = planned(recipe, builtin, {}), planned(recipe, builtin, {"robot": 1.0})
    assert carried.model_copy(update={"views": plain.views}) == plain
    assert {view.cam2world for view in carried.views}.isdisjoint(view.cam2world for view in plain.views)


def test_every_rig_can_tilt_and_move() -> None:
    spans = [(rig.height_m, rig.pitch_deg) for rig in RIGS.values()]
    assert all(np.diff((span.low, span.high))[0] > 0 for pair in spans for span in pair)
