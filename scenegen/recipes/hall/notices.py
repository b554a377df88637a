"""Notices: what is written in halls, as strips: numbers of bays, racks and aisles, price tags, labels on goods.

All are thin boxes a millimetre before what bears them, gathered into one object for each of its kind and place.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.gondolas import BAY_M, BOARD_M, Gondola
from scenegen.recipes.hall.markings import line
from scenegen.recipes.hall.racks import Row, Slot
from scenegen.recipes.hall.site import Site, one
from scenegen.recipes.hall.spans import Span, box, moved
from scenegen.recipes.materials import charts, draw_canvas
from scenegen.recipes.materials.draw import Stuff
from schemas.surface import Surface

_STROKES = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}
"""Digit -> its strokes, as of a display: a the top one, then clockwise, g in the middle."""
_TAGGED_M, _LABELLED_M, _PRINTED_M = 8.0, 10.0, 6.0
"""How far from the focus there are price tags, labels on goods, and print on these."""
_OFF_M, _THICK_M = 0.0008, 0.0008


def strokes_of(number: int, high_m: float) -> list[tuple[float, float, float, float]]:
    """Returns a number's strokes, about the origin: from and to across, from and to in height."""
    wide, t = 0.55 * high_m, 0.16 * high_m
    mid, pitch = high_m / 2, 0.82 * high_m
    shapes = {
        "a": (t, wide - t, high_m - t, high_m),
        "b": (wide - t, wide, mid, high_m),
        "c": (wide - t, wide, 0.0, mid),
        "d": (t, wide - t, 0.0, t),
        "e": (0.0, t, 0.0, mid),
        "f": (0.0, t, mid, high_m),
        "g": (t, wide - t, mid - t / 2, mid + t / 2),
    }
    text = str(number)
    start = -(pitch * (len(text) - 1) + wide) / 2
    return [
        (start + at * pitch + a, start + at * pitch + b, c - mid, d - mid)
        for at, digit in enumerate(text)
        for a, b, c, d in (shapes[stroke] for stroke in _STROKES[digit])
    ]


def floor_number(number: int, spot: tuple[float, float], way: int, high_m: float = 0.42) -> list[Span]:
    """Returns a number painted on the floor, read from where `way` (1, -1 along y) looks to."""
    x, y = spot
    return [
        line(
            (x + min(way * a, way * b), y + min(way * c, way * d)),
            (x + max(way * a, way * b), y + max(way * c, way * d)),
        )
        for a, b, c, d in strokes_of(number, high_m)
    ]


def tag_shelves(rng: np.random.Generator, site: Site, runs: Sequence[Gondola]) -> None:
    """Hangs price tags on the rails near the focus, three or four to a bay, some larger ones for offers."""
    plain, offers = list[Span](), list[Span]()
    for run in runs:
        for side in run.sides:
            front = run.middle_m + side * (BOARD_M + 0.015 + 0.0128)
            for bay in range(run.bays):
                x = run.start_m + bay * BAY_M
                if math.dist((x, front), site.hall.focus_m) > _TAGGED_M:
                    continue
                for top in run.levels_m:
                    for at in np.arange(0.08, BAY_M - 0.1, uniform(rng, 0.2, 0.34)).tolist():
                        is_offer = rng.random() < 0.08
                        wide, low = (0.09, top - 0.075) if is_offer else (0.05, top - 0.032)
                        tag = _upright((x + at, x + at + wide), front, side, (low, top + 0.004))
                        (offers if is_offer else plain).append(tag)
    paper = Stuff("paper", charts.OFF_WHITES, roughness=(0.6, 0.8)).drawn(rng)
    loud = Stuff("paper", (charts.STRONG[2], charts.STRONG[0], (0.9, 0.75, 0.1)), roughness=(0.5, 0.7)).drawn(rng)
    _put(site, "price tags", plain, paper)
    _put(site, "offers", offers, loud)


def dress_ends(rng: np.random.Generator, site: Site, runs: Iterable[Gondola]) -> None:
    """Adds a header and a picture to the ends of shelves that stand free."""
    band = Stuff("plastic", charts.STRONG, roughness=(0.3, 0.5)).drawn(rng)
    headers, share = list[Span](), float(rng.choice([0.0, 0.2, 0.4]))
    for run in runs:
        if len(run.sides) < 2:
            continue
        y, half = run.middle_m, BOARD_M - 0.06
        for x, way in ((run.start_m, -1), (run.end_m, 1)):
            headers.append(_across(x, way, (y - half, y + half), (run.high_m - 0.32, run.high_m - 0.06)))
            if rng.random() < share:
                high = uniform(rng, 0.35, 0.6)
                low = run.high_m - 0.4 - high
                at = _across(x, way, (y - 0.8 * half, y + 0.8 * half), (low, low + high))
                site.boxes("picture", "poster", [at], draw_canvas(rng))
    _put(site, "shelf headers", headers, band)


