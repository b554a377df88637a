"""A prompt and its legend as HTML: each colour that the prompt gives has a square of that colour before it.

Only what is a colour of this prompt counts: "the red chair" gets no square, unless red is in its legend.
"""

import re
from collections.abc import Iterator
from html import escape

from scenegen.dataset.sheet_legend import legend_entries
from scenegen.encoders.legend import Rgb
from scenegen.encoders.prompts import parse_prompt
from scenegen.encoders.prompts.notation import COLOR, read_color
from scenegen.pages.document import swatch
from schemas.triplet import Triplet

_COLOR = re.compile(COLOR)


def prompt_html(row: Triplet) -> str:
    """Returns the prompt of a row, and below it the legend where its task has one.

    Raises DatasetError for a prompt that no grammar writes.
    """
    prompt = row.edit_prompt
    text = "".join(_parts(prompt, _colors_of(prompt)))
    return f'<p class="prompt">{text}</p>{_legend(row)}'


def _colors_of(prompt: str) -> set[Rgb]:
    """Returns the colours that a prompt says."""
    said = parse_prompt(prompt)
    listed = [] if said.legend is None else [entry.rgb for entry in said.legend.entries]
    background = [] if said.background is None else [said.background]
    return {*listed, *said.colors, *background}


def _parts(prompt: str, colors: set[Rgb]) -> Iterator[str]:
    end = 0
    for found in _COLOR.finditer(prompt) if colors else ():
        yield escape(prompt[end : found.start()])
        rgb = read_color(found[0])
        square = swatch(rgb) if rgb in colors else ""
        yield f'<span class="color">{square}{escape(found[0])}</span>'
        end = found.end()
    yield escape(prompt[end:])


def _legend(row: Triplet) -> str:
    entries = legend_entries(row.legend, row.edit_prompt)
    if not entries:
        return ""
    items = (f"<li>{''.join(map(swatch, entry.colors))}{escape(entry.label)}</li>" for entry in entries)
    return f'<ul class="legend">{"".join(items)}</ul>'
