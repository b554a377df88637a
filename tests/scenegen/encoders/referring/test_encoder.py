"""Referring targets of planned scenes: what a prompt asks for is what the target shows, and the prompt says it all."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import Int32

from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.encoder import Target
from scenegen.encoders.prompts import parse_prompt
from scenegen.encoders.referring import KINDS, run, seen_of
from scenegen.encoders.referring.encoder import REFERRING
from scenegen.encoders.referring.expressions import Expression, draw_disjoint
from schemas.frame import GBuffer
from schemas.target_spec import ReferringTargetSpec, TargetSpec
from tests.scenegen.encoders.referring.conftest import Shown
from tests.scenegen.encoders.referring.frames import EACH, Sample, read_samples

SPEC = TargetSpec()


@dataclass(frozen=True)
class Drawn:
    """A sample beside its frame."""

    shown: Shown
    sample: Sample

    @property
    def background(self) -> tuple[int, int, int]:
        """Returns the colour that the prompt gives to all that is not asked for."""
        return parse_prompt(self.sample.prompt).background_rgb

    @property
    def index_map(self) -> Int32[np.ndarray, "h w"]:
        """Returns the legend's row at each pixel, or -1."""
        index = np.full(self.shown.gbuffer.instance_id.shape, -1, dtype=np.int32)
        for row, entry in enumerate(self.sample.legend):
            index[np.isin(self.shown.gbuffer.instance_id, entry.instance_ids)] = row
        return index


@pytest.fixture(scope="module")
def samples(written: Path, frames: list[Shown]) -> list[Drawn]:
    return [Drawn(frames[sample.row], sample) for sample in read_samples(written)]


@pytest.fixture(scope="module")
def asked(frames: list[Shown]) -> dict[int, list[Expression]]:
    """Three expressions for the first seed of each frame, drawn again; the sample has the first of them."""
    return {EACH * row: asked_again(EACH * row, shown) for row, shown in enumerate(frames)}


def asked_again(seed: int, shown: Shown) -> list[Expression]:
    rng = np.random.default_rng(seed)
    rng.integers(1, 4)  # how many the sample has
    return draw_disjoint(rng, shown.seen, 3)


def encoded(shown: Shown, seed: int, spec: TargetSpec = SPEC) -> Target | None:
    return REFERRING.encode(np.random.default_rng(seed), shown.gbuffer, shown.plan, spec)


def test_the_task_is_in_the_table() -> None:
    assert ENCODERS["referring"] is REFERRING
    assert (REFERRING.task, REFERRING.tag) == ("referring", "image-segmentation")


def test_nearly_every_frame_has_something_to_ask_for(samples: list[Drawn], frames: list[Shown]) -> None:
    assert len(frames) >= 200
    assert len(samples) >= 1000
    rooms = [drawn for drawn in samples if drawn.shown.plan.recipe == "room"]
    assert len(rooms) == EACH * sum(shown.plan.recipe == "room" for shown in frames)


def test_programs_select_the_referents_that_the_legend_lists(
    samples: list[Drawn], asked: dict[int, list[Expression]]
) -> None:
    firsts = [drawn for drawn in samples if drawn.sample.seed in asked]
    assert len(firsts) >= 200
    for drawn in firsts:
        afresh = seen_of(drawn.shown.gbuffer, drawn.shown.plan)
        expressions = asked[drawn.sample.seed][: len(drawn.sample.legend)]
        for entry, expression in zip(drawn.sample.legend, expressions, strict=True):
            assert (entry.label, entry.instance_ids) == (expression.text, expression.referents)
            assert run(expression.program, afresh) == expression.referents, entry.label


def test_every_referent_is_seen_with_a_margin_and_meant_once(samples: list[Drawn]) -> None:
    for drawn in samples:
        ids = drawn.shown.gbuffer.instance_id
        referents = [each for entry in drawn.sample.legend for each in entry.instance_ids]
        assert len(set(referents)) == len(referents)
        for entry in drawn.sample.legend:
            pixels = [int((ids == each).sum()) for each in entry.instance_ids]
            assert min(pixels) >= 1e-3 * ids.size, entry.label
            assert (entry.pixels, entry.decodable) == (sum(pixels), True)


def test_colors_keep_their_distance_and_so_does_the_background(samples: list[Drawn]) -> None:
    for drawn in samples:
        colors = [*(entry.rgb for entry in drawn.sample.legend), drawn.background]
        apart = [np.linalg.norm(np.subtract(one, other)) for one, other in combinations(colors, 2)]
        assert min(apart) >= 64, drawn.sample.prompt


def test_the_parser_recovers_labels_colors_and_background_in_order(samples: list[Drawn]) -> None:
    for drawn in samples:
        said = parse_prompt(drawn.sample.prompt)
        assert said.task == "referring"
        assert said.legend
        assert said.background == said.legend.background
        assert [(entry.label, entry.rgb) for entry in said.legend.entries] == [
            (entry.label, entry.rgb) for entry in drawn.sample.legend
        ]
        beside = drawn.sample.rgb[drawn.index_map == -1]
        assert (beside == said.background_rgb).all()


