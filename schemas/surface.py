"""Surface: how a planned shape looks; an asset has materials of its own, which a plan may recolour."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.model import Frozen

Color = tuple[
    Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)]
]
"""sRGB as in a paint chart, 0 to 1, not linear."""

Finish = Literal[
    "paint", "plaster", "wallpaper", "brick", "tiles", "concrete", "stone", "planks", "wood", "carpet", "rug",
    "fabric", "leather", "metal", "plastic", "ceramic", "paper", "canvas", "glass", "mirror", "ground", "asphalt",
    "grass", "bark", "foliage", "water",
]  # fmt: skip
"""How a surface without an asset's own material looks; `scenegen.blender.finishes` has one function for each."""
PANES: frozenset[Finish] = frozenset({"glass", "mirror"})
"""Finishes of what is taken out of the truth where the policy for glass is `through`."""


class Surface(Frozen):
    """The look of a planned shape."""

    finish: Finish
    color: Color
    second_color: Color | None = Field(None, description="of joints, stripes or patches; None: what goes with color")
    roughness: float = Field(0.6, ge=0, le=1)
    scale_m: float = Field(1.0, gt=0, description="width of a plank, side of a tile, size of the grain")
    wear: float = Field(0.0, ge=0, le=1, description="stains, scratches and faded places; 0 is new")
    relief: float = Field(1.0, ge=0, le=4, description="multiplies the finish's own bump, which only pictures show")
    variant: int = Field(0, ge=0, lt=2**31, description="two surfaces of one finish and another variant are not alike")
    glow_w_m2: float = Field(
        0.0,
        ge=0,
        description="light that it sends out in its colour, to all sides; it is seen, in mirrors too, and lights "
        "nothing: where it should, a Light stands for it",
    )
    texture: str | None = Field(
        None, description="asset_id of a set of pictures, shown at its own size in place of finish and colour"
    )


class Recolor(Frozen):
    """Another colour for one part of an asset, as its record numbers them."""

    part: int = Field(ge=0, description="index in the record's `parts`")
    color: Color
