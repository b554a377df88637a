"""Recolouring: parts that come in many colours, and nothing else."""

from typing import Any

import pytest

from assets_catalog.record import AssetRecord, PartLook
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.looks import look_of_asset
from scenegen.recipes.materials import draw_recolor
from scenegen.recipes.materials.recolor import COLORFUL
from schemas.seeds import rng_for
from tests.catalogs import record_of

COUNT = 200


def part(name: str, substance: str = "fabric", area_share: float = 0.5, **stated: Any) -> PartLook:
    look = {"name": name, "color_name": "grey", "color": (0.5, 0.5, 0.5), "substance": substance}
    return PartLook(**{**look, "area_share": area_share, **stated})


def thing(class_name: str, *parts: PartLook) -> AssetRecord:
    return record_of("thing", class_name=class_name, parts=parts, color_name="grey", substance="fabric")


SOFA = thing("sofa", part("seat", area_share=0.6), part("legs", "wood", 0.3), part("screws", "metal", 0.1))


def drawn(record: AssetRecord) -> list[tuple[int, ...]]:
    """Returns the recoloured parts of many draws."""
    return [tuple(each.part for each in draw_recolor(rng_for("dye", k), record, share=1.0)) for k in range(COUNT)]


def test_the_largest_part_is_dyed_and_sometimes_the_next() -> None:
    found = drawn(SOFA)
    assert set(found) == {(0,), (0, 1)}
    assert 0.2 < found.count((0, 1)) / COUNT < 0.4


def test_a_share_of_the_things_is_dyed_in_many_colours() -> None:
    draws = [draw_recolor(rng_for("share", number), SOFA, share=0.3) for number in range(COUNT)]
    assert 0.2 < sum(map(bool, draws)) / COUNT < 0.4
    assert len({dyes[0].color for dyes in draws if dyes}) == sum(map(bool, draws))
    assert draws == [draw_recolor(rng_for("share", number), SOFA, share=0.3) for number in range(COUNT)]


@pytest.mark.parametrize(
    "class_name", ["woman", "dog", "fruit", "tree", "meal", "grass", "window", "mirror", "building"]
)
def test_what_lives_is_eaten_or_seen_through_keeps_its_colours(class_name: str) -> None:
    assert set(drawn(thing(class_name, part("all", "unknown", 1.0)))) == {()}


@pytest.mark.parametrize(
    "kept",
    [
        part("leaves", "foliage"),
        part("pane", "glass", opacity=0.3),
        part("pane", "plastic", opacity=0.3),
        part("mirror", "mirror"),
        part("Screen", "plastic"),
        part("tyres_1", "plastic"),
        part("small", area_share=0.05),
    ],
    ids=lambda look: f"{look.name}-{look.substance}",
)
def test_parts_that_nobody_dyes_keep_their_colours(kept: PartLook) -> None:
    assert set(drawn(thing("chair", kept))) == {()}


def test_tyres_and_the_leaves_of_books_keep_their_colours() -> None:
    assert set(drawn(thing("car", part("all", "unknown", color_name="black")))) == {()}
    assert set(drawn(thing("book", part("block", "paper", color_name="white"), part("cover", "paper")))) == {(1,)}


def test_all_classes_are_of_the_taxonomy() -> None:
    assert set(load_taxonomy().classes) >= COLORFUL


def test_language_speaks_of_the_new_colour() -> None:
    dyes = draw_recolor(rng_for("dye", 1), SOFA, share=1.0)
    named = look_of_asset(SOFA, [dyes[0].model_copy(update={"color": (0.8, 0.1, 0.1)})])
    assert (look_of_asset(SOFA).color_name, named.color_name, named.color_share) == ("grey", "red", 0.6)
