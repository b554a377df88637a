"""Light of a tabletop: the room's window, sun, sky and ceiling, and the bulbs of lamps on the table."""

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.lighting import Daytime, plan_lights
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Shape
from schemas.geometry import aimed
from schemas.scene_plan import Light, flat


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
) -> list[Light]:
    """Returns a point light for each bulb; a lamp that lies on its side is off, and so are some by day."""
    watts, on = uniform(rng, 3.0, 9.0), rng.random()
    if not record.lights or object2world[2, 2] < 0.9 or on > (0.9 if daytime.evening else 0.5):
        return []
    watts *= 0.06 if record.class_name == "candle" else 1.0
    return [
        Light(
            kind="point",
            light2world=flat(aimed(_placed(object2world, bulb.position_m), (0.0, 0.0, -1.0))),
            power=watts / len(record.lights),
            color=bulb.color,
            size_m=(bulb.diameter_m / 2, bulb.diameter_m / 2),
        )
        for bulb in record.lights
    ]


def _placed(
    object2world: Float64[np.ndarray, "4 4"], point_m: tuple[float, float, float]
) -> tuple[float, float, float]:
    x, y, z = (object2world[:3, :3] @ point_m + object2world[:3, 3]).tolist()
    return x, y, z
