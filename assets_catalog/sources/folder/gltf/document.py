"""The JSON of a glTF file, as far as a still model needs it; unknown keys are passed over.

Format: Khronos glTF 2.0, chapter 5, and the extensions in `READ_EXTENSIONS`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Row = Annotated[int, Field(ge=0, lt=2**31)]
Count = Annotated[int, Field(ge=0, lt=2**40)]
Share = Annotated[float, Field(ge=0, le=1)]

READ_EXTENSIONS = frozenset({
    "KHR_mesh_quantization", "KHR_texture_transform", "KHR_materials_pbrSpecularGlossiness", "EXT_texture_webp",
    "KHR_materials_transmission", "KHR_materials_emissive_strength", "KHR_materials_unlit", "KHR_materials_ior",
    "KHR_materials_specular", "KHR_materials_clearcoat", "KHR_materials_sheen", "KHR_materials_volume",
    "KHR_materials_anisotropy", "KHR_materials_iridescence", "KHR_materials_dispersion", "KHR_lights_punctual",
    "KHR_materials_variants", "KHR_xmp_json_ld",
})  # fmt: skip
"""A file may require these: they are read, or say nothing that changes the shape."""


class _Json(BaseModel):
    """An object of the document; keys in camel case."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, extra="ignore", allow_inf_nan=False)


class Asset(_Json):
    """What the file is."""

    version: str


class Buffer(_Json):
    """Bytes, here or in another file."""

    byte_length: Count
    uri: str | None = None


class BufferView(_Json):
    """A run of a buffer's bytes."""

    buffer: Row
    byte_offset: Count = 0
    byte_length: Count
    byte_stride: int | None = Field(None, ge=4, le=252)


class SparseIndices(_Json):
    """Which rows differ."""

    buffer_view: Row
    byte_offset: Count = 0
    component_type: Literal[5121, 5123, 5125]


class SparseValues(_Json):
    """What they hold."""

    buffer_view: Row
    byte_offset: Count = 0


class Sparse(_Json):
    """Rows that differ from the accessor's own."""

    count: int = Field(ge=1, lt=2**31)
    indices: SparseIndices
    values: SparseValues


class Accessor(_Json):
    """Numbers in a buffer view, or zeros."""

    buffer_view: Row | None = None
    byte_offset: Count = 0
    component_type: Literal[5120, 5121, 5122, 5123, 5125, 5126]
    normalized: bool = False
    count: int = Field(ge=1, lt=2**40)
    type: Literal["SCALAR", "VEC2", "VEC3", "VEC4", "MAT2", "MAT3", "MAT4"]
    sparse: Sparse | None = None


class Primitive(_Json):
    """Points, lines or triangles with one material."""

    attributes: dict[str, Row]
    indices: Row | None = None
    material: Row | None = None
    mode: int = Field(4, ge=0, le=6)
    extensions: dict[str, Any] = Field(default_factory=dict)


class Mesh(_Json):
    """What nodes place."""

    primitives: tuple[Primitive, ...]


class Node(_Json):
    """A place in the tree."""

    mesh: Row | None = None
    skin: Row | None = None
    children: tuple[Row, ...] = ()
    matrix: tuple[float, ...] | None = Field(None, min_length=16, max_length=16)
    translation: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rotation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)


class Skin(_Json):
    """Joints that carry a mesh."""

    joints: tuple[Row, ...] = Field(min_length=1)
    inverse_bind_matrices: Row | None = None


class Scene(_Json):
    """Roots of the tree."""

    nodes: tuple[Row, ...] = ()


class TextureTransform(_Json):
    """KHR_texture_transform."""

    offset: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)
    tex_coord: Row | None = None


class TextureExtensions(_Json):
    """Of a reference to a texture."""

    transform: TextureTransform | None = Field(None, alias="KHR_texture_transform")


class TextureInfo(_Json):
    """A reference to a texture."""

    index: Row
    tex_coord: Row = 0
    extensions: TextureExtensions = TextureExtensions()


class Pbr(_Json):
    """Metal and roughness, in linear light."""

    base_color_factor: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    base_color_texture: TextureInfo | None = None
    metallic_factor: Share = 1.0
    roughness_factor: Share = 1.0
    metallic_roughness_texture: TextureInfo | None = None


class SpecularGlossiness(_Json):
    """KHR_materials_pbrSpecularGlossiness."""

    diffuse_factor: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    diffuse_texture: TextureInfo | None = None
    glossiness_factor: Share = 1.0


class Transmission(_Json):
    """KHR_materials_transmission."""

    transmission_factor: Share = 0.0


class EmissiveStrength(_Json):
    """KHR_materials_emissive_strength."""

    emissive_strength: float = Field(1.0, ge=0)


class MaterialExtensions(_Json):
    """Of a material."""

    glossiness: SpecularGlossiness | None = Field(None, alias="KHR_materials_pbrSpecularGlossiness")
    transmission: Transmission = Field(Transmission(), alias="KHR_materials_transmission")
    emissive: EmissiveStrength = Field(EmissiveStrength(), alias="KHR_materials_emissive_strength")


class Material(_Json):
    """How a primitive looks."""

    name: str = ""
    pbr_metallic_roughness: Pbr = Pbr()
    emissive_factor: tuple[Share, Share, Share] = (0.0, 0.0, 0.0)
    emissive_texture: TextureInfo | None = None
    alpha_mode: Literal["OPAQUE", "MASK", "BLEND"] = "OPAQUE"
    extensions: MaterialExtensions = MaterialExtensions()


class WebpSource(_Json):
    """EXT_texture_webp."""

    source: Row


class SourceExtensions(_Json):
    """Of a texture."""

    webp: WebpSource | None = Field(None, alias="EXT_texture_webp")


class Texture(_Json):
    """A picture and how it repeats."""

    source: Row | None = None
    extensions: SourceExtensions = SourceExtensions()


class Image(_Json):
    """A picture: a file, or a run of bytes."""

    uri: str | None = None
    buffer_view: Row | None = None


class Document(_Json):
    """All of it."""

    asset: Asset
    scene: Row | None = None
    scenes: tuple[Scene, ...] = ()
    nodes: tuple[Node, ...] = ()
    meshes: tuple[Mesh, ...] = ()
    skins: tuple[Skin, ...] = ()
    materials: tuple[Material, ...] = ()
    textures: tuple[Texture, ...] = ()
    images: tuple[Image, ...] = ()
    accessors: tuple[Accessor, ...] = ()
    buffer_views: tuple[BufferView, ...] = ()
    buffers: tuple[Buffer, ...] = ()
    extensions_required: tuple[str, ...] = ()
