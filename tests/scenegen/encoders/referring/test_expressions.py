"""Expressions of planned scenes: what their English says is so by the raw buffers and the plan, told in another way."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest

from scenegen.encoders.referring import KINDS, ClassWords, Expression, expressions_of, run
from scenegen.encoders.referring.vocabulary import LEVELS, SAME
from schemas.scene_plan import Box, PlannedObject, Sphere
from tests.scenegen.encoders.referring.conftest import Shown

SEED = 11
COLORS = "black|white|grey|brown|beige|red|orange|yellow|green|turquoise|blue|purple|pink"
SUBSTANCES = {"wooden": "wood", "metal": "metal", "leather": "leather", "ceramic": "ceramic", "stone": "stone",
              "glass": "glass", "plastic": "plastic", "fabric": "fabric"}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(frames: list[Shown]) -> list[tuple[Shown, Expression]]:
    return [
        (shown, expression)
        for row, shown in enumerate(frames)
        for expression in expressions_of(np.random.default_rng(row), shown.seen, 8)
    ]


class Reader:
    """Reads the English of simple expressions by itself, from the buffers and the plan."""

    def __init__(self, shown: Shown, words: Mapping[str, ClassWords]) -> None:
        self.ids = shown.gbuffer.instance_id
        self.depth_m = shown.gbuffer.z_depth_m
        self.planned = {each.instance_id: each for each in shown.plan.objects}
        self.visible = [id_ for id_ in self.planned if (self.ids == id_).any()]
        self.words = words

    def names(self, planned: PlannedObject) -> set[str]:
        """Returns all that an object may be called, plurals too."""
        first, _, rest = planned.label.partition(" ")
        several = {f"{first}s {rest}"} if " of " in planned.label and planned.label != "chest of drawers" else set()
        if planned.label == "chest of drawers" or planned.label.startswith(("stack of ", "pile of ", "bunch of ")):
            return {planned.label} | several
        told = self.words[planned.class_name]
        if "structure" in told.levels:
            return {planned.label}
        found = {planned.label, told.singular, told.plural} | several
        for synonym in set(told.synonyms) & set(SAME):
            found |= {synonym, SAME[synonym]}
        for level in told.levels:
            found |= set(LEVELS.get(level, ()))
        return found

    def called(self, phrase: str) -> set[int]:
        """Returns what is meant by words such as 'brown wooden chairs'."""
        rest, color, substance = phrase.lower(), None, None
        if found := re.match(rf"({COLORS}) (.+)", rest):
            color, rest = found[1], found[2]
        first, _, after = rest.partition(" ")
        meant = {id_ for id_ in self.visible if self.is_called(id_, rest)}
        if not meant and first in SUBSTANCES:
            substance, rest = SUBSTANCES[first], after
            meant = {id_ for id_ in self.visible if self.is_called(id_, rest)}
        return {id_ for id_ in meant if self.looks(id_, color, substance)}

    def is_called(self, id_: int, name: str) -> bool:
        planned = self.planned[id_]
        if planned.class_name == "dresser" and name in ("dresser", "dressers"):
            return True
        return name in self.names(planned)

    def looks(self, id_: int, color: str | None, substance: str | None) -> bool:
        look = self.planned[id_].look
        assert look
        return color in (None, look.color_name) and substance in (None, look.substance)

    def x(self, id_: int) -> float:
        return float(np.nonzero(self.ids == id_)[1].mean()) / self.ids.shape[1]

    def near_m(self, id_: int) -> float:
        return float(np.median(self.depth_m[self.ids == id_]))

    def carries(self, carrier: int, id_: int) -> bool:
        return self.planned[id_].supported_by == carrier


@pytest.fixture(scope="module")
def read(drawn: list[tuple[Shown, Expression]], words: Mapping[str, ClassWords]) -> list[tuple[Reader, Expression]]:
    readers = {id(shown): Reader(shown, words) for shown, _ in drawn}
    return [(readers[id(shown)], expression) for shown, expression in drawn]


def matching(
    read: list[tuple[Reader, Expression]], pattern: str, least: int = 15
) -> list[tuple[Reader, re.Match[str], set[int]]]:
    """Returns the expressions whose whole text fits a pattern; there have to be enough of them to say something."""
    rows = [(reader, re.fullmatch(pattern, each.text), set(each.referents)) for reader, each in read]
    found = [(reader, match, referents) for reader, match, referents in rows if match]
    assert len(found) >= least, f"only {len(found)} of '{pattern}'"
    return found


def of_kinds(read: list[tuple[Reader, Expression]], *kinds: str) -> list[tuple[Reader, Expression]]:
    return [(reader, each) for reader, each in read if each.kind in kinds]


def test_running_the_program_selects_the_referents_and_no_text_is_said_twice_of_a_picture(
    drawn: list[tuple[Shown, Expression]], frames: list[Shown]
) -> None:
    assert len(frames) >= 200
    assert len(drawn) >= 1500
    for shown, each in drawn:
        assert run(each.program, shown.seen) == each.referents
        assert each.referents == tuple(sorted(set(each.referents)))
        assert len(each.referents) == each.program.count
    for shown in frames:
        texts = [each.text for owner, each in drawn if owner is shown]
        assert len(set(texts)) == len(texts)


def test_every_referent_is_visible_with_a_margin(drawn: list[tuple[Shown, Expression]]) -> None:
    for shown, each in drawn:
        ids = shown.gbuffer.instance_id
        assert all((ids == referent).sum() >= 1e-3 * ids.size for referent in each.referents)


def test_names_colors_and_materials_mean_the_referents_and_nothing_else(read: list[tuple[Reader, Expression]]) -> None:
    plain = of_kinds(read, "class", "color", "material")
    assert {each.kind for _, each in plain} == {"class", "color", "material"}
    for reader, match, referents in matching(plain, "the (.+)"):
        assert reader.called(match[1]) == referents, match[0]


def test_counts_mean_all_of_them(read: list[tuple[Reader, Expression]]) -> None:
    numbers = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
    plain = [(reader, each) for reader, each in of_kinds(read, "count") if each.program.tail is None]
    for reader, match, referents in matching(plain, "(?:the |all )?(both|two|three|four|five) (.+)"):
        assert reader.called(match[2]) == referents, match[0]
        assert len(referents) == numbers[match[1]]


def test_order_is_counted_from_the_side_that_is_named(read: list[tuple[Reader, Expression]]) -> None:
    ordinals = {"first": 0, "second": 1, "third": 2}
    for reader, match, referents in matching(read, "the (first|second|third) (.+) from the (left|right)", least=5):
        row = sorted(reader.called(match[2]), key=reader.x, reverse=match[3] == "right")
        assert {row[ordinals[match[1]]]} == referents, match[0]
        assert len(row) >= 3
    for reader, match, referents in matching(read, "the (left|right)(?:-hand|most)? (.+)"):
        row = sorted(reader.called(match[2]), key=reader.x, reverse=match[1] == "right")
        assert {row[0]} == referents, match[0]


def test_the_nearest_and_the_farthest_are_so_by_their_depth(read: list[tuple[Reader, Expression]]) -> None:
    for reader, match, referents in matching(read, "the (?:closest|nearest|closer|nearer) (.+)"):
        row = sorted(reader.called(match[1]), key=reader.near_m)
        assert {row[0]} == referents, match[0]
        assert reader.near_m(row[1]) >= max(1.1 * reader.near_m(row[0]), reader.near_m(row[0]) + 0.15) - 1e-5
    for reader, match, referents in matching(read, "the (?:farthest|most distant) (.+)"):
        row = sorted(reader.called(match[1]), key=reader.near_m)
        assert {row[-1]} == referents, match[0]


def test_left_and_right_of_something_hold_for_the_referent_alone(read: list[tuple[Reader, Expression]]) -> None:
    for reader, match, referents in matching(read, "the (.+?) (?:to the )?(left|right) of the (?!picture|image)(.+)"):
        marks = reader.called(match[3])
        assert len(marks) == 1, match[0]
        (mark,) = marks
        sign = 1 if match[2] == "left" else -1
        aside = {id_ for id_ in reader.called(match[1]) - {mark} if sign * (reader.x(mark) - reader.x(id_)) > 0}
        assert aside == referents, match[0]


def test_left_and_right_in_the_picture_hold_for_the_referent_alone(read: list[tuple[Reader, Expression]]) -> None:
    pattern = "the (.+) on the (left|right)(?: side of the picture| of the image)?"
    for reader, match, referents in matching(of_kinds(read, "place", "described"), pattern):
        sign = 1 if match[2] == "left" else -1
        aside = {id_ for id_ in reader.called(match[1]) if sign * (0.5 - reader.x(id_)) > 0}
        assert aside == referents, match[0]


def test_what_is_on_something_stands_on_it_and_nothing_else_of_the_name_does(
    read: list[tuple[Reader, Expression]],
) -> None:
    pattern = "the (.+?) (?:that is )?on the (?!floor|wall|left|right|picture)(.+)"
    for reader, match, referents in matching(of_kinds(read, "on"), pattern):
        (carrier,) = reader.called(match[2])
        assert {id_ for id_ in reader.called(match[1]) if reader.carries(carrier, id_)} == referents, match[0]


def volume_m3(planned: PlannedObject) -> float:
    """Returns how large an asset's box is, or a ball's or block's own."""
    if planned.look and planned.look.size_m:
        return float(np.prod(planned.look.size_m))
    shapes: list[Box | Sphere] = [*planned.boxes, *planned.spheres]
    (shape,) = shapes
    return (2 * shape.radius_m) ** 3 if isinstance(shape, Sphere) else float(np.prod(shape.size_m))


