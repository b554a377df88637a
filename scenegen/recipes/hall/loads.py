"""Loads: what stands on pallets: cartons, crates, sacks, drums, wrapped goods; and the pallets.

A load is a list of units, boxes in its own axes with their feet at z = 0: near the cameras each unit may be an object
of its own, farther off they are one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.site import OVER_M, one
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import charts, draw_cardboard, draw_rough_wood
from scenegen.recipes.materials.draw import Stuff, near
from schemas.surface import Surface

PALLET_M = (0.8, 1.2, 0.144)
"""Width, depth, height of a pallet of the European kind."""


@dataclass(frozen=True)
class Load:
    """Goods for one pallet."""

    class_name: str
    label: str
    surface: Surface
    units: tuple[tuple[Span, ...], ...]

    @property
    def many(self) -> str:
        """Returns what several are called."""
        return self.label if self.label.endswith("goods") else self.label.replace("box", "boxe") + "s"

    @property
    def boxes(self) -> tuple[Span, ...]:
        """All of its boxes."""
        return tuple(box for unit in self.units for box in unit)


@dataclass(frozen=True)
class Goods:
    """One kind of load, as it comes again and again: what it is called, and its look."""

    class_name: str
    label: str
    surface: Surface
    stack: Callable[[np.random.Generator, float, bool], list[tuple[Span, ...]]]
    """(rng, greatest height, whether a column of units is one box) -> units."""

    def load(self, rng: np.random.Generator, high_m: float, is_coarse: bool = False) -> Load:
        """Returns a load at most so high; a coarse one, for far off, is made of few boxes."""
        return Load(self.class_name, self.label, self.surface, tuple(self.stack(rng, high_m, is_coarse)))


def draw_range(rng: np.random.Generator) -> list[Goods]:
    """Returns what a warehouse stores: a dozen kinds of goods, cartons mostly."""
    kinds = [
        _cartons,
        _cartons,
        _cartons,
        _cartons,
        _cartons,
        _pale,
        _wrapped,
        _wrapped,
        _crates,
        _crates,
        _sacks,
        _large,
    ]
    return [kind(rng) for kind in kinds]


def _cartons(rng: np.random.Generator) -> Goods:
    tape = near(rng, charts.TRIMS if rng.random() < 0.3 else charts.CARDBOARDS)
    surface = draw_cardboard(rng, wear=(0.1, 0.5)).model_copy(update={"second_color": tape})
    return Goods("box", "cardboard box", surface, _Bricks(*_grid(rng), float(rng.uniform(0.18, 0.42))))


def _pale(rng: np.random.Generator) -> Goods:
    chart = charts.OFF_WHITES if rng.random() < 0.6 else charts.ACCENTS + charts.STRONG
    surface = Stuff("paper", chart, second=charts.CARDBOARDS, roughness=(0.5, 0.8), wear=(0.0, 0.4)).drawn(rng)
    return Goods("box", "printed box", surface, _Bricks(*_grid(rng), float(rng.uniform(0.16, 0.36))))


def draw_printed(rng: np.random.Generator) -> Goods:
    """Returns printed cartons, as they are piled up in shops."""
    chart = charts.STRONG + charts.ACCENTS + charts.OFF_WHITES
    surface = Stuff("wallpaper", chart, second=chart, roughness=(0.35, 0.6), scale_m=(0.08, 0.25)).drawn(rng)
    return Goods("box", "printed box", surface, _Bricks(*one(rng, ((2, 3), (2, 4), (3, 4))), uniform(rng, 0.14, 0.3)))


def _large(rng: np.random.Generator) -> Goods:
    surface = draw_cardboard(rng).model_copy(update={"second_color": near(rng, charts.PAPERS)})
    return Goods("box", "large cardboard box", surface, _Bricks(1, one(rng, (1, 2)), float(rng.uniform(0.6, 0.95))))


def _wrapped(rng: np.random.Generator) -> Goods:
    chart = charts.OFF_WHITES + charts.TRIMS if rng.random() < 0.7 else charts.PAINTED
    surface = Stuff("plastic", chart, roughness=(0.12, 0.3), wear=(0.0, 0.2)).drawn(rng)
    return Goods("box", "wrapped goods", surface, _Bricks(1, 1, float(rng.uniform(0.7, 1.3)), 0.03))


def _crates(rng: np.random.Generator) -> Goods:
    chart = charts.STRONG if rng.random() < 0.7 else charts.METALS
    surface = Stuff("plastic", chart, roughness=(0.3, 0.6), wear=(0.1, 0.6)).drawn(rng)
    return Goods("crate", "plastic crate", surface, _crate_stack)


def _sacks(rng: np.random.Generator) -> Goods:
    surface = Stuff("fabric", charts.PAPERS + charts.OFF_WHITES, roughness=(0.8, 0.95), wear=(0.1, 0.5)).drawn(rng)
    return Goods("sack", "sack", surface, _Bricks(2, 3, 0.13, 0.006))


def _grid(rng: np.random.Generator) -> tuple[int, int]:
    return one(rng, ((2, 2), (2, 3), (2, 3), (2, 4), (1, 2), (3, 4), (1, 3)))


@dataclass(frozen=True)
class _Bricks:
    """Boxes in layers, each a little off its place; the last layer may lack some."""

    across: int
    along: int
    layer_m: float
    inset_m: float = 0.0

    def __call__(self, rng: np.random.Generator, high_m: float, is_coarse: bool) -> list[tuple[Span, ...]]:
        pitch = min(self.layer_m, high_m) + OVER_M
        layers = max(int(high_m * rng.uniform(0.55, 1.0) / pitch), 1)
        across, along = self.across, self.along
        wide, deep = PALLET_M[0] / across, PALLET_M[1] / along
        left = across * along if rng.random() < 0.6 else int(rng.integers(1, across * along + 1))
        shifts = rng.uniform(-0.004, 0.004, (1 if is_coarse else layers, across * along, 2)).tolist()
        hx, hy = wide / 2 - 0.006 - self.inset_m, deep / 2 - 0.006 - self.inset_m
        units: list[tuple[Span, ...]] = []
        for layer, of_layer in enumerate(shifts):
            low = layer * pitch
            count = left if layer == layers - 1 else across * along
            for number, (dx, dy) in enumerate(of_layer[:count]):
                i, j = divmod(number, along)
                x, y = (i + 0.5 - across / 2) * wide + dx, (j + 0.5 - along / 2) * deep + dy
                tall = (layers if number < left else layers - 1) if is_coarse else 1
                if tall:
                    units.append((box((x - hx, y - hy, low), (x + hx, y + hy, low + tall * pitch - OVER_M)),))
        return units


def _crate_stack(rng: np.random.Generator, high_m: float, is_coarse: bool) -> list[tuple[Span, ...]]:
    """Four columns of open crates, of different heights."""
    tall, units = 0.28, list[tuple[Span, ...]]()
    most = max(int(high_m / (tall + OVER_M)), 1)
    for x in (-0.2, 0.2):
        for y in (-0.3, 0.3):
            count = int(rng.integers(1, most + 1))
            if is_coarse:
                units.append((box((x - 0.19, y - 0.29, 0.0), (x + 0.19, y + 0.29, count * (tall + OVER_M) - OVER_M)),))
                continue
            for layer in range(count):
                units.append(tuple(open_crate(x, y, layer * (tall + OVER_M), (0.385, 0.585, tall))))
    return units


def open_crate(x: float, y: float, low: float, size_m: tuple[float, float, float]) -> list[Span]:
    """Returns a floor, four walls and a rim."""
    hx, hy, high, t = size_m[0] / 2, size_m[1] / 2, low + size_m[2], 0.012
    return [
        box((x - hx + t, y - hy + t, low), (x + hx - t, y + hy - t, low + t)),
        box((x - hx + t, y - hy, low), (x + hx - t, y - hy + t, high - 0.03)),
        box((x - hx + t, y + hy - t, low), (x + hx - t, y + hy, high - 0.03)),
        box((x - hx, y - hy, low), (x - hx + t, y + hy, high - 0.03)),
        box((x + hx - t, y - hy, low), (x + hx, y + hy, high - 0.03)),
        box((x - hx - 0.004, y - hy - 0.004, high - 0.03), (x + hx + 0.004, y - hy + t, high)),
        box((x - hx - 0.004, y + hy - t, high - 0.03), (x + hx + 0.004, y + hy + 0.004, high)),
        box((x - hx - 0.004, y - hy + t, high - 0.03), (x - hx + t, y + hy - t, high)),
        box((x + hx - t, y - hy + t, high - 0.03), (x + hx + 0.004, y + hy - t, high)),
    ]


def pallet_boxes(x: float = 0.0, y: float = 0.0, low: float = 0.0) -> list[Span]:
    """Returns a pallet: three runners with blocks, and boards across; 80 cm along x, 120 along y."""
    boxes = [box((x + a - 0.05, y - 0.6, low), (x + a + 0.05, y + 0.6, low + 0.022)) for a in (-0.35, 0.0, 0.35)]
    for a in (-0.35, 0.0, 0.35):
        for b in (-0.55, 0.0, 0.55):
            boxes.append(box((x + a - 0.05, y + b - 0.05, low + 0.022), (x + a + 0.05, y + b + 0.05, low + 0.122)))
    for b in (-0.53, -0.265, 0.0, 0.265, 0.53):
        boxes.append(box((x - 0.4, y + b - 0.065, low + 0.122), (x + 0.4, y + b + 0.065, low + 0.144)))
    return boxes


def far_pallet(x: float, y: float, low: float) -> list[Span]:
    """Returns a pallet for far off: two runners and a deck."""
    runners = [box((x + a - 0.05, y - 0.6, low), (x + a + 0.05, y + 0.6, low + 0.122)) for a in (-0.35, 0.35)]
    return [*runners, box((x - 0.4, y - 0.6, low + 0.122), (x + 0.4, y + 0.6, low + 0.144))]


def draw_pallet(rng: np.random.Generator) -> Surface:
    """Returns the wood of pallets."""
    return draw_rough_wood(rng)
