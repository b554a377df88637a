"""Rest: what things are put on: a rectangle at a height, and the solids around it that they can't fall through."""

from dataclasses import dataclass

from scenegen.recipes.room.piece import Piece
from scenegen.recipes.solid import Solid
from scenegen.recipes.tabletop.physics import Fixed
from schemas.geometry import pose
from schemas.scene_plan import Box

_DEEP_M = 0.3


@dataclass(frozen=True)
class Rest:
    """Where things come to lie."""

    carrier: Piece
    """The piece that bears them."""
    area: Solid
    """The rectangle in the world; from its height up to what is above."""
    fixed: tuple[Fixed, ...]
    """What doesn't move, for the physics."""
    is_box: bool = False
    """Whether they lie in a box, any way up."""
    kept_free: tuple[Solid, ...] = ()
    """Where something else stands."""
    share: float = 1.0
    """Of the things that are put down."""

    @property
    def height_m(self) -> float:
        """Of the rectangle."""
        return self.area.bottom_m


def slab_under(area: Solid) -> Fixed:
    """Returns the solid ground of a rectangle."""
    size_m = 2 * area.half_m[0], 2 * area.half_m[1], _DEEP_M
    return Fixed(
        (Box(center_m=(0.0, 0.0, -_DEEP_M / 2), size_m=size_m),), pose((*area.center_m, area.bottom_m), area.yaw_rad)
    )
