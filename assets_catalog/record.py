"""AssetRecord: what the planner knows of an asset without loading its mesh.

Object axes: z up, front -y, origin at the bottom centre of the box, metres.
"""

from typing import Literal

from pydantic import Field

from schemas.geometry import Vec3
from schemas.model import Frozen
from schemas.scene_plan import Color

Placement = Literal["floor", "wall", "ceiling", "surface"]
"""Where it belongs: standing on the floor, hung on a wall, hung from the ceiling, on another's support surface."""


class SupportSurface(Frozen):
    """A horizontal rectangle that can carry smaller things, in object axes."""

    center_m: tuple[float, float]
    size_m: tuple[float, float]
    height_m: float = Field(gt=0, description="above the asset's bottom")


class LightSource(Frozen):
    """A bulb of a lamp, in object axes."""

    position_m: Vec3
    color: Color = (1.0, 0.9, 0.8)
    diameter_m: float = Field(0.06, gt=0)


class AssetRecord(Frozen):
    """One asset of a catalog."""

    asset_id: str = Field(description="'<source>/<name>', unique in the catalog")
    label: str = Field(description="what a person would call it, lower case, e.g. 'coffee table'")
    class_name: str = Field(description="a class of taxonomy.yaml")
    size_m: Vec3 = Field(description="width (x), depth (y), height (z)")
    placement: Placement
    elevation_m: float = Field(0.0, ge=0, description="height of the bottom above the floor, for things on walls")
    supports: tuple[SupportSurface, ...] = ()
    lights: tuple[LightSource, ...] = ()
    license: str = Field(description="SPDX id")
    creator: str
    source: str = Field(description="where it came from, for people: package, file or address")
    sha256: str = Field(description="of the asset's content")