def test_the_largest_is_so_in_the_picture_and_in_the_world(drawn: list[tuple[Shown, Expression]]) -> None:
    found = 0
    for shown, each in drawn:
        if each.kind == "size" and re.match("the (largest|biggest|larger|bigger) ", each.text):
            planned = {one.instance_id: one for one in shown.plan.objects}
            sizes = {thing.instance_id: thing.share for thing in shown.seen.things if each.program.noun.matches(thing)}
            (first,) = each.referents
            alike = [id_ for id_ in sizes if not each.program.adjectives and id_ != first]
            found += 1
            for other in alike:
                assert sizes[first] >= 1.3 * sizes[other]
                assert volume_m3(planned[first]) > 1.3 * volume_m3(planned[other])
    assert found >= 10


def test_all_kinds_appear_none_too_often_and_expressions_vary(drawn: list[tuple[Shown, Expression]]) -> None:
    kinds = Counter(each.kind for _, each in drawn)
    assert set(kinds) == set(KINDS)
    assert max(kinds.values()) <= 0.2 * len(drawn)
    assert len({each.text for _, each in drawn}) >= 0.5 * len(drawn)
    assert {each.program.count for _, each in drawn} >= {1, 2, 3}


def test_a_few_expressions_are_of_as_many_kinds(frames: list[Shown]) -> None:
    for row, shown in enumerate(frames[:10]):
        few = expressions_of(np.random.default_rng(row), shown.seen, 5)
        assert len({each.kind for each in few}) == len(few)


