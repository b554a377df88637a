"""Semantic samples: legends that are true of the frame, colours apart, prompts that suffice."""

import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from assets_catalog.taxonomy import load_taxonomy
from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.classes import nouns_of
from scenegen.encoders.legend import BLACK
from scenegen.encoders.masks import BACKGROUND
from scenegen.encoders.prompts.request import is_background
from schemas.seeds import rng_for
from schemas.target_spec import SemanticTargetSpec, TargetSpec
from schemas.triplet import LegendEntry
from tests.scenegen.encoders.pictures import Sample, Shot, empty_plan, levels_of, picture, samples_of, shown, thing

SEMANTIC = ENCODERS["semantic"]


@pytest.fixture(scope="module")
def samples(rooms: list[Shot], yards: list[Shot]) -> list[Sample]:
    return samples_of("semantic", rooms, 10) + samples_of("semantic", yards, 3)


def only(**options: object) -> TargetSpec:
    return TargetSpec(semantic=SemanticTargetSpec.model_validate(options))


def rows(entries: tuple[LegendEntry, ...]) -> list[tuple[str, tuple[int, int, int]]]:
    return [(entry.label, entry.rgb) for entry in entries]


def test_a_thousand_samples_repeat_no_prompt_with_its_legend(samples: list[Sample]) -> None:
    assert len(samples) >= 1000
    pairs = {(each.target.prompt, tuple(rows(each.target.legend))) for each in samples}
    assert len(pairs) == len(samples)


def test_colors_are_64_apart_the_backgrounds_too(samples: list[Sample]) -> None:
    for each in samples:
        colors = [entry.rgb for entry in each.target.legend] + [each.said.background_rgb]
        assert min(math.dist(one, other) for one, other in combinations(colors, 2)) >= 64


def test_the_prompt_says_legend_and_background(samples: list[Sample]) -> None:
    for each in samples:
        assert each.said.task == "semantic"
        assert each.said.legend is not None
        assert rows(each.said.legend.entries) == rows(each.target.legend)
    unsaid = np.mean([each.said.background is None for each in samples])
    assert 0.25 < unsaid < 0.35
    assert {each.said.background_rgb for each in samples if each.said.background is None} == {BLACK}


def test_the_prompt_alone_decodes_the_target_to_the_pixel(samples: list[Sample]) -> None:
    for each in samples[::4]:
        truth = np.full(each.gbuffer.instance_id.shape, BACKGROUND)
        for index, entry in enumerate(each.target.legend):
            covered = np.isin(each.gbuffer.instance_id, entry.instance_ids)
            assert covered.sum() == entry.pixels
            truth[covered] = index
        np.testing.assert_array_equal(decode(each.target.rgb, each.target.prompt), truth)
        codec = SEMANTIC.codec_of(each.said, each.target.legend)
        assert not codec.excess(each.target.rgb, each.gbuffer).any()
        assert codec.params == each.target.codec.params


def test_an_entry_means_all_that_is_called_so_and_nothing_is_of_two(samples: list[Sample]) -> None:
    """Each has all objects in view of a level, or of a label that it says; where words name a class, all of that."""
    taxonomy = load_taxonomy()
    for each in samples:
        levels = {planned.instance_id: levels_of(planned) for planned in each.in_view()}
        labels = {planned.instance_id: planned.label for planned in each.in_view()}
        present = [entry for entry in each.target.legend if entry.instance_ids]
        ids = [id_ for entry in present for id_ in entry.instance_ids]
        assert len(ids) == len(set(ids))
        for entry in present:
            own = set(entry.instance_ids)
            shared = set.intersection(*(set(levels[id_]) for id_ in own))
            of_level = [{id_ for id_ in levels if level in levels[id_]} for level in shared]
            said = {label for label in labels.values() if entry.label.startswith(label)}
            of_label = [{id_ for id_ in labels if labels[id_] == label} for label in said]
            assert own in of_level + of_label, entry
            named = taxonomy.class_for_words(entry.label)
            if named is not None and own in of_level and " of " not in entry.label:
                words = named.replace("_", " ")
                assert {id_ for id_ in levels if words in levels[id_]} <= own, entry


def test_what_is_listed_as_absent_is_not_to_be_seen_by_any_word(samples: list[Sample]) -> None:
    classes = load_taxonomy().classes.values()
    named = {words: leaf for leaf in classes for noun in nouns_of(leaf.words) for words in noun.words}
    absent = [(each, entry) for each in samples for entry in each.target.legend if not entry.instance_ids]
    for each, entry in absent:
        assert entry.pixels == 0
        leaf = named[entry.label]
        phrases = {leaf.words, leaf.plural, *leaf.synonyms}
        for planned in each.in_view():
            assert leaf.words not in levels_of(planned)
            assert planned.class_name.replace("_", " ") not in leaf.levels
            assert not any(f" {phrase} " in f" {planned.label} " for phrase in phrases), (entry, planned.label)
            assert not {planned.label, planned.class_name.replace("_", " ")} & phrases, (entry, planned.label)
    counts = Counter(id(each) for each, _ in absent)
    assert set(counts.values()) == {1, 2, 3}
    assert 0.25 < len(counts) / len(samples) < 0.35


