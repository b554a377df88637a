"""Prints: what is printed on packs, covers and labels: bands, a picture of blots, words of block letters, small text.

A print is laid out on a sheet of paper (u to the right, v up, from its lower left corner), then put on a plane or
around a cylinder as thin patches, each level a tenth of a millimetre above the one below.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.shape import Layer
from assets_catalog.sources.builtin.shapes.solids import Solid
from assets_catalog.sources.builtin.shapes.upholstery import sheet
from schemas.geometry import Vec3, unit_length

_LEVEL_M, _SUNK_M = 0.00012, 0.0006
_STRONG = ("b3261e", "d98e1f", "1f5f9c", "2f7d4a", "e3b92c", "5a3a7a", "c9486a", "17806d", "7a3b1f", "23324f")
_PALE = ("f3efe4", "f0e3b8", "e2ecf2", "f7f5f0", "dfe9d2", "f3dcd4")
_DARK = ("1d1d20", "23324f", "4a1f1a", "203a2a")
_STROKES: Sequence[Sequence[tuple[float, float, float, float]]] = (
    ((0, 0, 0.3, 1), (0.3, 0.8, 1, 1), (0.3, 0.42, 0.8, 0.58), (0.3, 0, 1, 0.2)),
    ((0, 0, 0.3, 1), (0.7, 0, 1, 1), (0.3, 0.42, 0.7, 0.6)),
    ((0, 0, 0.3, 1), (0.3, 0, 1, 0.2)),
    ((0.35, 0, 0.65, 0.8), (0, 0.8, 1, 1)),
    ((0, 0, 0.28, 1), (0.72, 0, 1, 1), (0.28, 0, 0.72, 0.2), (0.28, 0.8, 0.72, 1)),
    ((0, 0, 0.3, 1), (0.3, 0.8, 1, 1), (0.7, 0.5, 1, 0.8), (0.3, 0.3, 1, 0.5)),
    ((0.33, 0, 0.66, 1),),
    ((0, 0.42, 0.3, 1), (0, 0.8, 1, 1), (0.3, 0.42, 1, 0.58), (0.7, 0, 1, 0.42), (0, 0, 0.7, 0.2)),
)
"""Letters as strokes on a unit square: E H L T O P I S."""

At = Callable[[float, float, float], Vec3]
"""(u, v, height over the surface) -> where that is."""


@dataclass(frozen=True)
class Patch:
    """A rectangle, or the oval in it, of one ink."""

    low: tuple[float, float]
    high: tuple[float, float]
    ink: int
    level: int = 1
    is_oval: bool = False


@dataclass(frozen=True)
class Print:
    """Inks, the paper's own first, and what is printed with them."""

    inks: tuple[AssetMaterial, ...]
    patches: tuple[Patch, ...]
    size_m: tuple[float, float]

    @property
    def paper(self) -> AssetMaterial:
        """Returns what it is printed on."""
        return self.inks[0]

    def layers(self, at: At, step_m: float) -> list[Layer]:
        """Returns the patches on a surface; `step_m`: how broad the facets of a bent one are."""
        return [
            (self.inks[number], [_solid(patch, at, step_m) for patch in self.patches if patch.ink == number])
            for number in range(1, len(self.inks))
        ]


def draw_print(rng: np.random.Generator, size_m: tuple[float, float], gloss: float = 0.4, kind: str = "paper") -> Print:
    """Returns the front of a pack so wide and high."""
    wide, high = size_m
    is_dark = bool(rng.random() < 0.55)
    strong = [_STRONG[at] for at in rng.permutation(len(_STRONG))]
    pale, dark = looks.one_of(rng, _PALE), looks.one_of(rng, _DARK)
    colors = (strong[0], pale, strong[1], dark) if is_dark else (pale, strong[0], strong[1], dark)
    inks = tuple(look(f"{kind}:print", looks.tinted(rng, color), Finish(gloss)) for color in colors)
    title = float(rng.uniform(0.55, 0.68)) * high
    tall = max(min(float(rng.uniform(0.1, 0.17)) * high, 0.24 * wide), min(0.0075, 0.2 * high))
    is_banded = bool(rng.random() < 0.5)
    patches = _word(rng, (0.1 * wide, title), (0.9 * wide, title + tall), 3 if is_banded and not is_dark else 1, 2)
    if is_banded:
        edge = title - 0.03 * high
        patches.append(Patch((0.0, edge), (wide, title + tall + 0.03 * high), 2))
    else:
        patches.append(Patch((0.0, 0.0), (wide, float(rng.uniform(0.08, 0.3)) * high), 2))
    patches += _picture(rng, (0.14 * wide, 0.14 * high), (0.86 * wide, title - 0.06 * high))
    patches += _lines(rng, (0.12 * wide, 0.9 * high), 0.6 * wide, int(rng.integers(1, 3)), 3)
    patches += _lines(rng, (0.12 * wide, 0.09 * high), 0.7 * wide, 2, 1)
    return Print(inks, tuple(patches), size_m)


