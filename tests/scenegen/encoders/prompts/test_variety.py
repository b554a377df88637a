"""Prompts vary: sentences, registers, notations; and they say no more and no less than is asked for."""

import re
from collections import Counter

import numpy as np
import pytest

from scenegen.encoders.hilbert import PATH_NAMES
from scenegen.encoders.legend import Legend, LegendEntry
from scenegen.encoders.palette import NAMED_COLORS, draw_colors
from scenegen.encoders.prompts import (
    GRAMMARS,
    DepthRequest,
    InstanceRequest,
    NormalsRequest,
    SemanticRequest,
    draw_prompt,
)
from scenegen.encoders.prompts.grammar import Grammar
from tests.scenegen.encoders.prompts.conftest import Requests

SAMPLES = 1000
SEGMENTATION = ("semantic", "instance", "referring")


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.task)
def test_there_are_many_forms_and_none_is_frequent(grammar: Grammar) -> None:
    rng = np.random.default_rng(0)
    forms = Counter(grammar.draw_form(rng) for _ in range(SAMPLES))
    structures = {*grammar.instructions, *grammar.captions}
    segments = grammar.task in SEGMENTATION
    assert len(structures) >= (20 if segments else 10)
    assert len(forms) >= (60 if segments else 30)
    assert max(forms.values()) <= SAMPLES * (0.1 if segments else 0.2)


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.task)
def test_both_registers_are_as_likely(grammar: Grammar) -> None:
    """Of instructions and captions alike: a form that only one of them has tells which it is."""
    rng = np.random.default_rng(0)
    captions = {template.draw_form(rng) for template in grammar.captions for _ in range(200)}
    instructions = {template.draw_form(rng) for template in grammar.instructions for _ in range(200)}
    assert not captions & instructions
    share = np.mean([grammar.draw_form(rng) in captions for _ in range(SAMPLES)])
    assert 0.4 < share < 0.6


@pytest.mark.parametrize("task", SEGMENTATION)
def test_no_prompt_with_its_legend_repeats(task: str, plain: Requests) -> None:
    """An instance prompt says no colours of objects, unless they are in order: they are the other half of the pair."""
    rng = np.random.default_rng(0)
    seen = set()
    for _ in range(SAMPLES):
        colors = draw_colors(rng, 4, 32) if task == "instance" else ()
        seen.add((draw_prompt(rng, plain.draw(rng, task)), colors))
    assert len(seen) == SAMPLES


def test_the_same_generator_gives_the_same_prompt(plain: Requests) -> None:
    request = plain.draw(np.random.default_rng(0), "semantic")
    first, again = (draw_prompt(np.random.default_rng(5), request) for _ in range(2))
    assert first == again


def test_colors_come_in_every_notation_and_legends_in_prose_and_json() -> None:
    rng = np.random.default_rng(0)
    legend = Legend((LegendEntry("chair", (255, 0, 0), ()), LegendEntry("lamp", (171, 205, 239), ())), None)
    prompts = [draw_prompt(rng, SemanticRequest(legend)) for _ in range(SAMPLES)]
    written = (r"\bred\b", "#abcdef", "#ABCDEF", r"[^B]\(171, 205, 239\)", r"<171, 205, 239>", r"RGB\(171, 205, 239\)")
    for pattern in written:
        assert sum(bool(re.search(pattern, prompt)) for prompt in prompts) > SAMPLES / 20, pattern
    assert 0.05 < np.mean(['"chair"' in prompt for prompt in prompts]) < 0.5
    assert np.mean(["the chair" in prompt for prompt in prompts]) > 0.3


def test_a_color_is_named_only_when_it_is_exactly_that() -> None:
    rng = np.random.default_rng(0)
    legend = Legend((LegendEntry("chair", (254, 0, 0), ()), LegendEntry("lamp", (0, 129, 0), ())), None)
    prompts = [draw_prompt(rng, SemanticRequest(legend)) for _ in range(SAMPLES)]
    assert not [prompt for prompt in prompts if re.search(rf"\b({'|'.join(NAMED_COLORS)})\b", prompt)]


def test_a_background_is_said_when_asked_for_only() -> None:
    rng = np.random.default_rng(0)
    said, unsaid = (
        [draw_prompt(rng, InstanceRequest("chair", "chairs", background)) for _ in range(300)]
        for background in ((0, 0, 0), None)
    )
    named = re.compile("black|#000000|0, 0, 0")
    assert all(map(named.search, said))
    assert not any(map(named.search, unsaid))


def test_the_default_depth_curve_and_path_need_no_words_and_the_path_is_told_in_order() -> None:
    rng = np.random.default_rng(0)
    prompts = [draw_prompt(rng, DepthRequest()) for _ in range(SAMPLES)]
    assert not [prompt for prompt in prompts if re.search(r"λ|lambda|\bc =", prompt)]
    telling = [prompt for prompt in prompts if "cyan" in prompt]
    assert 0.3 < len(telling) / SAMPLES < 0.9
    for prompt in telling:
        places = [prompt.index(name) for name in PATH_NAMES]
        assert places == sorted(places)


def test_another_depth_map_or_curve_is_always_said() -> None:
    rng = np.random.default_rng(0)
    for _ in range(300):
        prompt = draw_prompt(rng, DepthRequest("viridis", -4.5, 2.25))
        assert "viridis" in prompt
        assert re.search(r"(λ|lambda) = -4\.5\b", prompt)
        assert re.search(r"\bc = 2\.25 m", prompt)
        assert "cyan" not in prompt


def test_some_normals_prompts_state_the_axes_and_some_do_not() -> None:
    rng = np.random.default_rng(0)
    prompts = [draw_prompt(rng, NormalsRequest()) for _ in range(SAMPLES)]
    assert 0.1 < np.mean(["left" in prompt or "(1 - x)/2" in prompt for prompt in prompts]) < 0.9
