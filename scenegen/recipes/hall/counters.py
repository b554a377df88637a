"""Counters: the front of a shop: its glazing and door, checkouts with their tills, stands with fruit."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import THICK_M, Hole
from scenegen.recipes.hall.site import OVER_M, Site, one
from scenegen.recipes.hall.spans import Span, box, of_spans
from scenegen.recipes.materials import charts, draw_pane, draw_wood
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.thing import of_record
from schemas.geometry import pose

_LIGHT = 20_000
"""Triangles of what stands there in numbers."""


@dataclass
class Front:
    """The glazed end of a shop."""

    panes_m: list[tuple[float, float]] = field(default_factory=list)
    high_m: float = 2.5
    holes: dict[str, list[Hole]] = field(default_factory=dict)

    def build(self, rng: np.random.Generator, site: Site) -> None:
        """Adds frames and panes."""
        x = site.hall.half_m[0] + THICK_M / 2
        frame = Stuff("paint", charts.PAINTED + charts.METALS, roughness=(0.3, 0.5)).drawn(rng)
        pane = draw_pane(rng)
        for y0, y1 in self.panes_m:
            bars: list[Span] = []
            for y in np.linspace(y0 + 0.025, y1 - 0.025, max(round((y1 - y0) / 1.4), 1) + 1).tolist():
                bars.append(box((x - 0.03, y - 0.025, 0.351), (x + 0.03, y + 0.025, self.high_m - 0.001)))
            site.boxes("window", "shop window frame", bars, frame)
            ends = sorted({(a[4], b[1]) for a, b in pairwise(bars)})
            panes = [box((x - 0.005, a + 0.001, 0.352), (x + 0.005, b - 0.001, self.high_m - 0.002)) for a, b in ends]
            site.boxes("window", "shop window", panes, pane)


def build_front(rng: np.random.Generator, site: Site) -> Front:
    """Returns the front: windows beside an open entrance, or a blind wall."""
    front = Front(high_m=min(uniform(rng, 2.3, 3.0), site.hall.height_m - 0.3))
    if rng.random() < 0.3:
        return front
    half_y = site.hall.half_m[1]
    door = uniform(rng, -0.4, 0.4) * half_y
    entrance = (door - 1.1, door + 1.1)
    for y0, y1 in ((-half_y + 0.5, entrance[0] - 0.4), (entrance[1] + 0.4, half_y - 0.5)):
        if y1 - y0 > 1.0:
            front.panes_m.append((y0, y1))
            front.holes.setdefault("east", []).append((y0, y1, 0.35, front.high_m))
    front.holes.setdefault("east", []).append((*entrance, 0.0, min(2.4, front.high_m)))
    site.gates_m.append((1, -half_y + 0.5, half_y - 0.5, front.high_m))
    x = site.hall.half_m[0]
    site.take_box((x - 1.6, entrance[0]), (x, entrance[1]))
    return front


def build_checkouts(rng: np.random.Generator, site: Site, at_m: float) -> None:
    """Adds counters with a belt and a till, side by side, each with a way through beside it."""
    half_y = site.hall.half_m[1]
    body = Stuff("paint", charts.PAINTED + charts.ACCENTS, roughness=(0.3, 0.6), wear=(0.1, 0.5)).drawn(rng)
    rubber = Stuff("plastic", ((0.07, 0.07, 0.08),), roughness=(0.5, 0.7), wear=(0.2, 0.5)).drawn(rng)
    till = Stuff("plastic", charts.PAINTED[3:5] + charts.TRIMS, roughness=(0.3, 0.5)).drawn(rng)
    screen = Stuff("plastic", ((0.03, 0.035, 0.045),), roughness=(0.08, 0.2)).drawn(rng)
    for y in np.arange(-half_y + 2.2, min(half_y - 2.0, -half_y + 2.2 + 2.3 * 5), 2.3).tolist():
        a, b = at_m, at_m + 2.6
        if b > site.hall.half_m[0] - 1.2:
            return
        boxes = [
            box((a, y - 0.3, 0.001), (b, y + 0.3, 0.8)),
            box((a, y - 0.34, 0.8), (b, y - 0.26, 0.9)),
            box((a, y + 0.26, 0.8), (b, y + 0.34, 0.9)),
        ]
        counter = site.boxes("checkout", "checkout", boxes, body)
        site.boxes(
            "checkout", "conveyor belt", [box((a + 0.1, y - 0.22, 0.802), (b - 1.0, y + 0.22, 0.86))], rubber, counter
        )
        parts = [
            box((b - 0.8, y - 0.2, 0.802), (b - 0.4, y + 0.2, 0.95)),
            box((b - 0.62, y - 0.03, 0.95), (b - 0.58, y + 0.03, 1.15)),
            box((b - 0.62, y - 0.18, 1.15), (b - 0.58, y + 0.18, 1.42)),
        ]
        site.boxes("cash_register", "till", parts, till, counter)
        shown = [box((x, y - 0.16, 1.17), (x + 0.0008, y + 0.16, 1.4)) for x in (b - 0.6212, b - 0.5796)]
        shown.append(box((b - 0.78, y - 0.17, 0.9508), (b - 0.66, y + 0.17, 0.9516)))
        site.boxes("cash_register", "till screen", shown, screen)
        site.take_box((a - 0.05, y - 0.4), (b + 0.05, y + 0.4))


def build_fruit(rng: np.random.Generator, site: Site, at_m: float) -> None:
    """Adds stands with bowls of fruit, plants and baskets of the catalog, in two rows."""
    wood, records = draw_wood(rng), [each for each in site.records("fruit", "plant", "basket", "bowl") if _fits(each)]
    for y in (-0.55 * site.hall.half_m[1], 0.1, 0.5 * site.hall.half_m[1]):
        if rng.random() < 0.3:
            continue
        legs = [
            box((i * 0.7 - 0.03, j * 0.4 - 0.03, 0.0), (i * 0.7 + 0.03, j * 0.4 + 0.03, 0.62))
            for i in (-1, 1)
            for j in (-1, 1)
        ]
        top = box((-0.8, -0.45, 0.62), (0.8, 0.45, 0.66))
        stand = of_spans("side_table", "fruit stand", pose((at_m, y, OVER_M), 0.0), [top, *legs], wood)
        if site.stand_own(stand, 0.3) is None:
            continue
        for x in (-0.57, -0.19, 0.19, 0.57) if records else ():
            for dy in (-0.22, 0.22):
                spot = at_m + x + uniform(rng, -0.01, 0.01), y + dy + uniform(rng, -0.01, 0.01), 0.66 + 2 * OVER_M
                site.add(of_record(one(rng, records), spot, uniform(rng, -0.1, 0.1), carrier=stand))


def _fits(record: AssetRecord) -> bool:
    return 0.13 < max(record.size_m[:2]) < 0.36 and record.size_m[2] < 0.5 and record.triangles < _LIGHT
