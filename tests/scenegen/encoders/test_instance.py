"""Instance samples: one class, all its objects, colours apart, and what the five steps can read back."""

import math
from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import pytest
from jaxtyping import Int32

from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.classes import countable_of, view_of
from scenegen.encoders.instance import FIXED_ORDER
from scenegen.encoders.masks.recovery import recoverable
from schemas.seeds import rng_for
from schemas.target_spec import InstanceTargetSpec, TargetSpec
from tests.scenegen.encoders.pictures import Sample, Shot, empty_plan, levels_of, picture, samples_of, shown, thing

INSTANCE = ENCODERS["instance"]


@pytest.fixture(scope="module")
def of_rooms(rooms: list[Shot]) -> list[Sample]:
    return samples_of("instance", rooms, 8)


@pytest.fixture(scope="module")
def of_yards(yards: list[Shot]) -> list[Sample]:
    return samples_of("instance", yards, 4)


@pytest.fixture(scope="module")
def samples(of_rooms: list[Sample], of_yards: list[Sample]) -> list[Sample]:
    return of_rooms + of_yards


@pytest.fixture(scope="module")
def in_order(samples: list[Sample]) -> list[Sample]:
    return [each for each in samples if each.said.ordered]


def only(**options: object) -> TargetSpec:
    return TargetSpec(instance=InstanceTargetSpec.model_validate(options))


def ids_of(sample: Sample) -> list[int]:
    return [id_ for entry in sample.target.legend for id_ in entry.instance_ids]


def test_a_thousand_samples_repeat_no_prompt_with_its_legend(samples: list[Sample]) -> None:
    assert len(samples) >= 1000
    legends = [tuple((entry.label, entry.rgb) for entry in each.target.legend) for each in samples]
    assert len({(each.target.prompt, legend) for each, legend in zip(samples, legends, strict=True)}) == len(samples)


def test_colors_are_32_apart_the_backgrounds_too(samples: list[Sample]) -> None:
    for each in samples:
        colors = [entry.rgb for entry in each.target.legend] + [each.said.background_rgb]
        assert min(math.dist(one, other) for one, other in combinations(colors, 2)) >= 32


def test_the_prompt_says_class_background_and_order(samples: list[Sample]) -> None:
    for each in samples[::2]:
        assert each.said.task == "instance"
        (label,) = {entry.label for entry in each.target.legend}
        nouns = [noun for asked in countable_of(view_of(each.gbuffer, each.plan)) for noun in asked.nouns]
        assert any(noun.singular == label and each.said.class_label in noun.words for noun in nouns)
        assert each.target.codec.params == INSTANCE.codec_of(each.said, each.target.legend).params
        if each.said.colors:
            assert each.said.ordered
            assert each.said.colors == tuple(entry.rgb for entry in each.target.legend)
    assert 0.25 < np.mean([each.said.background is None for each in samples]) < 0.35


def test_one_object_is_one_entry_of_one_color_wherever_it_is_seen(samples: list[Sample]) -> None:
    for each in samples[::4]:
        painted = np.full(each.target.rgb.shape, each.said.background_rgb, np.uint8)
        for entry in each.target.legend:
            assert len(entry.instance_ids) == 1
            own = each.gbuffer.instance_id == entry.instance_ids[0]
            assert own.sum() == entry.pixels
            painted[own] = entry.rgb
        np.testing.assert_array_equal(each.target.rgb, painted)
        assert not INSTANCE.codec_of(each.said, each.target.legend).excess(each.target.rgb, each.gbuffer).any()


def test_all_objects_of_the_class_are_painted(samples: list[Sample]) -> None:
    for each in samples:
        levels = {planned.instance_id: levels_of(planned) for planned in each.in_view()}
        shared = set.intersection(*(set(levels[id_]) for id_ in ids_of(each)))
        of_level = [{id_ for id_ in levels if level in levels[id_]} for level in shared]
        label = each.target.legend[0].label
        of_label = {planned.instance_id for planned in each.in_view() if planned.label == label}
        assert set(ids_of(each)) in [*of_level, of_label]


