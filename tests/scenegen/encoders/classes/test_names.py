"""Names of levels: which objects they cover, with which nouns, and whether people would agree."""

from collections import Counter

import pytest

from assets_catalog.taxonomy import load_taxonomy
from scenegen.encoders.classes import ClassName, names_of, nouns_of, view_of
from scenegen.encoders.classes.doubts import doubted
from scenegen.encoders.prompts.request import check_label
from schemas.scene_plan import PlannedObject
from tests.scenegen.encoders.pictures import empty_plan, picture, thing

LEVELS = sorted({level for leaf in load_taxonomy().classes.values() for level in leaf.levels})


def names(*things: PlannedObject) -> dict[str, ClassName]:
    plan, gbuffer = picture(empty_plan(), *things)
    return {name.level: name for name in names_of(view_of(gbuffer, plan))}


def words(name: ClassName) -> set[str]:
    return {form for noun in name.nouns for form in noun.words}


def test_a_level_covers_all_that_have_it() -> None:
    found = names(thing("chair"), thing("armchair"), thing("sofa"), thing("desk"))
    assert {level: len(name.members) for level, name in found.items()} == {
        **{"chair": 2, "armchair": 1, "sofa": 1, "desk": 1},
        **{"seat": 3, "table": 1, "furniture": 4},
    }


def test_no_word_names_two_levels() -> None:
    counts = Counter(form for level in LEVELS for form in {form for noun in nouns_of(level) for form in noun.words})
    assert [form for form, count in counts.items() if count > 1] == []


def test_nouns_can_be_written_in_a_legend() -> None:
    for level in LEVELS:
        for noun in nouns_of(level):
            assert bool(noun.singular) == bool(noun.plural)
            for many in (False, True):
                check_label(noun.in_legend(many))
                assert not noun.in_legend(many).startswith(("the ", "a ", "an "))


@pytest.mark.parametrize("level", ["thing", "artifact", "structure", "opening", "covering", "container", "device"])
def test_levels_that_nobody_names_have_no_noun(level: str) -> None:
    assert nouns_of(level) == ()


def test_doubts_are_about_levels_that_there_are() -> None:
    assert {other for level in LEVELS for other in doubted(level)} <= set(LEVELS)


@pytest.mark.parametrize(
    ("things", "level", "is_clear"),
    [
        ((thing("bookcase"), thing("rug")), "bookcase", True),
        ((thing("bookcase"), thing("shelf")), "bookcase", False),
        ((thing("bookcase"), thing("shelf")), "storage", True),
        ((thing("sofa"), thing("table_lamp")), "furniture", True),
        ((thing("sofa"), thing("floor_lamp")), "furniture", False),
        ((thing("bowl"), thing("fruit", "bowl of fruit")), "bowl", False),
        ((thing("bowl"), thing("fruit", "apple")), "bowl", True),
        ((thing("plant"), thing("plant", "hedge", made=True)), "plant", False),
        ((thing("plant"), thing("plant", "hedge", made=True)), "vegetation", False),
        ((thing("tree"), thing("bush")), "vegetation", True),
    ],
)
def test_a_name_is_clear_if_nobody_would_call_more_or_less_by_it(
    things: tuple[PlannedObject, ...], level: str, is_clear: bool
) -> None:
    assert names(*things)[level].is_clear == is_clear


@pytest.mark.parametrize(
    ("things", "level", "expected"),
    [
        ((thing("sofa", "corner sofa"),), "sofa", {"sofa", "sofas", "couch", "couches", "corner sofa", "corner sofas"}),
        ((thing("sofa", "corner sofa"), thing("sofa")), "sofa", {"sofa", "sofas", "couch", "couches"}),
        ((thing("sofa", "old sofa"),), "sofa", {"sofa", "sofas", "couch", "couches"}),
        ((thing("book", "stack of books"),), "book", {"book", "books", "stack of books", "stacks of books"}),
        ((thing("telescope", "microscope"),), "telescope", {"microscope", "microscopes"}),
        ((thing("telescope"),), "telescope", {"telescope", "telescopes"}),
        ((thing("horse"),), "horse", {"horse", "horses"}),
        (
            (thing("television"),),
            "television",
            {"television", "televisions", "TV", "TVs", "television set", "television sets"},
        ),
        ((thing("tv_stand"),), "tv stand", {"TV stand", "TV stands"}),
        ((thing("ground", "floor", made=True),), "ground", {"floor"}),
        ((thing("wall", "north wall", made=True),), "wall", {"wall", "walls"}),
        ((thing("wall", "panel", made=True),), "wall", {"panel", "panels"}),
        ((thing("window", made=True),), "window", {"window frame", "window frames"}),
        ((thing("window"),), "window", {"window", "windows"}),
        ((thing("flowers", "tulips"),), "flowers", {"flowers"}),
    ],
)
def test_nouns_fit_all_objects(things: tuple[PlannedObject, ...], level: str, expected: set[str]) -> None:
    assert words(names(*things)[level]) == expected


def test_a_label_in_the_plural_stays_as_it_is() -> None:
    assert words(names(thing("road_marking", "lane markings", made=True))["road marking"]) == {"lane markings"}


def test_shapes_of_ours_have_names_of_their_own_beside_their_class() -> None:
    found = names(thing("ground", "field", made=True), thing("ground", "hill", made=True), thing("road", made=True))
    clear = {level: name.is_clear for level, name in found.items()}
    assert clear == {"ground": False, "road": True, "field": True, "hill": True}


def test_what_nobody_would_say_is_no_name() -> None:
    assert (
        set(names(thing("wall", "dark rooms", made=True), thing("building", "stonework of a house", made=True)))
        == set()
    )


def test_things_of_many_names_have_none_of_their_class() -> None:
    assert "telescope" not in names(thing("telescope"), thing("telescope", "microscope"))
