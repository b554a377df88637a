"""What each recipe draws within; parts of the RunSpec. Lengths in metres."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.model import Frozen
from schemas.ranges import IntRange, Range, Within

HourName = Literal["day", "overcast", "dawn", "dusk", "night"]
"""When a scene is seen: under a clear sky, a grey one, while the sun is low or just below the horizon, or by lamps."""
HOURS: tuple[HourName, ...] = ("day", "overcast", "dawn", "dusk", "night")
Share = Annotated[float, Field(gt=0, le=1e6)]
Hours = dict[HourName, Share]
_AS_USUAL = "members of HOURS, with shares; none named: as the recipe has it"


class RoomSpec(Frozen):
    """How rooms are drawn."""

    width_m: Annotated[Range, Within(2.5, 12.0)] = Range(low=3.6, high=5.8)
    depth_m: Annotated[Range, Within(2.5, 12.0)] = Range(low=3.4, high=5.2)
    height_m: Annotated[Range, Within(2.2, 4.5)] = Range(low=2.45, high=2.9)
    kinds: dict[str, Share] = Field(
        {"living": 5.0, "bed": 4.0, "kitchen": 4.0, "bath": 2.5, "office": 3.0, "dining": 3.0, "corridor": 1.5},
        description="what rooms are for, with shares; kitchens, baths and corridors have measures of their own",
    )
    shapes: dict[str, Share] = Field(
        {"rectangle": 5.0, "ell": 2.0, "joined": 3.0},
        description="with shares; joined: two rooms with a doorway between them",
    )
    furniture: Annotated[IntRange, Within(0.0, 40.0)] = Field(
        IntRange(low=8, high=24),
        description="pieces of furniture, small things not counted; kitchens, baths and corridors may hold fewer",
    )
    small_things: Annotated[IntRange, Within(0.0, 60.0)] = Field(
        IntRange(low=6, high=34), description="things on support surfaces"
    )
    hours: Hours = Field({}, description=_AS_USUAL)


class TabletopSpec(Frozen):
    """How tables, shelves, boxes and trays are laid, and looked at."""

    things: Annotated[IntRange, Within(1.0, 60.0)] = Field(
        IntRange(low=3, high=40), description="small things that are dropped and come to rest"
    )
    distance_m: Annotated[Range, Within(0.1, 3.0)] = Field(
        Range(low=0.15, high=1.5), description="of the camera from the things that it looks at"
    )
    hours: Hours = Field({}, description=_AS_USUAL)


class StreetSpec(Frozen):
    """How streets are drawn."""

    reach_m: Annotated[Range, Within(100.0, 2000.0)] = Field(
        Range(low=320.0, high=800.0), description="how far land and buildings go on"
    )
    vehicles: Annotated[IntRange, Within(0.0, 60.0)] = IntRange(low=3, high=16)
    people: Annotated[IntRange, Within(0.0, 60.0)] = Field(IntRange(low=0, high=10), description="and animals")
    hours: Hours = Field({}, description=_AS_USUAL)


class HallSpec(Frozen):
    """How warehouses, shops and parking decks are drawn."""

    width_m: Annotated[Range, Within(6.0, 80.0)] = Range(low=12.0, high=36.0)
    length_m: Annotated[Range, Within(10.0, 150.0)] = Range(low=24.0, high=85.0)
    height_m: Annotated[Range, Within(2.4, 20.0)] = Range(low=2.8, high=10.0)
    hours: Hours = Field({}, description=_AS_USUAL)