def test_the_prompt_alone_reads_every_decodable_object_from_the_target(samples: list[Sample]) -> None:
    for each in samples[::4]:
        ids, ground = ids_of(each), each.gbuffer.instance_id
        found = recoverable(each.target.rgb, each.said.background_rgb, ground, ids)
        assert found == {entry.instance_ids[0] for entry in each.target.legend if entry.decodable}
        decoded = decode(each.target.rgb, each.target.prompt)
        for id_ in found:
            number = np.bincount(decoded[ground == id_]).argmax()
            either = (decoded == number) | (ground == id_)
            assert number > 0
            assert ((decoded == number) & (ground == id_)).sum() >= 0.95 * either.sum()


def test_at_most_a_tenth_of_the_objects_can_not_be_decoded(of_rooms: list[Sample], of_yards: list[Sample]) -> None:
    lost = [[not entry.decodable for each in of for entry in each.target.legend] for of in (of_rooms, of_yards)]
    in_rooms, in_yards = np.mean(lost[0]), np.mean(lost[1])
    assert in_rooms < 0.02
    assert 0.02 < in_yards < 0.09
    assert np.mean(lost[0] + lost[1]) < 0.07
    for each in of_yards:
        assert sum(entry.decodable for entry in each.target.legend) >= 0.75 * len(each.target.legend)


def test_few_frames_are_asked_nothing(of_rooms: list[Sample], of_yards: list[Sample]) -> None:
    assert len(of_rooms) == 64 * 8
    assert len(of_yards) >= 0.95 * 136 * 4


def test_most_samples_have_several_objects_and_some_have_one(of_rooms: list[Sample]) -> None:
    counts = Counter(len(each.target.legend) for each in of_rooms)
    assert 0.1 < counts[1] / counts.total() < 0.5
    assert max(counts) >= 6


def test_neither_walls_nor_stacks_are_counted_as_what_they_are_not(of_rooms: list[Sample]) -> None:
    labels = {each.target.legend[0].label for each in of_rooms}
    assert not labels & {"wall", "floor", "ceiling", "skirting board", "window sill", "door", "building"}
    for each in of_rooms:
        if each.target.legend[0].label == "book":
            counted = {id_ for entry in each.target.legend for id_ in entry.instance_ids}
            assert not any(" of " in one.label for one in each.plan.objects if one.instance_id in counted)
    assert {"stack of books", "chair", "table", "lamp", "piece of furniture", "curtain"} <= labels


def test_an_order_goes_from_left_to_right(in_order: list[Sample]) -> None:
    assert len(in_order) >= 40
    for each in in_order:
        ground = each.gbuffer.instance_id
        middles = [np.nonzero(ground == id_)[1].mean() for id_ in ids_of(each)]
        assert len(middles) >= 2
        assert min(right - left for left, right in pairwise(middles)) >= 0.02 * ground.shape[1] - 1e-6


def test_a_fixed_order_that_is_not_listed_is_the_one_that_we_fixed(in_order: list[Sample]) -> None:
    unlisted = [each for each in in_order if not each.said.colors]
    assert 0 < len(unlisted) < len(in_order)
    for each in unlisted:
        assert each.said.background is not None
        rest = iter(color for color in FIXED_ORDER if math.dist(color, each.said.background) >= 32)
        assert [entry.rgb for entry in each.target.legend] == [next(rest) for _ in each.target.legend]


def ids_at(*columns: tuple[int, int, int]) -> Int32[np.ndarray, "64 64"]:
    """Returns a picture with one object for each (top, left, right), 30 pixels high."""
    ids = np.zeros((64, 64), np.int32)
    for number, (top, left, right) in enumerate(columns, start=1):
        ids[top : top + 30, left:right] = number
    return ids


def test_what_stands_one_above_the_other_has_no_order() -> None:
    plan, _ = picture(empty_plan(), thing("chair"), thing("chair"))
    spec = only(left_to_right_share=1)
    side_by_side, above = shown(ids_at((0, 0, 20), (0, 40, 60))), shown(ids_at((0, 20, 40), (32, 21, 41)))
    assert all(each.said.ordered for each in samples_of("instance", [(plan, side_by_side)], 10, spec))
    assert not any(each.said.ordered for each in samples_of("instance", [(plan, above)], 10, spec))