def number_rows(rng: np.random.Generator, site: Site, rows: Sequence[Row], half_deep_m: float) -> None:
    """Hangs a number on the ends of each row of racks, and tags on the beams of those near the focus."""
    if rng.random() < 0.15:
        return
    board = Stuff("plastic", (*charts.STRONG, (0.92, 0.78, 0.12)), roughness=(0.3, 0.5)).drawn(rng)
    ink = Stuff("paint", ((0.95, 0.95, 0.94),) if sum(board.color) < 1.6 else ((0.08, 0.08, 0.09),)).drawn(rng)
    boards, digits, tags = list[Span](), list[Span](), list[Span]()
    first, pale = int(rng.integers(1, 40)), Stuff("paper", (*charts.OFF_WHITES[:1], (0.9, 0.78, 0.2))).drawn(rng)
    for number, row in enumerate(rows):
        low = min(2.1, row.high_m - 0.75)
        for x, way in ((row.post_m(0) - 0.05, -1), (row.end_m + 0.05, 1)):
            y = row.middle_m
            boards.append(_across(x, way, (y - half_deep_m + 0.1, y + half_deep_m - 0.1), (low, low + 0.7), 0.004))
            for a, b, c, d in strokes_of(first + number, 0.4):
                across = (y + way * a, y + way * b)
                digits.append(
                    _across(x + way * 0.005, way, (min(across), max(across)), (low + 0.35 + c, low + 0.35 + d))
                )
        for bay in range(row.bays):
            x = row.post_m(bay) + 1.4
            side = 1 if site.hall.focus_m[1] > row.middle_m else -1
            if math.dist((x, row.middle_m), site.hall.focus_m) < _LABELLED_M:
                face = row.middle_m + side * (half_deep_m - 0.01)
                tags += [
                    _upright((x + at, x + at + 0.12), face, side, (top - 0.09, top - 0.03))
                    for top in row.levels_m
                    for at in (-0.9, -0.06, 0.78)
                ]
    _put(site, "aisle numbers", boards, board)
    _put(site, "numerals", digits, ink)
    _put(site, "rack tags", tags, pale)


def label_goods(rng: np.random.Generator, site: Site, slots: Iterable[Slot], lift_m: float) -> None:
    """Sticks labels with bars on the goods near the focus, on the side that is seen from there."""
    papers, bars = list[Span](), list[Span]()
    for slot in slots:
        if slot.reach_m > _LABELLED_M or slot.goods.class_name != "box":
            continue
        side = 1 if site.hall.focus_m[1] > slot.at_m[1] else -1
        x, y, z = slot.at_m
        wide, high, share = uniform(rng, 0.09, 0.15), uniform(rng, 0.06, 0.11), one(rng, (0.4, 0.8, 1.0))
        place = rng.random(2)
        for a, b, c, d, e, f in moved(slot.load.boxes, (x, y, z + lift_m)):
            outer = e if side > 0 else b
            if side * (outer - y) < 0.5 or rng.random() > share or d - a < wide + 0.05 or f - c < high + 0.03:
                continue
            left = a + 0.02 + (d - a - wide - 0.04) * float(place[0])
            low = c + 0.012 + (f - c - high - 0.024) * float(place[1])
            papers.append(_upright((left, left + wide), outer, side, (low, low + high)))
            if slot.reach_m > _PRINTED_M:
                continue
            face = outer + side * (_OFF_M + _THICK_M)
            bars.append(_upright((left + 0.01, left + 0.6 * wide), face, side, (low + 0.5 * high, low + 0.85 * high)))
            bars.append(_upright((left + 0.01, left + 0.85 * wide), face, side, (low + 0.2 * high, low + 0.3 * high)))
    _put(site, "labels", papers, Stuff("paper", charts.OFF_WHITES[:1], roughness=(0.6, 0.8)).drawn(rng))
    _put(site, "print on labels", bars, Stuff("paper", ((0.1, 0.1, 0.11),), roughness=(0.6, 0.8)).drawn(rng))


def _put(site: Site, label: str, boxes: list[Span], surface: Surface) -> None:
    if boxes:
        site.boxes("sign", label, boxes, surface)


def _upright(x_m: tuple[float, float], face_m: float, side: int, z_m: tuple[float, float]) -> Span:
    """Returns a sheet before a face that looks along y."""
    edges = sorted((face_m + side * _OFF_M, face_m + side * (_OFF_M + _THICK_M)))
    return box((x_m[0], edges[0], z_m[0]), (x_m[1], edges[1], z_m[1]))


def _across(
    face_m: float, way: int, y_m: tuple[float, float], z_m: tuple[float, float], thick_m: float = _THICK_M
) -> Span:
    """Returns a sheet before a face that looks along x."""
    edges = sorted((face_m + way * _OFF_M, face_m + way * (_OFF_M + thick_m)))
    return box((edges[0], y_m[0], z_m[0]), (edges[1], y_m[1], z_m[1]))
