"""Words: every class, level, synonym and use that the tables name is one of the taxonomy's."""

from collections.abc import Mapping

from assets_catalog.colors import COLOR_NAMES
from scenegen.encoders.referring import ClassWords, looks, vocabulary
from scenegen.encoders.referring.uses import USES


def levels_of(words: Mapping[str, ClassWords]) -> set[str]:
    return {level for each in words.values() for level in each.levels}


def test_all_levels_in_the_tables_exist(words: Mapping[str, ClassWords]) -> None:
    named = set(vocabulary.LEVELS) | vocabulary.VAGUE | vocabulary.UNCOUNTED
    for level in levels_of(words):
        named |= vocabulary.mixed_up(level)
    for use in USES.values():
        named |= use.maybe
    assert sorted(named - levels_of(words)) == []


def test_groups_that_are_mixed_up_hold_only_levels_that_exist(words: Mapping[str, ClassWords]) -> None:
    groups = {level for group in vocabulary._MIXED_UP for level in group} | set(vocabulary._ALSO)
    assert sorted(groups - levels_of(words)) == []


def test_all_synonyms_and_uses_in_the_tables_exist(words: Mapping[str, ClassWords]) -> None:
    assert sorted(set(vocabulary.SAME) - {synonym for each in words.values() for synonym in each.synonyms}) == []
    assert sorted(set(USES) - {use for each in words.values() for use in each.uses}) == []


def test_colors_that_are_mixed_up_are_names_of_colors() -> None:
    pairs = [pair for pair in looks._MIXED_UP if pair & set(COLOR_NAMES)]
    assert len(pairs) >= 20
    assert all(pair <= set(COLOR_NAMES) and len(pair) == 2 for pair in pairs)


def test_mixing_up_goes_both_ways_between_classes_of_a_group() -> None:
    assert "shelf" in vocabulary.mixed_up("bookcase")
    assert "bookcase" in vocabulary.mixed_up("shelf")
    assert vocabulary.mixed_up("sofa") == frozenset()


def test_plurals_are_told_by_their_head() -> None:
    for words in ("flowers", "coat hooks", "shelves", "keys on a ring"):
        assert vocabulary.is_plural(words), words
    for words in (
        "pair of boots",
        "bowl of apples",
        "cactus",
        "glass",
        "chest of drawers",
        "door with panes",
        "picture",
        "canvas",
    ):
        assert not vocabulary.is_plural(words), words


def test_colors_in_names_are_all_that_there_are() -> None:
    assert set(COLOR_NAMES) <= set().union(*vocabulary.LOOKS)


def test_abbreviations_are_capitals() -> None:
    assert vocabulary.spelled("tv stand") == "TV stand"
    assert vocabulary.spelled("tvs") == "TVs"
    assert vocabulary.spelled("office chair") == "office chair"
