"""What stands where in a street: on which height, on which side of the road, and not in one another."""

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes.placement import faults
from scenegen.recipes.placement.body import bodies_of
from scenegen.recipes.street.kinds import KINDS
from scenegen.recipes.street.lamps import lamp_lights
from scenegen.recipes.street.leg import Leg
from scenegen.recipes.street.paint import PAINT_M
from scenegen.recipes.street.recipe import draw_street
from scenegen.recipes.thing import Thing, numbered
from schemas.scene_plan import square
from schemas.seeds import rng_for
from tests.scenegen.recipes.street.conftest import SPEC, Street

VEHICLES = frozenset({"car", "van", "truck", "bus"})
MOST_OBJECTS = 620
MOST_BOXES = 32_000


def things_of(street: Street, *class_names: str) -> list[Thing]:
    return [thing for thing in street.builder.site.things if thing.class_name in class_names]


def along_and_across(leg: Leg, thing: Thing) -> tuple[float, float]:
    return leg.local(thing.solid.center_m)


def test_a_street_is_the_same_each_time(streets: Sequence[Street], builtin: Catalog) -> None:
    again = draw_street(streets[0].seed, SPEC, builtin.for_split("train"))
    assert numbered(again.site.things) == numbered(streets[0].builder.site.things)


def test_streets_are_of_many_kinds(streets: Sequence[Street]) -> None:
    assert len({street.builder.network.kind_name for street in streets}) >= 3
    assert set(KINDS) == {"town", "avenue", "suburb", "village", "square", "park", "country", "works", "motorway"}


def test_streets_stay_within_their_limits(streets: Sequence[Street]) -> None:
    for street in streets:
        things = street.builder.site.things
        assert 60 < len(things) <= MOST_OBJECTS
        assert sum(len(thing.boxes) for thing in things) <= MOST_BOXES
        vehicles = things_of(street, *VEHICLES, "motor_scooter")
        assert len(vehicles) <= SPEC.street.vehicles.high + len(things_of(street, "mailbox"))


def test_many_classes_are_in_streets(streets: Sequence[Street]) -> None:
    assert len({thing.class_name for street in streets for thing in street.builder.site.things}) >= 40


def test_paint_lies_on_the_road(streets: Sequence[Street]) -> None:
    for street in streets:
        legs = {leg.pose.tobytes(): leg for leg in street.builder.network.legs}
        for paint in things_of(street, "road_marking"):
            half_m = legs[paint.object2world.tobytes()].profile.half_m
            low, high = paint.bounds_m
            assert low[2] == 0.0
            assert high[2] == pytest.approx(PAINT_M)
            assert np.abs([low[1], high[1]]).max() <= half_m + 1e-4


def test_vehicles_on_the_road_keep_right(streets: Sequence[Street]) -> None:
    seen = 0
    for street in streets:
        main = street.builder.network.main
        for vehicle in things_of(street, *VEHICLES):
            _, t_m = along_and_across(main, vehicle)
            if abs(t_m) < main.profile.half_m and vehicle.position_m[2] < 0.01:
                yaw_rad = vehicle.solid.yaw_rad
                ahead = math.sin(yaw_rad) * main.axes[0][0] - math.cos(yaw_rad) * main.axes[0][1]
                assert ahead * t_m < 0, "who drives along s keeps to t < 0"
                assert abs(ahead) > math.cos(0.1)
                seen += 1
    assert seen > 20


def test_vehicles_do_not_overlap(streets: Sequence[Street]) -> None:
    for street in streets:
        solids = [thing.solid for thing in things_of(street, *VEHICLES, "bicycle", "motor_scooter")]
        assert not any(one.overlaps(other) for one, other in combinations(solids, 2))


def test_furniture_stands_on_the_pavement_and_vehicles_on_the_road(streets: Sequence[Street]) -> None:
    """Heights tell: a pavement is higher than the road by its kerb."""
    for street in streets:
        network = street.builder.network
        main, profile = network.main, network.main.profile
        for thing in things_of(street, "bollard", "mailbox", "street_lamp", "traffic_sign", *VEHICLES):
            s_m, t_m = along_and_across(main, thing)
            on_road = abs(t_m) + thing.solid.half_m[0] < profile.half_m and main.start_m < s_m < main.end_m
            if on_road and thing.class_name in VEHICLES:
                assert thing.position_m[2] == pytest.approx(0.0, abs=0.006)
            elif thing.class_name in ("bollard", "mailbox", "traffic_sign") and profile.kerb_m:
                assert thing.position_m[2] > 0.5 * profile.kerb_m


def test_streets_hold_physically(streets: Sequence[Street], builtin: Catalog) -> None:
    """Nearly all as they are first drawn; others are drawn again."""
    train = builtin.for_split("train")
    found = [list(faults(bodies_of(numbered(street.builder.site.things), train))) for street in streets]
    assert sum(map(bool, found)) <= 1, [fault.reason for each in found for fault in each]


def test_lamps_shine_above_the_ground_from_where_they_stand(streets: Sequence[Street]) -> None:
    lit = [light for street in streets for light in lamp_lights(rng_for(0, "bulbs"), street.builder.site)]
    assert len(lit) > 20
    assert all(2.0 < square(light.light2world)[2, 3] < 12.0 for light in lit)