def test_the_same_seed_draws_the_same_and_another_does_not(frames: list[Shown]) -> None:
    for shown in frames[:3]:
        first, again, other = (expressions_of(np.random.default_rng(seed), shown.seen, 20) for seed in (3, 3, 4))
        assert first == again
        assert first != other


def test_the_english_is_sound(drawn: list[tuple[Shown, Expression]]) -> None:
    for _, each in drawn:
        text, noun = each.text, each.program.noun
        assert not re.search(r"\b(\w+) \1\b", text), text
        assert not re.search(r"\ba [aeiou]|\ban [^aeiou]", text), text
        assert not re.search(r"\b(the|a|an|both|all) (the|a|an)\b", text), text
        assert re.fullmatch(r"[A-Za-z' -]+", text), text
        assert not re.search(r"[A-Z]", re.sub(r"\b(TVs?|PC|ATM)\b", "", text)), text
        assert text == " ".join(text.split())
        if each.program.count > 1:
            assert re.match(r"(both|(?:all|the) (?:two|three|four|five)) ", text), text
            assert noun.plural in text
            assert not re.search(r"\bthat (is|hangs|tells)\b", text), text
        else:
            assert noun.singular in text or text in noun.alone
            assert not re.search(r"\bthat (are|hang|tell)\b", text), text
            assert re.match(r"(the|a|something|somewhere|what) ", text), text


def test_nothing_is_drawn_from_an_empty_picture(frames: list[Shown]) -> None:
    empty = type(frames[0].seen)((), {})
    assert expressions_of(np.random.default_rng(0), empty, 5) == []
    assert expressions_of(np.random.default_rng(0), frames[0].seen, 0) == []


def test_a_trainer_opens_no_catalog() -> None:
    code = "import sys, scenegen.encoders.referring; assert 'assets_catalog.catalog' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
