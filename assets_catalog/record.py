"""Records: what the planner knows of an asset without opening it. A catalog has models, textures and environments.

Object axes of models: z up, front -y, origin at the bottom centre of the box, metres.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from schemas.geometry import Vec3
from schemas.model import Frozen
from schemas.surface import Color

Placement = Literal["floor", "wall", "ceiling", "surface", "street"]
"""Where it belongs: standing on the floor, hung on a wall or from the ceiling, on another's support, out of doors."""

Split = Literal["train", "val", "test"]
"""What an asset may be shown in, for good: see `assets_catalog.splits`."""

ScaleOrigin = Literal["stated", "file", "prior"]
"""Who says how large it is: its source, the unit of its file, or no more than what is usual for its class."""

Substance = Literal[
    "wood", "metal", "fabric", "leather", "glass", "mirror", "plastic", "ceramic", "stone", "paper", "foliage",
    "brick", "tile", "plaster", "concrete", "carpet", "asphalt", "grass", "ground", "bark", "water", "unknown",
]  # fmt: skip
"""What a part or a texture is made of."""


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


class PartLook(Frozen):
    """How one part of a model looks; a part is what shares a material in its file."""

    name: str = Field(description="of the part's material, as the file has it")
    color_name: str = Field(description="a member of `assets_catalog.colors.COLOR_NAMES`")
    color: Color = Field(description="mean of colour and texture over the part's surface")
    substance: Substance = "unknown"
    area_share: float = Field(ge=0, le=1, description="of the model's whole surface")
    opacity: float = Field(1.0, ge=0, le=1)


class Entry(Frozen):
    """What the records of all kinds have."""

    asset_id: str = Field(description="'<source>/<name>', unique in the catalog")
    label: str = Field(description="what a person would call it, lower case, e.g. 'coffee table'")
    license: str = Field(description="SPDX id")
    license_is_override: bool = Field(False, description="the user gave it, where the source states none")
    creator: str
    source: str = Field(description="where it came from, for people: package, file or address")
    source_sha256: str = Field("", description="of the file that it was read from")
    sha256: str = Field(description="of the asset's content, as the catalog keeps it")
    split: Split = "train"
    group: str = Field("", description="sha256 of the first asset that looks like this one: a group shares a split")
    signature: str = Field("", description="what likeness is told by, see `assets_catalog.likeness`")


class AssetRecord(Entry):
    """One model of a catalog."""

    kind: Literal["model"] = "model"
    class_name: str = Field(description="a class of the taxonomy")
    size_m: Vec3 = Field(description="width (x), depth (y), height (z)")
    scale: ScaleOrigin = "stated"
    placement: Placement
    elevation_m: float = Field(0.0, ge=0, description="height of the bottom above the floor, for things on walls")
    supports: tuple[SupportSurface, ...] = ()
    lights: tuple[LightSource, ...] = ()
    parts: tuple[PartLook, ...] = Field((), description="the largest first")
    color_name: str = Field("", description="of the largest share of its surface")
    substance: Substance = "unknown"
    triangles: int = Field(0, ge=0)
    has_glass: bool = Field(False, description="a part lets light through")
    has_holes: bool = Field(False, description="a texture cuts parts out by its alpha")


MapRole = Literal["color", "roughness", "metalness", "normal", "height", "occlusion", "opacity"]
"""What a picture of a texture set says; normals are OpenGL's (green up)."""


class TextureRecord(Entry):
    """A set of pictures that tile, with the size of one tile."""

    kind: Literal["texture"] = "texture"
    substance: Substance
    color_name: str
    color: Color = Field(description="mean of the colour map")
    maps: dict[MapRole, str] = Field(description="role -> name of the file among the catalog's objects")
    size_m: tuple[float, float] = Field(description="width and height of one tile")
    scale: ScaleOrigin = "stated"
    width_px: int = Field(gt=0)
    height_px: int = Field(gt=0)


Place = Literal["indoors", "outdoors", "studio", "unknown"]
"""Where a picture of all directions was taken. Outdoors: by daylight."""


class EnvironmentRecord(Entry):
    """A picture of all directions, equirectangular, in linear light."""

    kind: Literal["environment"] = "environment"
    width_px: int = Field(gt=0)
    height_px: int = Field(gt=0)
    place: Place = "unknown"
    mean_luminance: float = Field(gt=0, description="over the sphere, each pixel by its solid angle")
    contrast: float = Field(description="brightest over mean luminance: above 1000 the sun is in it")
    brightest: tuple[float, float] = Field(
        description="heading (radians counter-clockwise from world +x) and elevation of the brightest place"
    )


AnyRecord = Annotated[AssetRecord | TextureRecord | EnvironmentRecord, Field(discriminator="kind")]

ANY_RECORD: TypeAdapter[AssetRecord | TextureRecord | EnvironmentRecord] = TypeAdapter(AnyRecord)
"""Reads a record of any kind."""
