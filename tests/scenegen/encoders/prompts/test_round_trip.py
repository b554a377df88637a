"""What a prompt says is read back from its text, whatever its labels look like; other text is refused."""

import re
from collections.abc import Callable

import numpy as np
import pytest

from assets_catalog.taxonomy import load_taxonomy
from scenegen.encoders.legend import Legend, LegendEntry
from scenegen.encoders.prompts import (
    GRAMMARS,
    DepthRequest,
    InstanceRequest,
    NormalsRequest,
    ParsedPrompt,
    ReferringRequest,
    Request,
    SemanticRequest,
    draw_prompt,
    parse_prompt,
)
from schemas.errors import DatasetError
from tests.scenegen.encoders.prompts.conftest import TASKS, Requests

DRAWN = 2000


def said_by(request: Request) -> ParsedPrompt:
    """Returns what a prompt for a request must be read as."""
    match request:
        case DepthRequest(color_map, exponent, scale_m):
            return ParsedPrompt("depth", color_map=color_map, exponent=exponent, scale_m=scale_m)
        case NormalsRequest():
            return ParsedPrompt("normals")
        case SemanticRequest(legend):
            return ParsedPrompt("semantic", legend=legend, background=legend.background)
        case ReferringRequest(legend):
            return ParsedPrompt("referring", legend=legend, background=legend.background)
        case InstanceRequest(singular, _, background, ordered, colors):
            return ParsedPrompt("instance", class_label=singular, background=background, ordered=ordered, colors=colors)


@pytest.mark.parametrize("task", TASKS)
def test_every_prompt_is_read_back_and_in_one_way_only(task: str, awkward: Requests) -> None:
    rng = np.random.default_rng(0)
    for _ in range(DRAWN):
        request = awkward.draw(rng, task)
        prompt = draw_prompt(rng, request)
        assert parse_prompt(prompt) == said_by(request), prompt
        assert {parsed for grammar in GRAMMARS for parsed in grammar.readings(prompt)} == {said_by(request)}, prompt


def test_a_long_legend_is_read_back() -> None:
    rng = np.random.default_rng(0)
    entries = tuple(LegendEntry(f"kind {row} and more", (row, 255 - row, 7), ()) for row in range(40))
    legend = Legend(entries, (0, 0, 0))
    for _ in range(200):
        assert parse_prompt(draw_prompt(rng, SemanticRequest(legend))).legend == legend


def test_an_instance_prompt_has_the_class_in_the_singular_or_the_plural() -> None:
    rng = np.random.default_rng(0)
    request = InstanceRequest("bookshelf", "bookshelves")
    labels = [parse_prompt(draw_prompt(rng, request)).class_label for _ in range(300)]
    assert set(labels) == {"bookshelf", "bookshelves"}


def test_the_words_of_the_taxonomy_stand_without_quotes_unless_they_end_in_a_color() -> None:
    rng = np.random.default_rng(0)
    words = {word for kind in load_taxonomy().classes.values() for word in (kind.words, kind.plural, *kind.synonyms)}
    quoted = set()
    for word in sorted(words):
        prompts = [draw_prompt(rng, InstanceRequest(word, word)) for _ in range(3)]
        assert {parse_prompt(prompt).class_label for prompt in prompts} == {word}
        quoted |= {word for prompt in prompts if '"' in prompt}
    assert quoted <= {"orange"}


def test_an_expression_that_names_a_place_in_the_picture_stands_without_quotes() -> None:
    rng = np.random.default_rng(0)
    legend = Legend((LegendEntry("the cup in the lower left corner of the picture", (1, 2, 3), ()),), None)
    prompts = [draw_prompt(rng, ReferringRequest(legend)) for _ in range(300)]
    in_prose = [prompt for prompt in prompts if "{" not in prompt]
    assert len(in_prose) > len(prompts) / 2
    assert not [prompt for prompt in in_prose if '"' in prompt]


def test_the_paper_s_kinds_of_color_are_read() -> None:
    for written in ("red", "Red", "#ff0000", "#FF0000", "(255, 0, 0)", "<255, 0, 0>", "RGB(255, 0, 0)"):
        legend = parse_prompt(f"Paint the lamp {written} and everything else lime.").legend
        assert legend == Legend((LegendEntry("the lamp", (255, 0, 0), ()),), (0, 255, 0))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "can't be read as one for any of depth, normals, semantic, instance, referring"),
        ("A photo of a cat.", "can't be read as one for any of"),
        ("Paint the lamp.", "can't be read as one for any of"),
        ("Paint the lamp (300, 0, 0).", "channel above 255"),
        ("Paint everything else black.", "one entry at least"),
        ("Paint the lamp red.\nAnd more.", "can't be read as one for any of"),
        ('Find what is described and mask it in the color given for it: {"a \\q": "red"}', "Invalid"),
    ],
)
def test_other_text_is_an_error_that_says_why(text: str, reason: str) -> None:
    with pytest.raises(DatasetError, match=re.escape(reason)):
        parse_prompt(text)


def test_a_text_that_could_be_told_apart_in_a_thousand_ways_is_refused_too() -> None:
    """Were all of them tried, this would not end."""
    with pytest.raises(DatasetError, match="can't be read"):
        parse_prompt("Paint " + "the chair red and the lamp " * 100)


@pytest.mark.parametrize(
    ("request_of", "reason"),
    [
        (lambda: DepthRequest("virids"), "did you mean 'viridis'"),
        (lambda: SemanticRequest(Legend((), None)), "one entry at least"),
        (lambda: SemanticRequest(Legend((LegendEntry("Background", (1, 2, 3), ()),), None)), "means the background"),
        (lambda: ReferringRequest(Legend((LegendEntry("the rest", (1, 2, 3), ()),), None)), "means the background"),
        (lambda: InstanceRequest(" ", "chairs"), "must not be empty"),
        (lambda: InstanceRequest("chair", "chairs", colors=((1, 2, 3),)), "ordered=True"),
    ],
)
def test_what_no_prompt_could_say_is_refused(request_of: Callable[[], Request], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        request_of()


def test_an_unsaid_background_is_black() -> None:
    assert ParsedPrompt("semantic").background_rgb == (0, 0, 0)
    assert ParsedPrompt("semantic", background=(1, 2, 3)).background_rgb == (1, 2, 3)
