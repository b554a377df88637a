"""Sink: a basin that hangs in a hole of the worktop, with a tap."""

from scenegen.recipes.room.built import Block, Element, block, hollow
from scenegen.recipes.room.kitchen.run import TOP_M
from schemas.surface import Surface


def basin_and_tap(hole: Block, steel: Surface) -> list[Element]:
    """Returns a basin of steel that hangs in a hole of the worktop, and its tap."""
    (x0, x1), (d0, d1) = hole.x_m, hole.d_m
    basin = hollow((x0 + 0.002, x1 - 0.002), (d0 + 0.002, d1 - 0.002), (0.72, 0.914), 0.012)
    x = (x0 + x1) / 2
    tap = (
        block((x - 0.016, x + 0.016), (0.06, 0.092), (TOP_M[1], 1.03)),
        block((x - 0.012, x + 0.012), (0.092, 0.25), (1.008, 1.03)),
        block((x - 0.01, x + 0.01), (0.23, 0.25), (0.985, 1.008)),
        block((x + 0.016, x + 0.06), (0.07, 0.082), (0.96, 0.97)),
    )
    return [Element("kitchen_sink", "kitchen sink", basin, steel), Element("faucet", "faucet", tap, steel)]