def draw_title(rng: np.random.Generator, size_m: tuple[float, float], cover: AssetMaterial) -> Print:
    """Returns the front of a book: a title of one to three words, a rule or a picture, a name."""
    (wide, high), is_dark = size_m, sum(cover.color) < 1.5
    ink, other = looks.one_of(rng, _PALE if is_dark else _DARK), looks.one_of(rng, _STRONG)
    inks = (cover, *(look("paper:print", looks.tinted(rng, some), Finish(0.5)) for some in (ink, other)))
    patches, top = list[Patch](), float(rng.uniform(0.72, 0.86)) * high
    tall = float(rng.uniform(0.055, 0.085)) * high
    for _ in range(int(rng.integers(1, 4))):
        inset = float(rng.uniform(0.08, 0.25)) * wide
        patches += _word(rng, (inset, top - tall), (wide - inset, top), 1, 1)
        top -= 1.5 * tall
    if rng.random() < 0.6:
        patches += [Patch((0.2 * wide, 0.25 * high), (0.8 * wide, top - 0.03 * high), 2, 1, bool(rng.random() < 0.5))]
    patches += _lines(rng, (0.3 * wide, 0.1 * high), 0.4 * wide, 1, 1)
    return Print(inks, tuple(patches), size_m)


def draw_columns(rng: np.random.Generator, size_m: tuple[float, float], sheet_of: AssetMaterial) -> Print:
    """Returns a page of a newspaper: a title, columns of small text, a picture in one or two of them."""
    wide, high = size_m
    inks = (
        sheet_of,
        *(look("paper:ink", color, Finish(0.9)) for color in ("3a3a3a", looks.one_of(rng, _STRONG), "8d8a82")),
    )
    patches = _word(rng, (0.05 * wide, 0.86 * high), (0.95 * wide, 0.97 * high), int(rng.integers(1, 3)), 1)
    count, held = int(rng.integers(3, 6)), int(rng.integers(0, 3))
    pitch = wide / count
    for column in range(count):
        pictured = column == held
        if pictured:
            patches += _picture(rng, (column * pitch, 0.5 * high), ((column + 1) * pitch - 0.005, 0.82 * high))
        for v in np.arange(0.02 * high, (0.46 if pictured else 0.8) * high, 0.0042).tolist():
            full = 1.0 if rng.random() < 0.85 else float(rng.uniform(0.3, 0.9))
            patches.append(Patch((column * pitch, v), (column * pitch + full * (pitch - 0.006), v + 0.0018), 3, 1))
    return Print(inks, tuple(patches), size_m)


def draw_letter(rng: np.random.Generator, size_m: tuple[float, float], sheet_of: AssetMaterial) -> Print:
    """Returns a written page: a head, paragraphs of text, perhaps a chart or a table's rules."""
    wide, high = size_m
    colors = ("2c2d30", looks.one_of(rng, _STRONG), "55585c")
    inks = (sheet_of, *(look("paper:ink", color, Finish(0.9)) for color in colors))
    patches = _word(rng, (0.0, 0.93 * high), (0.45 * wide, 0.97 * high), 2, 1)
    top = float(rng.uniform(0.75, 0.86)) * high
    while top > 0.06 * high:
        count = int(rng.integers(2, 8))
        if rng.random() < 0.18:
            patches += _picture(rng, (0.15 * wide, max(top - 0.2 * high, 0.0)), (0.85 * wide, top))
            top -= 0.24 * high
            continue
        for row in range(count):
            long = wide * (float(rng.uniform(0.3, 0.8)) if row == count - 1 else 1.0)
            patches.append(Patch((0.0, top), (long, top + 0.0019), 3, 1))
            top -= 0.0058
            if top < 0.04 * high:
                break
        top -= 0.008
    return Print(inks, tuple(patches), size_m)


