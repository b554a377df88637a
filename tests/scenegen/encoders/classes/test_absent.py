"""Absent classes: nothing in view answers to them, nor could be taken for them; plausible ones come first."""

from collections import Counter

import numpy as np
import pytest

from assets_catalog.taxonomy import load_taxonomy
from scenegen.encoders.classes import draw_absent, names_of, view_of
from schemas.scene_plan import Environment, PlannedObject, ScenePlan
from tests.scenegen.encoders.pictures import Shot, empty_plan, picture, thing

DRAWS = 150


def drawn(shot: Shot, listed: tuple[str, ...] = (), count: int = 3) -> Counter[str]:
    """Returns how often each class is drawn as absent, where some of the levels in view are listed."""
    plan, gbuffer = shot
    view = view_of(gbuffer, plan)
    names = [name for name in names_of(view) if name.level in listed]
    assert len(names) == len(listed)
    found: Counter[str] = Counter()
    for seed in range(DRAWS):
        found.update(levels[0] for levels in draw_absent(np.random.default_rng(seed), view, names, count))
    return found


def scene(*things: PlannedObject, hidden: tuple[PlannedObject, ...] = ()) -> Shot:
    return picture(empty_plan(), *things, hidden=hidden)


def test_as_many_are_drawn_as_asked_each_another() -> None:
    plan, gbuffer = scene(thing("chair"))
    for count in (0, 1, 3):
        levels = draw_absent(np.random.default_rng(count), view_of(gbuffer, plan), (), count)
        assert len({own[0] for own in levels}) == count


@pytest.mark.parametrize(
    ("seen", "never"),
    [
        (thing("chair"), {"chair", "armchair", "office chair", "stool", "garden chair"}),
        (thing("bookcase"), {"bookcase", "shelf", "wall shelf", "cabinet", "door handle"}),
        (thing("fruit", "bowl of fruit"), {"fruit", "bowl", "plate"}),
        (thing("building", "house", made=True), {"building", "window", "door", "roof", "chimney", "facade", "shed"}),
        (thing("building", "house window", made=True), {"window"}),
        (thing("desk"), {"desk", "dining table", "workbench"}),
        (thing("toy", "model car"), {"toy", "car", "dog"}),
        (thing("place_setting", "plate and cup"), {"place setting", "plate", "cup"}),
        (thing("bed"), {"bed", "mattress", "pillow", "crib"}),
    ],
)
def test_what_could_be_said_of_a_thing_in_view_is_not_absent(seen: PlannedObject, never: set[str]) -> None:
    found = drawn(scene(seen))
    assert len(found) > 50
    assert not never & set(found)


def test_what_belongs_to_a_listed_level_is_not_listed_as_absent() -> None:
    shot = scene(thing("sofa"), thing("coffee_table"))
    furniture = {"wardrobe", "bed", "bookcase", "stool", "bench", "dresser", "trunk"}
    assert furniture & set(drawn(shot))
    assert not furniture & set(drawn(shot, ("furniture",)))


def test_what_stands_elsewhere_in_the_scene_comes_first() -> None:
    found = drawn(scene(thing("table_lamp"), hidden=(thing("guitar"),)), count=1)
    assert found["guitar"] > 0.03 * DRAWS


def test_but_not_where_a_mirror_may_show_it() -> None:
    hidden = (thing("guitar"), thing("bookcase"))
    assert not {"guitar", "bookcase", "shelf"} & set(drawn(scene(thing("mirror"), thing("rug"), hidden=hidden)))


def outdoors(shot: Shot) -> Shot:
    plan: ScenePlan = shot[0].model_copy(
        update={"environment": Environment(asset_id="a/field", heading_rad=0.0, strength=1.0)}
    )
    return plan, shot[1]


def test_a_picture_of_the_surroundings_may_show_anything_that_is_out_of_doors() -> None:
    never = {"tree", "car", "building", "person", "dog", "fence", "bird", "road", "street lamp", "tent"}
    shot = scene(thing("fence"), thing("bicycle"))
    assert (never - {"fence"}) & set(drawn(shot))
    assert not never & set(drawn(outdoors(shot)))


def test_things_of_the_street_are_rarely_absent_from_a_room() -> None:
    found = drawn(scene(thing("sofa"), thing("rug"), thing("wardrobe")))
    of_streets = [leaf.words for leaf in load_taxonomy().classes.values() if leaf.placement == "street"]
    assert sum(found[words] for words in of_streets) < 0.05 * found.total()
