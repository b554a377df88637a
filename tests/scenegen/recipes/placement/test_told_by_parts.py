"""What is told by parts is what the meshes tell: of random boxes that hardly touch or share a little, and of plans."""

import math

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import RECIPES
from scenegen.recipes.placement import doors, faults, holding, overlap
from scenegen.recipes.placement.body import LIMIT_M, Body, bodies_of
from scenegen.recipes.placement.contact import STAY, Pair
from scenegen.recipes.placement.parts import SURE_M
from scenegen.recipes.placement.told_by_parts import far_apart, surely_reaches
from scenegen.recipes.recipe import Scenery
from schemas.geometry import Vec3, pose
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import PlannedObject, flat, square
from tests.scenegen.recipes.placement.scene import made

PAIRS = 500
Pairs = list[tuple[Body, Body]]
DOWN = np.array([0.0, 0.0, -1.0])
OFF_M = (-0.03, -0.012, -0.008, -0.003, 0.0, 0.0, 0.003, 0.008, 0.012, 0.03, 0.4)
"""How far apart things are put along an axis; 0 is where they touch."""


def vec(values: np.ndarray) -> Vec3:
    x, y, z = values.tolist()
    return x, y, z


def some_boxes(rng: np.random.Generator, instance_id: int) -> PlannedObject:
    """Returns one to three boxes one upon the other, of which the lowest is the largest, turned about z."""
    sizes_m = np.sort(rng.uniform(0.02, 0.6, (int(rng.integers(1, 4)), 3)), axis=0)[::-1]
    tops_m = np.cumsum(sizes_m[:, 2])
    boxes = [((0.0, 0.0, top - size[2] / 2), vec(size)) for top, size in zip(tops_m.tolist(), sizes_m, strict=True)]
    yaw_rad = float(rng.choice([0.0, math.pi / 2, rng.uniform(-math.pi, math.pi)]))
    return made(instance_id, "box", *boxes, object2world=flat(pose(vec(rng.uniform(-30.0, 30.0, 3)), yaw_rad)))


def beside(rng: np.random.Generator, one: Body, other: Body) -> PlannedObject:
    """Returns the first thing at or on the second, along the world's or the other's axes, a little off."""
    turn = other.object2world[:3, :3] if rng.random() < 0.5 else np.eye(3)
    low_m, high_m = one.bounds_m
    other_low_m, other_high_m = other.bounds_m
    half_m, other_half_m = (high_m - low_m) / 2, (other_high_m - other_low_m) / 2
    shift_m = rng.uniform(-0.8, 0.8, 3) * other_half_m
    axis = int(rng.choice([0, 1, 2, 2]))
    shift_m[axis] = rng.choice([-1.0, 1.0]) * (half_m[axis] + other_half_m[axis] + rng.choice(OFF_M))
    moved = one.object2world.copy()
    moved[:3, 3] += (other_low_m + other_high_m) / 2 + turn @ shift_m - (low_m + high_m) / 2
    return one.planned.model_copy(update={"object2world": flat(moved)})


@pytest.fixture(scope="module")
def pairs(builtin: Catalog) -> Pairs:
    """Returns things, each with another that it hardly touches or misses."""
    rng = np.random.default_rng(3)
    found = []
    for _ in range(PAIRS):
        one, other = bodies_of([some_boxes(rng, 1), some_boxes(rng, 2)], builtin)
        found.append((bodies_of([beside(rng, one, other)], builtin)[0], other))
    return found


def test_things_whose_parts_are_apart_are_apart(pairs: Pairs) -> None:
    told = [(one, other) for one, other in pairs if far_apart(one, other)]
    assert PAIRS / 4 < len(told) < PAIRS * 3 / 4
    assert all(Pair(one, other).is_apart(STAY, LIMIT_M) for one, other in told)


def test_things_that_a_move_parts_are_apart_after_it(pairs: Pairs) -> None:
    up_m = np.array([0.0, 0.0, LIMIT_M])
    told = [(one, other) for one, other in pairs if far_apart(one, other, move_m=up_m)]
    parted = [(one, other) for one, other in told if not far_apart(one, other)]
    assert len(parted) > PAIRS / 20
    assert all(Pair(one, other).is_apart(up_m, LIMIT_M / 10) for one, other in told)


def test_what_is_farther_than_the_limit_reaches_nothing(pairs: Pairs) -> None:
    told = [(one, other) for one, other in pairs if far_apart(one, other, LIMIT_M + SURE_M)]
    assert len(told) > PAIRS / 8
    ways = [sign * axis for axis in np.eye(3) for sign in (1, -1)]
    assert not any(Pair(one, other).reaches(way) for one, other in told for way in ways)


def test_what_surely_reaches_a_thing_reaches_and_backs_onto_it(pairs: Pairs) -> None:
    told = [(one, other) for one, other in pairs if surely_reaches(one, [other], DOWN)]
    assert len(told) > PAIRS / 40
    assert all(Pair(one, other).reaches(DOWN) and Pair(one, other).backs_onto(DOWN) for one, other in told)


@pytest.mark.parametrize(("above_m", "told"), [(0.0, True), (0.0097, True), (0.0103, False), (-0.0097, True)])
def test_a_block_on_a_block_needs_no_mesh(above_m: float, told: bool, builtin: Catalog) -> None:
    lower = made(1, "box", ((0.0, 0.0, 0.2), (0.4, 0.4, 0.4)))
    upper = made(2, "box", ((0.0, 0.0, 0.1), (0.2, 0.2, 0.2)), object2world=flat(pose((0.1, 0.0, 0.4 + above_m), 0.4)))
    below, above = bodies_of([lower, upper], builtin)
    assert surely_reaches(above, [below], DOWN) == told


@pytest.mark.parametrize(("recipe", "pushed"), [("room", 0.5), ("hall", 0.02)])
def test_a_plan_has_the_same_faults_without_parts(
    recipe: str, pushed: float, builtin: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of its things are pushed a little, so that there are faults."""
    spec = RunSpec(recipe=recipe, views_per_scene=1, camera=CameraSpec(spare_views=0))
    scenery = RECIPES[recipe].plan(5, spec, builtin)
    assert isinstance(scenery, Scenery)
    rng = np.random.default_rng(4)
    things = [_pushed(rng, each) if rng.random() < pushed else each for each in scenery.objects]
    told = [fault.reason for fault in faults(bodies_of(things, builtin))]
    for module in (holding, doors, overlap):
        monkeypatch.setattr(module, "far_apart", lambda *_, **__: False)
    monkeypatch.setattr(holding, "surely_reaches", lambda *_: False)
    assert [fault.reason for fault in faults(bodies_of(things, builtin))] == told
    assert told


def _pushed(rng: np.random.Generator, planned: PlannedObject) -> PlannedObject:
    moved = square(planned.object2world).copy()
    moved[:3, 3] += rng.choice(OFF_M, 3)
    return planned.model_copy(update={"object2world": flat(moved)})
