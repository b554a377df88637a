"""Notices: numbers can be told apart, and what is written lies on what bears it."""

from itertools import combinations

import pytest

from scenegen.recipes.hall.markings import line
from scenegen.recipes.hall.notices import floor_number, strokes_of
from scenegen.recipes.recipe import Scenery
from schemas.scene_plan import PlannedObject

Halls = dict[str, list[Scenery]]


def test_no_two_digits_look_alike() -> None:
    shapes = [frozenset(strokes_of(digit, 1.0)) for digit in range(10)]
    assert all(one != other for one, other in combinations(shapes, 2))


@pytest.mark.parametrize("number", [7, 30, 184])
def test_a_number_is_about_the_origin_and_its_strokes_do_not_meet(number: int) -> None:
    strokes = strokes_of(number, 0.4)
    assert min(low for *_, low, _ in strokes) == pytest.approx(-0.2)
    assert max(high for *_, high in strokes) == pytest.approx(0.2)
    for (a, b, c, d), (e, f, g, h) in combinations(strokes, 2):
        assert min(b, f) - max(a, e) < 1e-9 or min(d, h) - max(c, g) < 1e-9


def test_a_number_on_the_floor_turns_with_its_reader() -> None:
    up, down = floor_number(4, (10.0, 2.0), 1), floor_number(4, (10.0, 2.0), -1)
    turned = {line((20.0 - d, 4.0 - e), (20.0 - a, 4.0 - b)) for a, b, _, d, e, _ in up}
    assert {tuple(round(v, 9) for v in each) for each in down} == {tuple(round(v, 9) for v in each) for each in turned}


def _named(scenery: Scenery, label: str) -> list[PlannedObject]:
    return [each for each in scenery.objects if each.label == label]


def test_shops_have_price_tags_and_warehouses_labels(halls: Halls) -> None:
    assert all(_named(scenery, "price tags") for scenery in halls["shop"])
    assert any(_named(scenery, "labels") for scenery in halls["warehouse"])


def test_tags_and_labels_are_thin_and_small(halls: Halls) -> None:
    for scenery in (*halls["shop"], *halls["warehouse"]):
        for each in (*_named(scenery, "price tags"), *_named(scenery, "labels")):
            assert all(min(box.size_m) < 0.002 and max(box.size_m) < 0.2 for box in each.boxes)
