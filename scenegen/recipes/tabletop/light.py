"""Light of a tabletop: the room's window, sun, sky and lamps, and the bulbs of lamps on the table."""

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import AssetRecord
from scenegen.recipes.light.bulbs import bulb_lights
from scenegen.recipes.light.lamps import draw_lit
from scenegen.recipes.room.lighting import Daytime, plan_lights
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Shape
from schemas.scene_plan import Light

_UPRIGHT = 0.9
_LIT_BY_DAY, _LIT_IN_THE_DARK = 0.4, 0.9


def lights_of(
    rng: np.random.Generator,
    shape: Shape,
    daytime: Daytime,
    pieces: list[Piece],
    lamps: list[tuple[AssetRecord, Float64[np.ndarray, "4 4"]]],
) -> tuple[Light, ...]:
    """Returns all lights; `lamps`: models with bulbs that lie or stand on the table, with their poses."""
    around = plan_lights(rng, shape, daytime, pieces)
    return (*around, *(light for record, stands in lamps for light in _bulbs(rng, record, stands, daytime)))


def _bulbs(
    rng: np.random.Generator, record: AssetRecord, object2world: Float64[np.ndarray, "4 4"], daytime: Daytime
) -> tuple[Light, ...]:
    """Returns a light for each bulb; a lamp that lies on its side is off, and so are some by day."""
    lit, chance = draw_lit(rng, record.class_name), rng.random()
    stands = object2world[2, 2] >= _UPRIGHT
    on = stands and chance < (_LIT_IN_THE_DARK if daytime.is_dark else _LIT_BY_DAY)
    return bulb_lights(record, object2world, lit) if on else ()
