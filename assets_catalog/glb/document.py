"""The JSON of our GLB files: the part of glTF 2.0 that we write, and nothing else is read.

Format: Khronos glTF 2.0 (ISO/IEC 12113:2022), chapter 5; `KHR_materials_emissive_strength`. No URI, sparse accessor,
skin or animation is in it, so none can be in a file that we read. What glTF can't hold exactly stands in `extras`:
a material's sRGB colour, which glTF wants as linear light, and which vertices are one point.
"""

from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from schemas.model import Frozen
from schemas.surface import Color

FLOAT: Final = 5126
UNSIGNED_BYTE: Final = 5121
UNSIGNED_SHORT: Final = 5123
UNSIGNED_INT: Final = 5125
VERTICES: Final = 34962
INDICES: Final = 34963
EMISSIVE_STRENGTH: Final = "KHR_materials_emissive_strength"

Share = Annotated[float, Field(ge=0, le=1)]
Row = Annotated[int, Field(ge=0)]
"""Counts from 0 in one of the document's lists."""


class _Json(Frozen):
    """An object of the document; keys in camel case."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, strict=True)


class Header(_Json):
    """What the file is."""

    version: Literal["2.0"] = "2.0"
    generator: Literal["scenegen"] = "scenegen"


class Buffer(_Json):
    """The binary chunk."""

    byte_length: int = Field(gt=0)


class BufferView(_Json):
    """A run of bytes of the binary chunk."""

    buffer: Literal[0] = 0
    byte_offset: int = Field(ge=0)
    byte_length: int = Field(gt=0)
    target: Literal[34962, 34963] | None = None


class Accessor(_Json):
    """The numbers of one buffer view, all of it."""

    buffer_view: Row
    component_type: Literal[5121, 5123, 5125, 5126]
    count: int = Field(gt=0)
    type: Literal["SCALAR", "VEC2", "VEC3"]
    min: tuple[float, ...] | None = None
    max: tuple[float, ...] | None = None


class Attributes(_Json):
    """Accessors with a row for each vertex."""

    position: Row = Field(alias="POSITION")
    normal: Row = Field(alias="NORMAL")
    uv: Row = Field(alias="TEXCOORD_0")


class Joints(_Json):
    """How a part's vertices make up our points."""

    begins: Row = Field(
        description="accessor of bytes: 1 where a vertex begins another point, 0 where it shares the last"
    )
    v: Row | None = Field(None, description="accessor of our v, where 1 - v would lose bits of it")


class Primitive(_Json):
    """A part."""

    attributes: Attributes
    indices: Row
    material: Row
    extras: Joints


class Mesh(_Json):
    """The model."""

    primitives: tuple[Primitive, ...] = Field(min_length=1)


class Node(_Json):
    """The place of the mesh: the origin."""

    mesh: Literal[0] = 0


class Scene(_Json):
    """What a viewer shows."""

    nodes: tuple[Literal[0]] = (0,)


class TextureRow(_Json):
    """A row of `textures`."""

    index: Row


class Pbr(_Json):
    """Metal and roughness; linear light, and the opacity as alpha."""

    base_color_factor: tuple[Share, Share, Share, Share]
    base_color_texture: TextureRow | None = None
    metallic_factor: Share
    roughness_factor: Share


class EmissiveStrength(_Json):
    """Radiance."""

    emissive_strength: float = Field(gt=0)


class Extensions(_Json):
    """Of a material."""

    strength: EmissiveStrength = Field(alias=EMISSIVE_STRENGTH)


class ExactColor(_Json):
    """Our colour, sRGB."""

    color: Color


class Material(_Json):
    """The look of one part."""

    name: str
    pbr_metallic_roughness: Pbr
    emissive_factor: tuple[Share, Share, Share] | None = None
    alpha_mode: Literal["MASK", "BLEND"] | None = None
    double_sided: Literal[True] = True
    extensions: Extensions | None = None
    extras: ExactColor


class Texture(_Json):
    """A picture, repeated."""

    source: Row


class Image(_Json):
    """A file within the file."""

    buffer_view: Row
    mime_type: Literal["image/png", "image/jpeg"]


class Document(_Json):
    """All of it."""

    asset: Header = Header()
    extensions_used: tuple[Literal["KHR_materials_emissive_strength"]] | None = None
    scene: Literal[0] = 0
    scenes: tuple[Scene] = (Scene(),)
    nodes: tuple[Node] = (Node(),)
    meshes: tuple[Mesh]
    materials: tuple[Material, ...]
    textures: tuple[Texture, ...] | None = None
    images: tuple[Image, ...] | None = None
    accessors: tuple[Accessor, ...]
    buffer_views: tuple[BufferView, ...]
    buffers: tuple[Buffer]
