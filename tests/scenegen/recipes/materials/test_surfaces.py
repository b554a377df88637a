"""Surfaces as they are usual: drawn from the stream alone, plausible for their finish, and no two alike."""

from collections import Counter
from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest

from assets_catalog.record import Substance
from scenegen.recipes import materials
from scenegen.recipes.materials import (
    Land,
    Place,
    draw_ceiling,
    draw_facade,
    draw_floor,
    draw_terrain,
    draw_wall,
    in_one_of,
    in_pictures,
    suited,
)
from schemas.seeds import rng_for
from schemas.surface import PANES, Surface
from tests.catalogs import texture_of

Draw = Callable[[np.random.Generator], Surface]
DRAWS: dict[str, Draw] = {
    name: getattr(materials, name) for name in materials.__all__ if name.startswith("draw_") and name != "draw_recolor"
}
PLACED = (draw_wall, draw_floor, draw_ceiling)
COUNT = 60
_BRICK: tuple[Substance, ...] = ("brick",)
_WOOD: tuple[Substance, ...] = ("wood",)


@pytest.mark.parametrize("name", DRAWS)
def test_the_same_stream_draws_the_same_and_another_something_else(name: str) -> None:
    surfaces = [DRAWS[name](rng_for(name, number)) for number in range(COUNT)]
    assert surfaces == [DRAWS[name](rng_for(name, number)) for number in range(COUNT)]
    assert len({surface.variant for surface in surfaces}) == COUNT
    assert len({surface.color for surface in surfaces}) > COUNT / 2
    assert len({surface.roughness for surface in surfaces}) > COUNT / 3


def test_together_they_use_every_finish_and_each_has_a_size_of_its_kind() -> None:
    surfaces = [draw(rng_for(name, number)) for name, draw in DRAWS.items() for number in range(COUNT)]
    surfaces += [
        draw(rng_for(place, number), place) for draw in PLACED for place in get_args(Place) for number in range(COUNT)
    ]
    assert len({surface.finish for surface in surfaces}) == 26
    sized = {"brick": (0.18, 0.45), "planks": (0.05, 0.25), "tiles": (0.04, 0.9), "fabric": (0.0005, 0.01)}
    for surface in surfaces:
        low, high = sized.get(surface.finish, (0.0, 10.0))
        assert low <= surface.scale_m <= high, surface
        assert all(0.0 < channel < 1.0 for channel in surface.color)


@pytest.mark.parametrize("place", get_args(Place))
def test_no_place_has_glass_for_walls_or_grass_for_a_floor(place: Place) -> None:
    for draw in PLACED:
        finishes = Counter(draw(rng_for(place, number), place).finish for number in range(COUNT))
        assert not finishes.keys() & (PANES | {"grass", "ground", "water", "foliage", "bark"})


def test_baths_are_tiled_and_warehouses_are_of_concrete() -> None:
    baths = Counter(draw_floor(rng_for("bath", number), "bath").finish for number in range(200))
    halls = Counter(draw_floor(rng_for("hall", number), "warehouse").finish for number in range(200))
    assert baths["tiles"] > 120
    assert baths["carpet"] == 0
    assert halls == {"concrete": 200}


@pytest.mark.parametrize("land", get_args(Land))
def test_land_is_of_the_kind_that_is_asked_for(land: Land) -> None:
    finishes = {draw_terrain(rng_for(land, number), land).finish for number in range(20)}
    assert finishes == ({"grass"} if land in ("lawn", "meadow") else {"ground"})


def test_a_surface_goes_into_a_set_of_its_substance_and_takes_its_colour() -> None:
    sets = {each.asset_id: each for each in (texture_of("brick"), texture_of("wood", substance="wood"))}
    wall = Surface(finish="brick", color=(0.5, 0.5, 0.5), variant=5)
    shown = in_pictures(rng_for("set"), wall, sets, share=1.0)
    assert (shown.texture, shown.color, shown.variant) == ("brick", (0.6, 0.2, 0.1), 5)
    assert in_pictures(rng_for("set"), wall, sets, share=0.0) == wall
    assert in_pictures(rng_for("set"), Surface(finish="water", color=(0.1, 0.2, 0.3)), sets, share=1.0).texture is None


def test_sets_with_holes_or_too_dark_are_not_offered() -> None:
    pierced = {"color": f"{'2' * 64}.png", "opacity": f"{'3' * 64}.png"}
    sets = {each.asset_id: each for each in (texture_of("whole"), texture_of("pierced", maps=pierced))}
    assert [each.asset_id for each in suited(sets, _BRICK)] == ["whole"]
    assert suited(sets, _BRICK, least_light=0.5) == []
    assert suited(sets, _WOOD) == []


def test_the_stream_goes_on_alike_whether_there_are_sets_or_not() -> None:
    facade = draw_facade(rng_for("facade"))
    one, other = rng_for("next"), rng_for("next")
    in_one_of(one, facade, [], 1.0)
    in_one_of(other, facade, [texture_of("brick")], 1.0)
    assert one.random() == other.random()
