"""What a class inherits, and which faults of the taxonomy's files are refused."""

import pytest

from assets_catalog.taxonomy import Taxonomy, parse_taxonomy

GROUPS = """
groups:
  thing: {placement: floor, carries: false, on_surface_up_to_m: 0.5, on_surface_wide_m: 0.7, elevation_m: 1.0, uses: [],
          size: 0.1-2 x 0.1-2 x 0.1-2}
  table: {parent: thing, carries: true, uses: [to put things on]}
part_words: [leg]
"""
CLASSES = """
desk: {id: 3, parent: table, synonyms: [bureau], plural: many desks}
writing_desk: {id: 4, parent: desk, size: 0.5-1 x 0.4-0.8 x 0.7-0.9}
picture: {id: 9, parent: thing, placement: wall}
"""


def tiny(old: str = "", new: str = "") -> Taxonomy:
    """Returns a taxonomy of three classes, one text of it replaced."""
    assert old in GROUPS + CLASSES
    return (
        parse_taxonomy(GROUPS.replace(old, new), CLASSES.replace(old, new)) if old else parse_taxonomy(GROUPS, CLASSES)
    )


def test_a_class_inherits_what_it_does_not_say() -> None:
    desk, picture = tiny().classes["desk"], tiny().classes["picture"]
    assert desk.carries
    assert desk.placement == "floor"
    assert desk.uses == ("to put things on",)
    assert desk.parents == ("table", "thing")
    assert not picture.carries
    assert picture.placement == "wall"
    assert picture.size.high_m == (2.0, 2.0, 2.0)


def test_a_class_may_be_a_kind_of_another_but_has_names_and_an_id_of_its_own() -> None:
    special = tiny().classes["writing_desk"]
    assert special.levels == ("writing desk", "desk", "table", "thing")
    assert special.uses == ("to put things on",)
    assert (special.class_id, special.plural, special.synonyms) == (4, "writing desks", ())
    assert special.size.low_m == (0.5, 0.4, 0.7)
    assert special.size.high_m == (1.0, 0.8, 0.9)


def test_a_plural_is_regular_unless_stated() -> None:
    assert tiny().classes["desk"].plural == "many desks"
    assert tiny().classes["picture"].plural == "pictures"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: 9", "id: 3", "share an id"),
        ("parent: table,", "parent: tabel,", r"'desk' has the unknown parent 'tabel' \(did you mean 'table'\?\)"),
        ("parent: table,", "parent: writing_desk,", "'desk' has parents in a circle"),
        ("picture:", "table:", "'table' stands in the taxonomy twice"),
        ("synonyms: [bureau]", "synonyms: [pictures]", "'pictures' names both 'desk' and 'picture'"),
        ("0.5-1 x", "1-0.5 x", "'writing_desk' has no size"),
        ("0.5-1 x", "0.5 x", "'writing_desk' has no size"),
        ("0.5-1 x ", "", "'writing_desk' has no size"),
    ],
)
def test_a_fault_is_named(old: str, new: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        tiny(old, new)