def test_legends_list_one_class_or_some_or_all(samples: list[Sample]) -> None:
    sizes = Counter(len(each.target.legend) for each in samples if each.plan.recipe == "room")
    assert set(sizes) == set(range(1, 13))
    assert min(sizes.values()) > 0.03 * sizes.total()


def test_classes_go_by_several_levels_in_the_singular_and_the_plural(samples: list[Sample]) -> None:
    labels = {entry.label for each in samples for entry in each.target.legend}
    assert {"chair", "chairs", "seats", "furniture", "couch", "sofas", "wall", "walls", "floor", "lights"} <= labels
    assert not labels & {"structure", "thing", "artifact", "covering", "floors", "seat", "door handle frame"}
    assert not any(map(is_background, labels))


def test_what_people_mix_up_is_not_left_to_them() -> None:
    shot = picture(empty_plan(), thing("bookcase"), thing("shelf"), thing("table_lamp"))
    labels = {
        entry.label for each in samples_of("semantic", [shot], 100) for entry in each.target.legend if entry.pixels
    }
    assert "storage furniture" in labels
    assert not labels & {"bookcase", "bookcases", "bookshelf", "bookshelves", "shelf", "shelves"}


def test_where_all_are_mixed_up_one_is_asked_for_by_itself() -> None:
    shot = picture(empty_plan(), thing("vase"), thing("jar"))
    found = samples_of("semantic", [shot], 20, only(absent_share=0))
    assert {len(each.target.legend) for each in found} == {1}


def test_a_stack_of_books_is_no_book() -> None:
    shot = picture(empty_plan(), thing("book", "stack of books"))
    labels = {
        entry.label for each in samples_of("semantic", [shot], 60, only(absent_share=0)) for entry in each.target.legend
    }
    assert labels == {"books", "stack of books", "stacks of books"}


def test_parts_go_by_the_whole_or_by_their_own_names() -> None:
    parts = [thing("door", label, made=True) for label in ("door", "door frame", "door handle")]
    found = samples_of("semantic", [picture(empty_plan(), *parts)], 60, only(absent_share=0))
    labels = {entry.label for each in found for entry in each.target.legend}
    assert labels == {"door", "doors", "door frame", "door frames", "door handle", "door handles"}
    for each in found:
        for entry in each.target.legend:
            assert len(entry.instance_ids) == (3 if entry.label.startswith("door") and " " not in entry.label else 1)


def test_shapes_of_ours_go_by_what_they_are() -> None:
    window, hedge, panel = (
        thing("window", made=True),
        thing("plant", "shrubbery", made=True),
        thing("wall", "panel", made=True),
    )
    found = samples_of("semantic", [picture(empty_plan(), window, hedge, panel)], 60, only(absent_share=0))
    labels = {entry.label for each in found for entry in each.target.legend}
    assert labels == {"window frame", "window frames", "shrubbery", "shrubberies", "panel", "panels"}


@pytest.mark.parametrize("most", [1, 5, 20])
def test_no_legend_is_longer_than_the_spec_allows(rooms: list[Shot], most: int) -> None:
    found = samples_of("semantic", rooms[::4], 2, only(most_classes=most, absent_share=1))
    assert max(len(each.target.legend) for each in found) <= most
    assert all(any(entry.instance_ids for entry in each.target.legend) for each in found)


@pytest.mark.parametrize("share", [0, 1])
def test_shares_go_to_their_ends(rooms: list[Shot], share: int) -> None:
    found = samples_of("semantic", rooms[::5], 1, only(absent_share=share, background_share=share))
    assert {each.said.background is not None for each in found} == {bool(share)}
    assert {any(not entry.instance_ids for entry in each.target.legend) for each in found} == {bool(share)}


def test_a_frame_that_shows_nothing_is_asked_nothing() -> None:
    plan = empty_plan()
    assert SEMANTIC.encode(rng_for("sky"), shown(np.zeros((32, 32), np.int32)), plan, TargetSpec()) is None
    plan, gbuffer = picture(plan, thing("chair"))
    speck = np.zeros((64, 64), np.int32)
    speck[3, 3] = 1
    assert SEMANTIC.encode(rng_for("speck"), shown(speck), plan, TargetSpec()) is None
    assert SEMANTIC.encode(rng_for("chair"), gbuffer, plan, TargetSpec()) is not None


def test_the_same_stream_gives_the_same_sample_and_another_one_another(rooms: list[Shot]) -> None:
    plan, gbuffer = rooms[0]
    first, again, other = (SEMANTIC.encode(rng_for(key), gbuffer, plan, TargetSpec()) for key in ("a", "a", "b"))
    assert first is not None
    assert again is not None
    assert other is not None
    assert (first.prompt, first.legend) == (again.prompt, again.legend)
    np.testing.assert_array_equal(first.rgb, again.rgb)
    assert first.prompt != other.prompt
