"""Curtains: two gathered panels beside a window and the rod they hang from, as boxes before the wall."""

from itertools import pairwise

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Piece, standing_alone
from scenegen.recipes.room.shape import Opening, Shape, Span
from schemas.scene_plan import Box

_ROD_M = 0.022


def plan_curtains(rng: np.random.Generator, shape: Shape, window: Opening, palette: Palette) -> list[Piece]:
    """Returns both panels and the rod, or nothing where the wall has no space beside or above."""
    rod_z_m = window.z_m[1] + uniform(rng, 0.06, 0.12)
    spans = panel_spans(rng, window)
    roomy = spans[0][0] > 0.1 and spans[1][1] < window.wall.length_m - 0.1
    if not roomy or rod_z_m + 0.1 > shape.height_m:
        return []
    bottom_m = uniform(rng, 0.02, 0.08) if rng.random() < 0.7 else window.z_m[0] - uniform(rng, 0.1, 0.25)
    panels = [_panel(rng, window, span, (bottom_m, rod_z_m), palette) for span in spans]
    return [*panels, _rod(window, (spans[0][0], spans[1][1]), rod_z_m, palette)]


def panel_spans(rng: np.random.Generator, window: Opening) -> tuple[Span, Span]:
    """Returns where the gathered panels hang along the wall, mostly beside the opening."""
    wide_m, over_m = uniform(rng, 0.26, 0.4), uniform(rng, 0.04, 0.14)
    left, right = window.along_m
    return (left + over_m - wide_m, left + over_m), (right - over_m, right - over_m + wide_m)


def _panel(rng: np.random.Generator, window: Opening, span: Span, z_m: Span, palette: Palette) -> Piece:
    """Folds of uneven depth, each a box as tall as the panel."""
    count = max(4, round((span[1] - span[0]) / 0.045))
    edges = np.linspace(*span, count + 1) + np.concatenate([[0], rng.uniform(-0.012, 0.012, count - 1), [0]])
    boxes: list[Box] = []
    for fold, (left, right) in enumerate(pairwise(edges)):
        back_m, front_m = (0.05, 0.085) if fold % 2 else (0.075, 0.105)
        inward_m = (back_m, front_m + uniform(rng, 0.0, 0.01))
        boxes.append(window.wall.box((float(left), float(right)), inward_m, (z_m[0], z_m[1] - 0.005)))
    return standing_alone("curtain", "curtain", boxes, palette.curtain)


def _rod(window: Opening, span: Span, z_m: float, palette: Palette) -> Piece:
    """A rod on two brackets."""
    inward_m = (0.07, 0.07 + _ROD_M)
    rod = window.wall.box((span[0] - 0.06, span[1] + 0.06), inward_m, (z_m, z_m + _ROD_M))
    brackets = [
        window.wall.box((x, x + 0.015), (0.0, 0.07), (z_m + 0.003, z_m + 0.018))
        for x in (span[0] - 0.04, span[1] + 0.025)
    ]
    return standing_alone("curtain_rod", "curtain rod", [rod, *brackets], palette.metal)
