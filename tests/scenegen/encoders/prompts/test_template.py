"""A template's forms are those of its brackets, all of them, and its pattern matches no other text."""

import re

import numpy as np
import pytest

from scenegen.encoders.prompts.template import fill, parse_template

TEXT = "Paint <the|every> <image|photo[ here]>[, please]: {legend}."
FORMS = {
    f"Paint {article} {noun}{please}: {{legend}}."
    for article in ("the", "every")
    for noun in ("image", "photo", "photo here")
    for please in ("", ", please")
}


def test_every_form_is_drawn_and_no_other() -> None:
    template, rng = parse_template(TEXT), np.random.default_rng(0)
    assert {template.draw_form(rng) for _ in range(1000)} == FORMS


def test_the_pattern_matches_the_forms_and_nothing_else() -> None:
    pattern = re.compile(parse_template(TEXT).pattern(lambda name: f"(?P<{name}>[a-z]+)"))
    for form in FORMS:
        match = pattern.fullmatch(fill(form, lambda name: name.lower()))
        assert match is not None
        assert match["legend"] == "legend"
    for other in ("Paint the image: red", "Paint the image here: red.", "Paint a photo: red.", "Paint the photo: RED."):
        assert not pattern.fullmatch(other)


def test_what_fills_a_slot_is_not_filled_again() -> None:
    assert fill("a {one} b {two}", lambda name: "{two}" if name == "one" else "x") == "a {two} b x"


@pytest.mark.parametrize("text", ["a]", "[a", "<a|b", "a|b", "[a>", "{a", "a}", "{not a name}"])
def test_brackets_that_do_not_pair_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|closed|brace"):
        parse_template(text)
