"""Notation: how one prompt writes its colours: `#ff8000`, `(255, 128, 0)`, `<255, 128, 0>`, `RGB(255, 128, 0)`, names.

A name is written only for exactly that colour; names are CSS's, see `scenegen.encoders.palette`. One prompt keeps to
one notation, with names where it has them and there are any. Reading takes any of them, in either case.
"""

import re
from dataclasses import dataclass

import numpy as np

from scenegen.encoders.legend import Rgb
from scenegen.encoders.palette import NAME_OF_COLOR, NAMED_COLORS

_FORMATS = ("#{:02x}{:02x}{:02x}", "#{:02X}{:02X}{:02X}", "({}, {}, {})", "<{}, {}, {}>", "RGB({}, {}, {})")
_NAMED_SHARE = 0.7

COLOR_WORD = rf"(?i:{'|'.join(NAMED_COLORS)})"
"""Matches a colour's name."""
ANGLED = r"<[0-9]{1,3}, [0-9]{1,3}, [0-9]{1,3}>"
"""Matches <r, g, b>."""
COLOR = rf"(?:\b{COLOR_WORD}\b|#[0-9a-fA-F]{{6}}|(?:RGB)?\([0-9]{{1,3}}, [0-9]{{1,3}}, [0-9]{{1,3}}\)|{ANGLED})"
"""Matches a colour in any notation."""


@dataclass(frozen=True)
class Notation:
    """How to write colours that have no name, and whether to name those that have one."""

    form: str
    named: bool

    def write(self, rgb: Rgb) -> str:
        """Returns a colour as text."""
        if self.named and rgb in NAME_OF_COLOR:
            return NAME_OF_COLOR[rgb]
        return self.form.format(*rgb)


def draw_notation(rng: np.random.Generator) -> Notation:
    """Returns the notation of one prompt."""
    return Notation(_FORMATS[int(rng.integers(len(_FORMATS)))], bool(rng.random() < _NAMED_SHARE))


def read_color(text: str) -> Rgb:
    """Returns the colour that a text, matched by COLOR, stands for; raises ValueError for channels above 255."""
    if text.lower() in NAMED_COLORS:
        return NAMED_COLORS[text.lower()]
    if text.startswith("#"):
        red, green, blue = bytes.fromhex(text[1:])
    else:
        red, green, blue = map(int, re.findall(r"\d+", text))
    if max(red, green, blue) > 255:
        raise ValueError(f"the color {text} has a channel above 255")
    return red, green, blue
