"""Printed matter: books, magazines, newspapers and notebooks, lying."""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.prints import draw_columns, draw_letter, draw_print, draw_title, on_top
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import box
from assets_catalog.sources.builtin.shapes.turnery import lathe

_RULED = look("paper:white", "ece7da", Finish(0.85))


def printed_book(rng: np.random.Generator) -> Shape:
    """Returns one lying book with a printed cover, bound or a paperback."""
    wide, deep, thick = (
        float(rng.uniform(0.105, 0.215)),
        float(rng.uniform(0.165, 0.285)),
        float(rng.uniform(0.009, 0.045)),
    )
    cover = looks.vivid(rng, "paper:cover", float(rng.choice([0.3, 0.55])))
    board = 0.0025 if thick > 0.02 else 0.0008
    x, y = 0.5 * wide, 0.5 * deep
    boards = [box((-x, -y, z), (x, y, z + board), 0.0005) for z in (0.0, thick - board)]
    spine = box((-x - 0.0005, -y + 0.0002, 0.0002), (-x + 0.0025, y - 0.0002, thick - 0.0002), 0.0006)
    set_in = 0.003 if board > 0.001 else 0.0004
    pages = box((-x + 0.001, -y + set_in, 0.5 * board), (x - set_in, y - set_in, thick - 0.5 * board), 0.0003)
    title = draw_title(rng, (wide, deep), cover)
    layers: list[Layer] = [(cover, [*boards, spine]), (looks.WHITE_PAPER, [pages])]
    return Shape([*layers, *title.layers(on_top(wide, deep, thick), 1.0)])


def magazine(rng: np.random.Generator) -> Shape:
    """Returns a magazine with a picture on its cover."""
    wide, deep, thick = (
        float(rng.uniform(0.17, 0.225)),
        float(rng.uniform(0.235, 0.3)),
        float(rng.uniform(0.004, 0.009)),
    )
    front = draw_print(rng, (wide, deep), 0.22)
    body = box((-0.5 * wide, -0.5 * deep, 0.0008), (0.5 * wide - 0.0008, 0.5 * deep - 0.0008, thick - 0.0006), 0.0003)
    covers = [
        box((-0.5 * wide, -0.5 * deep, z), (0.5 * wide, 0.5 * deep, z + 0.0009), 0.0003) for z in (0.0, thick - 0.0009)
    ]
    return Shape([(front.paper, covers), (_RULED, [body]), *front.layers(on_top(wide, deep, thick), 1.0)])


def newspaper(rng: np.random.Generator) -> Shape:
    """Returns a folded newspaper: columns of text below a title, and a picture."""
    wide, deep, thick = float(rng.uniform(0.26, 0.36)), float(rng.uniform(0.2, 0.29)), float(rng.uniform(0.006, 0.016))
    sheets = looks.look("paper:newsprint", looks.tinted(rng, "d8d4c8"), Finish(0.95))
    folds = np.linspace(0.0, thick, int(rng.integers(3, 6)))
    leaves = [
        box(
            (-0.5 * wide + 0.0015 * n, -0.5 * deep, a + 0.0001),
            (0.5 * wide - 0.001 * n, 0.5 * deep - 0.002 * (n % 2), b),
            0.0008,
        )
        for n, (a, b) in enumerate(pairwise(folds.tolist()))
    ]
    front = draw_columns(rng, (wide - 0.03, deep - 0.02), sheets)
    return Shape([(sheets, leaves), *front.layers(on_top(wide - 0.03, deep - 0.02, thick), 1.0)])


def notebook(rng: np.random.Generator) -> Shape:
    """Returns a notebook with a ring binding, closed, or open at a ruled page."""
    x, y, thick = (
        0.5 * float(rng.uniform(0.1, 0.215)),
        0.5 * float(rng.uniform(0.14, 0.3)),
        float(rng.uniform(0.006, 0.018)),
    )
    cover = looks.vivid(rng, "paper:cover", 0.55)
    boards = [box((-x, -y, z), (x, y, z + 0.0012), 0.0004) for z in (0.0, thick - 0.0012)]
    pages = box((-x + 0.002, -y + 0.002, 0.001), (x - 0.002, y - 0.002, thick - 0.0008), 0.0003)
    wire = [
        lathe([(0.62 * thick, -0.0006), (0.75 * thick, -0.0006), (0.75 * thick, 0.0006), (0.62 * thick, 0.0006),
               (0.62 * thick, -0.0006)], 12).turned("y", 0.5 * math.pi).moved(at, y - 0.001, 0.75 * thick)
        for at in np.arange(-x + 0.008, x - 0.006, 0.0085).tolist()
    ]  # fmt: skip
    layers: list[Layer] = [(cover, boards), (_RULED, [pages]), (looks.BLACK_PLASTIC, wire)]
    if rng.random() < 0.5:
        sheet = box((-x + 0.002, -y + 0.002, thick - 0.0004), (x - 0.002, y - 0.008, thick + 0.0005), 0.0002)
        ink = look("paper:ink", "8fa3bd", Finish(0.85))
        rules = [
            box((-x + 0.006, z, thick), (x - 0.006, z + 0.0009, thick + 0.0008), 0.0001)
            for z in np.arange(-y + 0.014, y - 0.03, 0.009).tolist()
        ]
        layers = [*layers, (_RULED, [sheet]), (ink, rules)]
    elif rng.random() < 0.6:
        layers += draw_title(rng, (2 * x, 1.9 * y), cover).layers(on_top(2 * x, 1.9 * y, thick), 1.0)
    return Shape(layers)


def papers(rng: np.random.Generator) -> Shape:
    """Returns a few sheets of paper, askew on each other, the top one written on; or letters in envelopes."""
    wide, deep = (
        (0.21, 0.297) if rng.random() < 0.7 else (float(rng.uniform(0.11, 0.23)), float(rng.uniform(0.15, 0.3)))
    )
    white = look("paper:white", looks.tinted(rng, looks.one_of(rng, ("f2f0ea", "efe9d8", "e6ecf0"))), Finish(0.9))
    layers: list[Layer] = []
    top, turn = 0.0, 0.0
    for _ in range(int(rng.integers(1, 6))):
        thick = float(rng.uniform(0.0006, 0.0022))
        turn = float(rng.normal(0.0, 0.12))
        sheet = box((-0.5 * wide, -0.5 * deep, top + 0.0001), (0.5 * wide, 0.5 * deep, top + thick), 0.0001)
        layers.append((white, [sheet.turned("z", turn)]))
        top += thick
    page = draw_letter(rng, (wide - 0.03, deep - 0.03), white)
    printed = page.layers(on_top(wide - 0.03, deep - 0.03, top), 1.0)
    return Shape([*layers, *((ink, [solid.turned("z", turn) for solid in solids]) for ink, solids in printed)])
