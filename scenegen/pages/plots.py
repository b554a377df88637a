"""Plots as SVG that stands in a page: upright bars, lying bars with names, a map of cells.

Coordinates are those of the drawing's own viewBox, which is about as wide as a telephone: the page decides how large it
is, and its style decides the colours, so that they suit light and dark. All text of others is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import numpy as np
from jaxtyping import Int64

_WIDTH = 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 42.0, 16.0, 10.0, 22.0
_PLOT_HEIGHT = 130.0
_ROW_HEIGHT, _BAR_HEIGHT = 32.0, 7.0
_LINE_CHARACTERS = 48
_MAP_SIDE = 250.0
_LEAST_SHADE = 0.06


def upright_bars(
    shares: Sequence[float], ticks: Mapping[float, str], hints: Sequence[str], colors: Sequence[str] = ()
) -> str:
    """Returns a histogram: a bar for each share, 0 to 1, of the same width.

    `ticks`: where between the bars a label stands, counted in bars -> the label. `hints`: what each bar tells when
    pointed at. `colors`: one for each bar; none: all alike.
    """
    most = max(shares, default=0.0) or 1.0
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(shares), 1)
    bottom = _TOP + _PLOT_HEIGHT
    parts = [*_scale(most), *(_tick(_LEFT + at * step, bottom, label) for at, label in ticks.items())]
    for place, (each, hint) in enumerate(zip(shares, hints, strict=True)):
        height = _PLOT_HEIGHT * each / most
        look = f'fill="{colors[place]}"' if colors else 'class="bar"'
        parts.append(_rect((_LEFT + place * step, bottom - height, max(step - 1, 0.5), height), look, hint))
    return _drawing(_WIDTH, bottom + _BOTTOM, parts)


def lying_bars(shares: Mapping[str, float], texts: Sequence[str]) -> str:
    """Returns a bar for each name, below one another; above each stand its name and its text."""
    most = max(shares.values(), default=0.0) or 1.0
    parts = []
    for row, ((name, each), text) in enumerate(zip(shares.items(), texts, strict=True)):
        top = row * _ROW_HEIGHT
        room = max(8, _LINE_CHARACTERS - len(text))
        shown = name if len(name) <= room else f"{name[: room - 1]}…"
        bar = (0.0, top + 18, max(_WIDTH * each / most, 1.0), _BAR_HEIGHT)
        parts += [
            _text(0.0, top + 13, shown, look='class="name"'),
            _text(_WIDTH, top + 13, text, "end"),
            _rect(bar, 'class="bar" rx="2"', f"{name}: {text}"),
        ]
    return _drawing(_WIDTH, max(len(shares), 1) * _ROW_HEIGHT, parts)


def sphere_map(counts: Int64[np.ndarray, "cells cells"]) -> str:
    """Returns the map of directions, four wide; deeper is more; its circles are the horizon and the far pole."""
    total, most = max(int(counts.sum()), 1), max(int(counts.max()), 1)
    size, cells, left, middle = _MAP_SIDE, counts.shape[0], (_WIDTH - _MAP_SIDE) / 2, _MAP_SIDE / 2
    side = size / cells
    parts = []
    for row, column in np.argwhere(counts > 0).tolist():
        count = int(counts[row, column])
        shade = max((count / most) ** 0.4, _LEAST_SHADE)  # a few cells hold most
        look = f'class="bar" fill-opacity="{shade:.2f}"'
        parts.append(_rect((left + column * side, row * side, side, side), look, f"{count / total:.2%}"))
    for radius in (middle * 2**0.5 / 2, middle - 0.5):
        parts.append(f'<circle cx="{left + middle:g}" cy="{middle:g}" r="{radius:.1f}"/>')
    names = ((0, -0.9, "up"), (0, 0.9, "down"), (-1.18, 0, "left"), (1.19, 0, "right"))
    parts += [_text(left + middle * (1 + x), middle * (1 + y) + 4, name, "middle") for x, y, name in names]
    return _drawing(_WIDTH, size, parts)


def _scale(most: float) -> Iterator[str]:
    """Yields lines at nothing, half and all of the highest bar, with their shares."""
    for part in (0.0, 0.5, 1.0):
        y = _TOP + _PLOT_HEIGHT * (1 - part)
        yield f'<line x1="{_LEFT:g}" x2="{_WIDTH - _RIGHT:g}" y1="{y:g}" y2="{y:g}"/>'
        yield _text(_LEFT - 6, y + 4, f"{most * part:.1%}" if part else "0", "end")


def _tick(x: float, bottom: float, label: str) -> str:
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:g}" y2="{bottom + 4:g}"/>'
    return line + _text(x, bottom + 17, label, "middle")


def _rect(box: tuple[float, float, float, float], look: str, hint: str) -> str:
    """Returns a box: x, y, width, height."""
    x, y, width, height = box
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" {look}>'
        f"<title>{escape(hint)}</title></rect>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", look: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {look}>{escape(text)}</text>'


def _drawing(width: float, height: float, parts: Sequence[str]) -> str:
    return f'<svg class="plot" viewBox="0 0 {width:g} {height:g}" role="img">{"".join(parts)}</svg>'
