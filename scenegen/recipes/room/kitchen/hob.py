"""Hob: glass or gas, with an oven below."""

import numpy as np

from scenegen.recipes.room.built import Block, Element, block
from scenegen.recipes.room.kitchen.run import BLACK, DEEP_M, TOP_M
from scenegen.recipes.room.shape import Span
from schemas.surface import Surface


def hob_and_oven(rng: np.random.Generator, span: Span, steel: Surface, appliance: Surface) -> list[Element]:
    """Returns a hob of glass or gas, with an oven below."""
    top, x = TOP_M[1], sum(span) / 2
    slab = block((span[0] + 0.02, span[1] - 0.02), (0.07, 0.57), (top, top + 0.008))
    gas = rng.random() < 0.5
    low = block((span[0] + 0.003, span[1] - 0.003), (DEEP_M, DEEP_M + 0.02), (0.13, 0.74))
    panel = block((span[0] + 0.003, span[1] - 0.003), (DEEP_M, DEEP_M + 0.02), (0.745, 0.865))
    pane = block((span[0] + 0.07, span[1] - 0.07), (DEEP_M + 0.02, DEEP_M + 0.023), (0.24, 0.64))
    bar = block((span[0] + 0.06, span[1] - 0.06), (DEEP_M + 0.035, DEEP_M + 0.05), (0.685, 0.7))
    feet = [
        block((at - 0.008, at + 0.008), (DEEP_M + 0.02, DEEP_M + 0.035), (0.685, 0.7))
        for at in (span[0] + 0.08, span[1] - 0.08)
    ]
    knobs = [
        block((x + off - 0.017, x + off + 0.017), (DEEP_M + 0.02, DEEP_M + 0.04), (0.788, 0.822))
        for off in (-0.2, -0.12, 0.12, 0.2)
    ]
    elements = [
        Element("cooktop", "cooktop", (slab,), steel if gas else BLACK, () if gas else (_rest(span, top + 0.008),)),
        Element("oven", "oven", (low, panel), appliance),
        Element("oven", "oven door", (pane,), BLACK),
        Element("door_handle", "oven handle", (bar, *feet, *knobs), steel),
    ]
    grate = Element("cooktop", "burner grate", _grates(span), BLACK, (_rest(span, top + 0.03),))
    return [*elements, grate] if gas else elements


def _rest(span: Span, top_m: float) -> Block:
    return block((span[0] + 0.1, span[1] - 0.1), (0.1, 0.54), (top_m - 0.01, top_m))


def _grates(span: Span) -> tuple[Block, ...]:
    """Returns bars over four burners, just above the steel."""
    z_m, x = (TOP_M[1] + 0.008, TOP_M[1] + 0.03), sum(span) / 2
    lengthwise = [block((x + off - 0.006, x + off + 0.006), (0.1, 0.54), z_m) for off in (-0.2, -0.07, 0.07, 0.2)]
    return tuple(lengthwise)