def test_the_prompt_alone_decodes_the_target_pixel_by_pixel(samples: list[Drawn]) -> None:
    for drawn in samples:
        truth = drawn.index_map
        assert np.array_equal(decode(drawn.sample.rgb, drawn.sample.prompt), truth), drawn.sample.prompt


def test_the_stored_legend_gives_back_truth_and_excess(samples: list[Drawn]) -> None:
    for drawn in samples[::25]:
        codec = REFERRING.codec_of(parse_prompt(drawn.sample.prompt), drawn.sample.legend)
        assert np.array_equal(codec.truth(drawn.shown.gbuffer), drawn.index_map)
        assert codec.excess(drawn.sample.rgb, drawn.shown.gbuffer).max() == 0
        assert np.array_equal(codec.encode(drawn.shown.gbuffer), drawn.sample.rgb)


def test_no_prompt_and_legend_come_twice(samples: list[Drawn]) -> None:
    pairs = Counter((drawn.sample.prompt, drawn.sample.legend) for drawn in samples)
    assert len(pairs) == len(samples) >= 1000
    words = {tuple(entry.label for entry in drawn.sample.legend) for drawn in samples}
    assert len(words) >= 0.9 * len(samples)


def test_one_two_and_three_are_asked_for_and_the_background_said_as_often_as_the_spec_has_it(
    samples: list[Drawn],
) -> None:
    counts = Counter(len(drawn.sample.legend) for drawn in samples)
    assert set(counts) == {1, 2, 3}
    assert min(counts.values()) >= 0.25 * len(samples)
    said = np.mean([parse_prompt(drawn.sample.prompt).background is not None for drawn in samples])
    assert said == pytest.approx(SPEC.referring.background_share, abs=0.05)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_spec_bounds_expressions_and_backgrounds(frames: list[Shown], share: float) -> None:
    spec = TargetSpec(referring=ReferringTargetSpec(most_expressions=1, background_share=share))
    for seed, shown in enumerate(frames[:20]):
        target = encoded(shown, seed, spec)
        assert target
        assert len(target.legend) == 1
        assert (parse_prompt(target.prompt).background is not None) == (share == 1.0)


def test_every_kind_is_asked_for_and_none_prevails(asked: dict[int, list[Expression]]) -> None:
    kinds = Counter(each.kind for expressions in asked.values() for each in expressions)
    assert set(kinds) == set(KINDS)
    assert max(kinds.values()) <= 0.12 * kinds.total()
    assert min(kinds.values()) >= 0.01 * kinds.total()


def test_expressions_of_a_room_are_of_different_kinds(asked: dict[int, list[Expression]], frames: list[Shown]) -> None:
    rooms = [asked[EACH * row] for row, shown in enumerate(frames) if shown.plan.recipe == "room"]
    assert np.mean([len({each.kind for each in expressions}) == 3 for expressions in rooms]) >= 0.95


def test_the_same_stream_draws_the_same(frames: list[Shown]) -> None:
    for shown in frames[:10]:
        first, again, other = (encoded(shown, seed) for seed in (3, 3, 4))
        assert first
        assert again
        assert other
        assert (first.prompt, first.legend) == (again.prompt, again.legend)
        assert np.array_equal(first.rgb, again.rgb)
        assert first.prompt != other.prompt


def test_another_process_draws_the_same(samples: list[Drawn]) -> None:
    for drawn in samples[:60]:
        again = encoded(drawn.shown, drawn.sample.seed)
        assert again
        assert (again.prompt, again.legend) == (drawn.sample.prompt, drawn.sample.legend)


def test_things_of_a_yard_are_called_what_they_are(samples: list[Drawn]) -> None:
    yards = [drawn for drawn in samples if drawn.shown.plan.recipe == "primitives"]
    labels = {entry.label for drawn in yards for entry in drawn.sample.legend}
    assert len(labels) >= 20
    for drawn in yards:
        planned = {each.instance_id: each for each in drawn.shown.plan.objects}
        for entry in drawn.sample.legend:
            assert {planned[each].label for each in entry.instance_ids} <= {
                "ball",
                "ball on a pole",
                "block",
                "floating box",
            }
            for each in entry.instance_ids:
                noun = planned[each].label
                assert noun in entry.label or f"{noun}s" in entry.label, entry.label


def test_a_frame_that_shows_only_the_building_asks_for_nothing(frames: list[Shown]) -> None:
    shown = frames[0]
    parts = {"wall", "floor", "ceiling", "skirting", "window", "door"}
    building = [each.instance_id for each in shown.plan.objects if each.class_name in parts]
    ids = shown.gbuffer.instance_id
    bare = np.where(np.isin(ids, building), ids, 0).astype(np.int32)
    gbuffer = GBuffer(shown.gbuffer.z_depth_m, shown.gbuffer.normal_cam, bare, bare, bare)
    assert bare.any()
    assert encoded(Shown(shown.plan, gbuffer, seen_of(gbuffer, shown.plan)), 0) is None
    nothing = np.zeros_like(bare)
    empty = GBuffer(np.full(bare.shape, np.inf, np.float32), shown.gbuffer.normal_cam, nothing, nothing, nothing)
    assert encoded(Shown(shown.plan, empty, seen_of(empty, shown.plan)), 0) is None
