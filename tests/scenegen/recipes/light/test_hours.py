"""Hours, their sun and sky, and what recipes make of them."""

import math
from collections import Counter

import numpy as np
import pytest

from scenegen.recipes.light.hours import Hour, draw_hour, draw_hour_name, opening_light
from scenegen.recipes.light.lamps import LAMPS, draw_lit
from scenegen.recipes.light.sun import sun_kelvin, sun_w_m2
from schemas.recipe_specs import HOURS, HourName
from schemas.scene_plan import square
from schemas.seeds import rng_for


def hours(name: HourName, count: int = 60) -> list[Hour]:
    return [draw_hour(rng_for(number, "hour"), name) for number in range(count)]


def test_hours_come_by_their_shares_and_no_other() -> None:
    shares: dict[HourName, float] = {"night": 1.0, "day": 3.0}
    drawn = Counter(draw_hour_name(rng_for(number, "name"), shares) for number in range(400))
    assert set(drawn) == {"day", "night"}
    assert 260 < drawn["day"] < 340


def test_shares_move_no_later_draw() -> None:
    """One number from the stream, whatever is drawn."""
    first, second = rng_for(1, "a"), rng_for(1, "a")
    draw_hour_name(first, {"day": 1.0})
    draw_hour_name(second, {"dusk": 1.0, "night": 0.2, "overcast": 5.0})
    assert first.random() == second.random()


@pytest.mark.parametrize("name", HOURS)
def test_an_hour_has_the_weather_and_the_sun_of_its_name(name: HourName) -> None:
    for hour in hours(name):
        assert hour.sky.weather == (name if name in ("overcast", "night") else "clear")
        assert (hour.sun is not None) or name != "day"
        assert name != "overcast" or hour.sun is None
        assert hour.sky.clouds == 0 or hour.sky.weather == "clear"
        if hour.sun and name != "night":
            toward = square(hour.sun.light2world)[:3, 2]
            assert math.asin(toward[2]) == pytest.approx(hour.sky.sun_elevation_rad)
            assert math.atan2(toward[1], toward[0]) == pytest.approx(hour.sky.sun_azimuth_rad)


def test_a_low_sun_is_weak_and_warm_and_gone_below_the_horizon() -> None:
    heights = np.radians(np.linspace(0.5, 70.0, 30)).tolist()
    assert (np.diff([sun_w_m2(each) for each in heights]) > 0).all()
    assert (np.diff([sun_kelvin(each) for each in heights]) > 0).all()
    assert sun_w_m2(math.radians(3.0)) < 0.4 * sun_w_m2(math.radians(40.0))
    assert sun_w_m2(-0.01) == 0.0


def test_days_are_brightest_and_nights_nearly_black() -> None:
    light = {name: float(np.median([opening_light(hour.sky)[0] for hour in hours(name)])) for name in HOURS}
    assert light["day"] > light["dusk"] > 50 * light["night"]
    assert light["overcast"] > light["dusk"]
    moons = [hour.sun.power for hour in hours("night") if hour.sun]
    assert 15 < len(moons) < 45
    assert max(moons) < 0.01


def test_clear_skies_have_clouds_or_none_of_many_shapes() -> None:
    covers = [hour.sky.clouds for hour in hours("day", 100)]
    assert 20 < sum(cover == 0 for cover in covers) < 60
    assert max(covers) <= 0.8
    assert len({hour.sky.variant for hour in hours("day", 100)}) == 100


@pytest.mark.parametrize("kind", [*LAMPS, "no such lamp"])
def test_lamps_give_what_lamps_of_their_kind_give(kind: str) -> None:
    """Less than 110 W of an LED, none bluer than daylight; a candle a hundredth of a bulb and warmer than any."""
    for number in range(20):
        lit = draw_lit(rng_for(number, "lamp"), kind)
        assert 0.05 < lit.watts < 120.0
        assert lit.color[0] >= lit.color[2]
    candle = draw_lit(rng_for(0, "lamp"), "candle")
    if kind in ("ceiling_lamp", "table_lamp", "floor_lamp"):
        assert candle.watts < 0.1 * draw_lit(rng_for(0, "lamp"), kind).watts
        assert candle.color[2] < draw_lit(rng_for(0, "lamp"), kind).color[2]
