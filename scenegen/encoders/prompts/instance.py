"""Prompts for instance segmentation: one class, its objects in colours of their own, and the background if it is said.

Colours are free, or go from left to right in a fixed order, which may be listed. A label in the middle of a sentence
ends where that goes on; one that seems to go on itself is quoted.
"""

import re
from dataclasses import replace

from scenegen.encoders.legend import Rgb
from scenegen.encoders.prompts.grammar import Case, Clause, Grammar, Slot, Value, templates_of
from scenegen.encoders.prompts.notation import COLOR, Notation, read_color
from scenegen.encoders.prompts.phrases import BARE, QUOTED, quote, read_phrase, write_key
from scenegen.encoders.prompts.request import InstanceRequest, ParsedPrompt

_LIKE_A_TAIL = re.compile(r" in (?:the|this) (?:image|input|original|photo|picture|scene|view)$")
"""Such a label's end could be the sentence's."""


def _write_label(label: str) -> str:
    return quote(label) if _LIKE_A_TAIL.search(label) else write_key(label)


def _read_label(parsed: ParsedPrompt, text: str) -> ParsedPrompt:
    return replace(parsed, class_label=read_phrase(text))


def _write_colors(request: InstanceRequest, notation: Notation) -> str:
    written = [notation.write(rgb) for rgb in request.colors]
    return " and ".join([", ".join(written[:-1]), written[-1]]) if len(written) > 1 else written[0]


def _read_colors(parsed: ParsedPrompt, text: str) -> ParsedPrompt:
    return replace(parsed, colors=tuple(map(read_color, re.findall(COLOR, text))))


def _write_background(request: InstanceRequest, notation: Notation) -> str:
    return notation.write(_said(request.background))


def _said(background: Rgb | None) -> Rgb:
    if background is None:
        raise ValueError("no background to write")
    return background


def _read_background(parsed: ParsedPrompt, text: str) -> ParsedPrompt:
    return replace(parsed, background=read_color(text))


def _in_order(parsed: ParsedPrompt) -> ParsedPrompt:
    return replace(parsed, ordered=True)


_VALUES: dict[str, Slot[InstanceRequest]] = {
    "one": Value(f"(?:{QUOTED}|{BARE})", lambda request, _: _write_label(request.singular), _read_label),
    "many": Value(f"(?:{QUOTED}|{BARE})", lambda request, _: _write_label(request.plural), _read_label),
    "colors": Value(rf"{COLOR}(?:(?:, | and ){COLOR})*", _write_colors, _read_colors),
    "color": Value(COLOR, _write_background, _read_background),
}


def _coloring(free: tuple[str, ...], ordered: tuple[str, ...], listed: tuple[str, ...]) -> Clause[InstanceRequest]:
    cases = (
        Case[InstanceRequest](lambda request: not request.ordered, templates_of(*free)),
        Case[InstanceRequest](lambda request: not request.colors, templates_of(*ordered), _in_order),
        Case[InstanceRequest](lambda request: True, templates_of(*listed), _in_order),
    )
    return Clause(cases, _VALUES)


def _background(*texts: str) -> Clause[InstanceRequest]:
    cases = (
        Case[InstanceRequest](lambda request: request.background is None, templates_of("")),
        Case[InstanceRequest](lambda request: True, templates_of(*texts)),
    )
    return Clause(cases, _VALUES)


_SLOTS: dict[str, Slot[InstanceRequest]] = {
    **_VALUES,
    "give": _coloring(
        ("give each one its own color", "paint each one in a different color", "fill each with a color of its own"),
        ("color them from left to right in a fixed order", "color them in a fixed order, going from left to right"),
        ("color them from left to right in {colors}", "paint them, from left to right, in {colors}"),
    ),
    "each": _coloring(
        ("each in its own color", "each in a different color", "no two in the same color"),
        ("colored from left to right in a fixed order", "in a fixed order of colors from left to right"),
        ("colored from left to right in {colors}", "from left to right in {colors}"),
    ),
    "colored": _coloring(
        ("Each one has its own color.", "Different objects have different colors.", "No two share a color."),
        ("Colors follow a fixed order from left to right.", "From left to right, the order of colors is fixed."),
        ("Colors from left to right: {colors}.", "In order from left to right: {colors}."),
    ),
    "on": _background(
        ", with the background in {color}", ", with everything else in {color}", ", on a background of {color}"
    ),
    "background": _background(
        " The background is {color}.", " Background: {color}.", " Everything else is {color}.", " The rest is {color}."
    ),
}

INSTANCE_GRAMMAR = Grammar[InstanceRequest](
    "instance",
    instructions=templates_of(
        "Segment every {one} in <this image|the photo>. {colored}{background}",
        "Generate an instance segmentation of the {many}[ in <this picture|the scene>], {each}{on}.",
        "Find all {many} in <the image|this view> and {give}{on}.",
        "<Separate|Tell apart> the {many} in <this photo|the input>: {give}{on}.",
        "Paint the {many} <one by one|separately>, {each}{on}.",
        "Make an instance map of <this image|the scene> for the class {one}. {colored}{background}",
        "Draw a mask for every {one}[ in <the picture|this photo>]. {colored}{background}",
        "Show which pixels belong to which {one}[ in <this view|the image>]. {colored}{background}",
        "Mark all {many} in <the photo|this image>, object by object. {colored}{background}",
        "I want to count the {many}[ in <this photo|the picture>]: {give}{on}.",
        "Please <segment|mask> the {many} as separate objects, {each}{on}.",
        "Look for {many} <only|and nothing else>, and {give}{on}.",
        "Color the {many}[ in <this image|the scene>] so that they can be told apart, {each}{on}.",
        "Treat every {one}[ in <the view|the photo>] as an instance of its own. {colored}{background}",
        "Reduce <the image|this scene> to its {many}, {each}{on}.",
        "Run instance segmentation on <this photo|the given image> for {many}, {each}{on}.",
        "Where does one {one} end and the next begin? <Draw|Paint> the masks. {colored}{background}",
    ),
    captions=templates_of(
        "An instance segmentation of the {many} in <the input|the photo>, {each}{on}.",
        "This image shows <segmentation masks|instance masks> of the {many}, {each}{on}.",
        "The {many} in <the input|the original> as separate masks, {each}{on}.",
        "All {many} in <the scene|the picture>, {each}{on}.",
        "Instance masks for every {one}[ in the <photo|scene>]. {colored}{background}",
        "A map of the individual {many}[ in the <view|image>]. {colored}{background}",
        "Every {one} in <the view|the image>, masked on its own. {colored}{background}",
        "One mask for each {one}[ in <the input|the photo>]. {colored}{background}",
        "A <picture|mask image> in which the {many} are told apart, {each}{on}.",
        "Object masks of the {many}[ and nothing else], {each}{on}.",
        "The same <view|scene> with the {many} as flat shapes, {each}{on}.",
        "<Segmented|Masked> objects of one class, {one}. {colored}{background}",
    ),
    slots=_SLOTS,
)
