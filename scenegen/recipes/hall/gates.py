"""Gates: large doors in the end wall toward +x, shut, half open or open, with frames, bumpers and a small door."""

from dataclasses import dataclass, field

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import THICK_M, Hole
from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import box
from scenegen.recipes.materials import charts, draw_painted_metal
from scenegen.recipes.materials.draw import Stuff
from schemas.surface import Surface

_PANEL_M = 0.5


@dataclass(frozen=True)
class Gate:
    """One gate."""

    y_m: tuple[float, float]
    high_m: float
    open_share: float


@dataclass
class Gates:
    """The gates of a hall, and the holes that they need."""

    gates: list[Gate] = field(default_factory=list)
    holes: dict[str, list[Hole]] = field(default_factory=dict)

    def build(self, rng: np.random.Generator, site: Site) -> None:
        """Adds frames and the sections of the doors."""
        leaf, trim = _leaf(rng), draw_painted_metal(rng)
        for gate in self.gates:
            _build(site, gate, leaf, trim)


def plan_gates(rng: np.random.Generator, site: Site, free_m: float) -> Gates:
    """Returns gates along the end wall; some are open, so that daylight comes in."""
    half_y, planned = site.hall.half_m[1], Gates()
    wide, high = uniform(rng, 2.8, 4.2), min(uniform(rng, 2.9, 4.6), site.hall.height_m - 1.0)
    count = max(min(int(rng.integers(1, 5)), int(2 * (half_y - 1.0) / (wide + 1.6))), 1)
    for middle in np.linspace(-half_y, half_y, count + 2)[1:-1].tolist():
        share = float(rng.choice([0.0, 0.0, 1.0, 0.55]))
        gate = Gate((middle - wide / 2, middle + wide / 2), high, share)
        planned.gates.append(gate)
        planned.holes.setdefault("east", []).append((*gate.y_m, 0.0, high))
        if share > 0.0:
            site.gates_m.append((1, *gate.y_m, high * share))
    return planned


def _leaf(rng: np.random.Generator) -> Surface:
    chart = charts.TRIMS + charts.PAINTED + charts.STRONG[:2]
    return Stuff("paint", chart, roughness=(0.35, 0.6), wear=(0.2, 0.7)).drawn(rng)


def _build(site: Site, gate: Gate, leaf: Surface, trim: Surface) -> None:
    x, (y0, y1), high = site.hall.half_m[0], gate.y_m, gate.high_m
    frame = [
        box((x - 0.04, y0 - 0.14, 0.001), (x, y0, high + 0.14)),
        box((x - 0.04, y1, 0.001), (x, y1 + 0.14, high + 0.14)),
        box((x - 0.04, y0, high), (x, y1, high + 0.14)),
    ]
    site.boxes("wall", "gate frame", frame, trim)
    low = gate.open_share * high
    sections = np.arange(high, low + 0.15, -_PANEL_M).tolist()
    panels = [
        box((x + 0.06, y0 + 0.005, max(top - _PANEL_M + 0.012, low + 0.002)), (x + 0.1, y1 - 0.005, top))
        for top in sections
    ]
    if panels:
        backing = box((x + 0.075, y0 + 0.006, low + 0.004), (x + 0.085, y1 - 0.006, high - 0.001))
        site.boxes("gate", "roller gate", [*panels, backing], leaf)
    site.take_box((x - 1.0, y0), (x + THICK_M, y1))
