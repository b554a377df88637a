"""Windows that are lit in the dark: of streets, and of the houses that a room looks out on."""

from collections.abc import Sequence

import numpy as np
import pytest

from scenegen.recipes.light.windows import KINDS, UNLIT, draw_kinds, lit_surface
from scenegen.recipes.room.neighbours import with_lit_windows
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.street.lit import lit_up
from scenegen.recipes.thing import Thing, box, of_boxes
from schemas.geometry import pose
from schemas.recipe_specs import HourName
from schemas.seeds import rng_for
from schemas.surface import Surface

DARK = Surface(finish="paint", color=(0.05, 0.05, 0.06))
CLOTH = Surface(finish="paint", color=(0.8, 0.7, 0.6))
AFTER_DARK: tuple[HourName, ...] = ("dawn", "dusk", "night")
COUNT = 60
_WINDOWS = [box((3.0 * x, 0.3, 1.0), (3.0 * x + 1.0, 0.32, 2.4)) for x in range(COUNT)]
_SHEET = box((0.0, 20.0, 0.0), (40.0, 20.1, 20.0))
_CURTAINS = [box((3.0 * x + 0.05, 0.2, 1.0), (3.0 * x + 0.4, 0.22, 2.4)) for x in range(COUNT)]


def street() -> list[Thing]:
    """Returns windows with a curtain each, and the dark behind a row of far ones."""
    where = pose((5.0, -2.0, 0.0), 0.7)
    return [
        of_boxes("wall", "dark rooms", where, [*_WINDOWS, _SHEET], DARK),
        of_boxes("curtain", "curtains", where, _CURTAINS, CLOTH),
        of_boxes("traffic_light", "light of a traffic light", where, [_WINDOWS[0]], CLOTH),
    ]


def glowing(things: Sequence[Thing]) -> list[Thing]:
    return [thing for thing in things if thing.surface and thing.surface.glow_w_m2 > 0]


@pytest.mark.parametrize("hour", AFTER_DARK)
def test_some_windows_are_lit_and_none_is_lost(hour: HourName) -> None:
    shown = lit_up(rng_for(4, "lit"), street(), hour)
    lit = [each for thing in glowing(shown) if thing.label == "lit rooms" for each in thing.boxes]
    assert 0 < len(lit) < 0.6 * COUNT
    assert _SHEET not in lit
    boxes = [each for thing in shown for each in thing.boxes]
    assert sorted(boxes, key=repr) == sorted([each for thing in street() for each in thing.boxes], key=repr)


def test_a_curtain_is_lit_as_its_room_is() -> None:
    shown = lit_up(rng_for(4, "lit"), street(), "night")
    rooms = {round(each.center_m[0] // 3) for t in glowing(shown) if t.label == "lit rooms" for each in t.boxes}
    cloths = {round(each.center_m[0] // 3) for t in glowing(shown) if t.label == "curtains" for each in t.boxes}
    assert rooms == cloths


def test_by_day_traffic_lights_shine_alone_and_brighter_than_at_night() -> None:
    by_day, by_night = (glowing(lit_up(rng_for(4, "lit"), street(), hour)) for hour in ("day", "night"))
    assert [thing.label for thing in by_day] == ["light of a traffic light"]
    lens = next(thing for thing in by_night if thing.label == "light of a traffic light")
    assert by_day[0].surface
    assert lens.surface
    assert by_day[0].surface.glow_w_m2 > 10 * lens.surface.glow_w_m2


def test_a_shop_is_lit_as_a_whole_or_not_at_all() -> None:
    shops = [
        of_boxes("wall", label, pose((9.0 * number, 0.0, 0.0), 0.0), _WINDOWS[:2], CLOTH)
        for number in range(30)
        for label in ("back of a shop window", "goods in a shop window", "shop sign")
    ]
    lit = [thing.position_m[0] for thing in glowing(lit_up(rng_for(0, "lit"), shops, "night"))]
    assert 10 < len(set(lit)) < 30
    assert all(lit.count(each) == 3 for each in lit)


def test_neighbours_are_lit_in_the_dark() -> None:
    window = Piece(Made("building", "house window", tuple(_WINDOWS), DARK), (1.0, 2.0, 0.0), 0.4)
    wall = Piece(Made("building", "house", (_SHEET,), CLOTH), (1.0, 2.0, 0.0), 0.4)
    assert with_lit_windows(rng_for(0, "lit"), [window, wall], "day") == [window, wall]
    shown = with_lit_windows(rng_for(0, "lit"), [window, wall], "night")
    made = [piece.thing for piece in shown if isinstance(piece.thing, Made)]
    assert sum(len(each.boxes) for each in made) == COUNT + 1
    lit = sum(len(each.boxes) for each in made if each.surface.glow_w_m2)
    assert 0 < lit < 0.6 * COUNT


def test_lamps_behind_windows_are_warm_and_cloth_dims_them() -> None:
    kinds = draw_kinds(rng_for(1, "kinds"), "dusk", 500)
    assert set(kinds) == {UNLIT, *range(len(KINDS))}
    for kind in range(len(KINDS)):
        bare, cloth = lit_surface(CLOTH, kind, "dusk"), lit_surface(CLOTH, kind, "dusk", through_cloth=True)
        assert bare.color[0] > bare.color[2]
        assert cloth.glow_w_m2 < bare.glow_w_m2
        assert np.all(np.array(cloth.color) <= np.array(bare.color))
