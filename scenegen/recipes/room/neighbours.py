"""Neighbours: windows of the houses outside that are lit in the dark."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scenegen.recipes.light.windows import INDOORS_W_M2, UNLIT, draw_kinds, lit_surface
from scenegen.recipes.room.piece import Made, Piece
from schemas.recipe_specs import HourName


def with_lit_windows(rng: np.random.Generator, outside: Sequence[Piece], hour: HourName) -> list[Piece]:
    """Returns what lies outside, at an hour: windows that are lit alike are a thing of their own."""
    if hour not in INDOORS_W_M2:
        return list(outside)
    return [part for piece in outside for part in _parts(rng, piece, hour)]


def _parts(rng: np.random.Generator, piece: Piece, hour: HourName) -> list[Piece]:
    made = piece.thing
    if not isinstance(made, Made) or made.label != "house window":
        return [piece]
    kinds = draw_kinds(rng, hour, len(made.boxes))
    return [replace(piece, thing=_of_kind(made, kinds, kind, hour)) for kind in sorted(set(kinds))]


def _of_kind(made: Made, kinds: Sequence[int], kind: int, hour: HourName) -> Made:
    boxes = tuple(box for box, its in zip(made.boxes, kinds, strict=True) if its == kind)
    return replace(made, boxes=boxes, surface=made.surface if kind == UNLIT else lit_surface(made.surface, kind, hour))