def test_one_object_has_one_color_across_an_occluder() -> None:
    plan, _ = picture(empty_plan(), thing("sofa"), thing("floor_lamp"))
    ids = np.zeros((64, 64), np.int32)
    ids[20:40, 4:60], ids[:, 30:34] = 1, 2
    wanted = [each for each in samples_of("instance", [(plan, shown(ids))], 30) if ids_of(each) == [1]]
    assert wanted
    for each in wanted:
        assert each.target.legend[0].decodable
        decoded = decode(each.target.rgb, each.target.prompt)
        np.testing.assert_array_equal(decoded, np.where(ids == 1, 1, 0))


def test_a_class_that_can_not_be_decoded_is_not_asked_for() -> None:
    plan, _ = picture(empty_plan(), thing("chair"), thing("sofa"))
    ids = np.zeros((64, 64), np.int32)
    ids[:, 10] = 1  # a line of one pixel does not survive the erosion
    assert INSTANCE.encode(rng_for("line"), shown(ids), plan, TargetSpec()) is None
    ids[:, 30:50] = 2
    found = samples_of("instance", [(plan, shown(ids))], 30)
    assert {each.target.legend[0].label for each in found} <= {"sofa", "couch"}


def test_walls_are_asked_for_only_where_nothing_else_is() -> None:
    walls = [thing("wall", f"{side} wall", made=True) for side in ("east", "west")]
    bare = picture(empty_plan(), *walls, thing("floor", made=True))
    assert {each.target.legend[0].label for each in samples_of("instance", [bare], 10)} == {"wall"}
    chair = picture(empty_plan(), *walls, thing("chair"))
    assert {each.target.legend[0].label for each in samples_of("instance", [chair], 30)} <= {
        "chair",
        "piece of furniture",
    }


def test_stacks_are_counted_as_stacks_and_never_beside_books() -> None:
    stacks = picture(empty_plan(), thing("book", "stack of books"), thing("book", "stack of books"))
    assert {each.target.legend[0].label for each in samples_of("instance", [stacks], 10)} == {"stack of books"}
    both = picture(empty_plan(), thing("book", "stack of books"), thing("book"))
    assert samples_of("instance", [both], 10) == []


def test_parts_of_a_door_are_no_doors() -> None:
    parts = [thing("door", label, made=True) for label in ("door", "door frame", "door handle")]
    assert samples_of("instance", [picture(empty_plan(), *parts)], 10) == []


def test_a_part_of_a_thing_is_not_one_more_of_it() -> None:
    lights = [thing("traffic_light"), thing("traffic_light", "light of a traffic light", made=True)]
    assert samples_of("instance", [picture(empty_plan(), *lights)], 10) == []


def test_a_wood_is_no_tree() -> None:
    wood = thing("tree", "wood", made=True)
    assert samples_of("instance", [picture(empty_plan(), wood, thing("tree"))], 10) == []
    trees = picture(empty_plan(), thing("tree"), thing("tree"))
    assert {each.target.legend[0].label for each in samples_of("instance", [trees], 10)} == {"tree"}


def test_more_objects_than_colors_are_not_asked_for() -> None:
    plan = picture(empty_plan(), *(thing("chair") for _ in range(41)))[0]
    ids = np.kron(np.arange(49).reshape(7, 7), np.ones((9, 9), np.int64)).astype(np.int32)
    ids[ids > 41] = 0
    assert INSTANCE.encode(rng_for("many"), shown(ids), plan, TargetSpec()) is None
    ids[ids > 40] = 0
    target = INSTANCE.encode(rng_for("many"), shown(ids), plan, TargetSpec())
    assert target is not None
    assert len({entry.rgb for entry in target.legend}) == 40


def test_a_frame_that_shows_nothing_is_asked_nothing() -> None:
    assert INSTANCE.encode(rng_for("sky"), shown(np.zeros((32, 32), np.int32)), empty_plan(), TargetSpec()) is None


def test_the_same_stream_gives_the_same_sample_and_another_one_another(rooms: list[Shot]) -> None:
    plan, gbuffer = rooms[0]
    first, again, other = (INSTANCE.encode(rng_for(key), gbuffer, plan, TargetSpec()) for key in ("a", "a", "b"))
    assert first is not None
    assert again is not None
    assert other is not None
    assert (first.prompt, first.legend) == (again.prompt, again.legend)
    np.testing.assert_array_equal(first.rgb, again.rgb)
    assert first.prompt != other.prompt