def _word(
    rng: np.random.Generator, low: tuple[float, float], high: tuple[float, float], ink: int, level: int
) -> list[Patch]:
    """Returns letters that fill a line, or its first part."""
    tall = high[1] - low[1]
    pitch = float(rng.uniform(0.62, 0.85)) * tall
    room = (high[0] - low[0]) / pitch
    count = max(min(int(room), int(rng.integers(4, 9))), 2)
    pitch *= min(1.0, room / count)
    start = 0.5 * (low[0] + high[0] - count * pitch)
    patches = []
    for number in range(count):
        x = start + number * pitch
        for a, b, c, d in _STROKES[int(rng.integers(len(_STROKES)))]:
            left, right = x + 0.78 * pitch * a, x + 0.78 * pitch * c
            patches.append(Patch((left, low[1] + tall * b), (right, low[1] + tall * d), ink, level))
    return patches


def _lines(rng: np.random.Generator, at: tuple[float, float], wide: float, count: int, ink: int) -> list[Patch]:
    """Returns small text: lines of words too small to read."""
    patches, tall = list[Patch](), max(0.035 * wide, 0.0014)
    for number in range(count):
        x, y = at[0], at[1] - 2.2 * tall * number
        while x < at[0] + wide * (1.0 if number < count - 1 else 0.7):
            long = tall * float(rng.uniform(2.0, 5.0))
            patches.append(Patch((x, y), (x + long, y + tall), ink, 2))
            x += long + 0.9 * tall
    return patches


def _picture(rng: np.random.Generator, low: tuple[float, float], high: tuple[float, float]) -> list[Patch]:
    """Returns a picture: an oval or a frame with rounder things in it."""
    wide, tall = high[0] - low[0], high[1] - low[1]
    patches = [Patch(low, high, int(rng.integers(1, 4)), 2, bool(rng.random() < 0.6))]
    for number in range(int(rng.integers(2, 5))):
        r = float(rng.uniform(0.16, 0.27)) * min(wide, tall)
        x = low[0] + wide * float(rng.uniform(0.32, 0.68))
        y = low[1] + tall * float(rng.uniform(0.32, 0.62))
        patches.append(
            Patch((x - r, y - 0.85 * r), (x + r, y + 0.85 * r), 1 + (patches[0].ink + number) % 3, 3 + number, True)
        )
    return patches


def _solid(patch: Patch, at: At, step_m: float) -> Solid:
    (u0, v0), (u1, v1) = patch.low, patch.high
    over = _LEVEL_M * patch.level
    columns = max(2, min(math.ceil((u1 - u0) / step_m) + 1, 40))
    if not patch.is_oval:
        rows = [(v, u0, u1) for v in (v1, v0)]
    else:
        turns = np.linspace(0.07, math.pi - 0.07, 10).tolist()
        middle, half = 0.5 * (u0 + u1), 0.5 * (u1 - u0)
        rows = [
            (0.5 * (v0 + v1) + 0.5 * (v1 - v0) * math.cos(t), middle - half * math.sin(t), middle + half * math.sin(t))
            for t in turns
        ]
    places = [[(float(u), v) for u in np.linspace(a, b, columns)] for v, a, b in rows]
    low, high = (np.array([[at(u, v, z) for u, v in row] for row in places]) for z in (0.0, over))
    return sheet(high, over + _SUNK_M, unit_length(high - low))


def on_front(width_m: float, low_m: float, y_m: float) -> At:
    """Returns places on an upright plane that looks toward -y, the sheet's lower edge at `low_m`."""
    return lambda u, v, over: (u - 0.5 * width_m, y_m - over, low_m + v)


def on_top(width_m: float, height_m: float, z_m: float) -> At:
    """Returns places on a lying plane that looks up, the sheet's lower edge toward -y."""
    return lambda u, v, over: (u - 0.5 * width_m, v - 0.5 * height_m, z_m + over)


def around(width_m: float, low_m: float, radius_m: float, flat: float = 1.0) -> At:
    """Returns places around a cylinder, or an oval one `flat` as deep as wide, the sheet's middle toward -y."""

    def at(u: float, v: float, over: float) -> Vec3:
        turn = (u - 0.5 * width_m) / radius_m
        return (radius_m + over) * math.sin(turn), -(flat * radius_m + over) * math.cos(turn), low_m + v

    return at
