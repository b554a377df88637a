"""SVG: a few kinds of plots as text that stands in an HTML page: upright bars, lying bars with names, a map of cells.

Coordinates are those of the drawing's own viewBox; the page decides how large it is. All text of others is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import numpy as np
from jaxtyping import Int64

INK, QUIET, BAR, PAPER = "#1f2933", "#66727f", "#3d6fa5", "#e8ecf1"
_WIDTH = 460.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 16.0, 18.0, 22.0
_PLOT_HEIGHT = 170.0
_ROW_HEIGHT, _NAMES, _TEXTS = 20.0, 150.0, 140.0
_MAP_SIDE = 300.0
_LONGEST_NAME = 24


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
        color = colors[place] if colors else BAR
        parts.append(_rect((_LEFT + place * step, bottom - height, max(step - 1, 0.5), height), color, hint))
    return _drawing(_WIDTH, bottom + _BOTTOM, parts)


def lying_bars(shares: Mapping[str, float], texts: Sequence[str]) -> str:
    """Returns a bar for each name, below one another; `texts` stand behind the bars."""
    most = max(shares.values(), default=0.0) or 1.0
    room = _WIDTH - _NAMES - _TEXTS
    parts = []
    for row, ((name, each), text) in enumerate(zip(shares.items(), texts, strict=True)):
        top = row * _ROW_HEIGHT
        width = room * each / most
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        parts += [
            _text(_NAMES - 6, top + 14, shown, "end", INK),
            _rect((_NAMES, top + 3, max(width, 1.0), _ROW_HEIGHT - 6), BAR, f"{name}: {text}"),
            _text(_NAMES + max(width, 1.0) + 6, top + 14, text),
        ]
    return _drawing(_WIDTH, max(len(shares), 1) * _ROW_HEIGHT, parts)


def sphere_map(counts: Int64[np.ndarray, "cells cells"]) -> str:
    """Returns the map of directions, four wide; darker is more; its circles are the horizon and the far pole."""
    total, most = max(int(counts.sum()), 1), max(int(counts.max()), 1)
    size, cells, left, middle = _MAP_SIDE, counts.shape[0], (_WIDTH - _MAP_SIDE) / 2, _MAP_SIDE / 2
    side = size / cells
    parts = []
    for row, column in np.argwhere(counts > 0).tolist():
        count = int(counts[row, column])
        color = _shade((count / most) ** 0.4)  # a few cells hold most
        parts.append(_rect((left + column * side, row * side, side, side), color, f"{count / total:.2%}"))
    for radius in (middle * 2**0.5 / 2, middle - 0.5):
        parts.append(
            f'<circle cx="{left + middle:g}" cy="{middle:g}" r="{radius:.1f}" fill="none" stroke="{QUIET}" '
            'stroke-opacity="0.6"/>'
        )
    names = ((0, -0.98, "up"), (0, 0.98, "down"), (-1.12, 0, "left"), (1.13, 0, "right"))
    parts += [_text(left + middle * (1 + x), middle * (1 + 0.94 * y) + 4, name, "middle") for x, y, name in names]
    return _drawing(_WIDTH, size, parts)


def _scale(most: float) -> Iterator[str]:
    """Yields lines at nothing, half and all of the highest bar, with their shares."""
    for part in (0.0, 0.5, 1.0):
        y = _TOP + _PLOT_HEIGHT * (1 - part)
        yield f'<line x1="{_LEFT:g}" x2="{_WIDTH - _RIGHT:g}" y1="{y:g}" y2="{y:g}" stroke="{PAPER}"/>'
        yield _text(_LEFT - 6, y + 4, f"{most * part:.1%}" if part else "0", "end")


def _tick(x: float, bottom: float, label: str) -> str:
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:g}" y2="{bottom + 4:g}" stroke="{QUIET}"/>'
    return line + _text(x, bottom + 17, label, "middle")


def _shade(share: float) -> str:
    """Returns a colour between paper and the bars', darker beyond."""
    ends = ((232, 236, 241), (61, 111, 165), (16, 42, 84))
    first, second = (ends[0], ends[1]) if share < 0.5 else (ends[1], ends[2])
    part = 2 * share if share < 0.5 else 2 * share - 1
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(first, second, strict=True))


def _rect(box: tuple[float, float, float, float], color: str, hint: str) -> str:
    """Returns a box: x, y, width, height."""
    x, y, width, height = box
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{color}">'
        f"<title>{escape(hint)}</title></rect>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", color: str = QUIET) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'


def _drawing(width: float, height: float, parts: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {width:g} {height:g}" role="img">{"".join(parts)}</svg>'
