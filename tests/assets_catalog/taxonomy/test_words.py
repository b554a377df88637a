"""The class that a file's name means."""

import pytest

from assets_catalog.taxonomy import load_taxonomy
from assets_catalog.taxonomy.words import phrases, plural_of, words_of

TAXONOMY = load_taxonomy()


@pytest.mark.parametrize(
    ("text", "class_name"),
    [
        ("old_wooden_Chair-02", "chair"),
        ("Chairs", "chair"),
        ("couch_final.v3", "sofa"),
        ("settees", "sofa"),
        ("officeChair3", "office_chair"),
        ("OfficeChairs", "office_chair"),
        ("TVStand", "tv_stand"),
        ("models/bookshelf_b", "bookcase"),
        ("book shelf", "bookcase"),
        ("coffeetable", "coffee_table"),
        ("arm chair", "armchair"),
        ("dog bed", "bed"),
        ("bed_dog", "dog"),
        ("bowl with fruit", "bowl"),
        ("pile_of_books", "book"),
        ("glass_table_02", "dining_table"),
        ("table_glass", "dining_table"),
        ("a glass", "glass"),
        ("chair_cushion", "cushion"),
        ("traffic light 3", "traffic_light"),
        ("mice", "mouse"),
    ],
)
def test_the_longest_match_wins_then_the_later(text: str, class_name: str) -> None:
    assert TAXONOMY.class_for_words(text) == class_name


@pytest.mark.parametrize("text", ["", "42", "mesh_0017", "chair leg", "table_legs_x", "chairman", "scar", "unbenched"])
def test_a_part_or_a_longer_word_is_not_the_thing(text: str) -> None:
    assert TAXONOMY.class_for_words(text) is None


def test_every_class_is_found_by_all_that_it_is_called() -> None:
    for name, leaf in TAXONOMY.classes.items():
        for phrase in phrases(leaf):
            assert TAXONOMY.class_for_words(phrase) == name, phrase


def test_words_end_where_letters_end_and_where_camel_case_begins() -> None:
    assert words_of("PaintedWoodFloor049B_old-red") == ["painted", "wood", "floor", "b", "old", "red"]
    assert words_of("old_woodenChair-02_TVStand.v2") == ["old", "wooden", "chair", "tv", "stand", "v"]


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("coffee table", "coffee tables"), ("bench", "benches"), ("box", "boxes"), ("lady", "ladies"), ("toy", "toys")],
)
def test_regular_plurals(singular: str, plural: str) -> None:
    assert plural_of(singular) == plural
