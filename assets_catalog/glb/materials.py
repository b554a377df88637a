"""Materials, to glTF's metal and roughness and back.

Colour in linear light, rounded, is for other programs; ours stands beside it as it is. Opacity is alpha, blended; a
PNG with an alpha channel has holes where it is below one half. What shines does so in its colour.
"""

from typing import Literal

from assets_catalog.colors import linear_channel
from assets_catalog.glb import document as gltf
from assets_catalog.mesh import AssetMaterial
from schemas.errors import AssetError

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PNG_COLOR_TYPE, _WITH_ALPHA = 25, (4, 6)
_PNG_CHUNKS_BEFORE_PIXELS = 4096


def gltf_material(material: AssetMaterial, texture: int | None) -> gltf.Material:
    """Returns the material for the document; `texture`: row of its picture."""
    red, green, blue = (round(linear_channel(channel), 6) for channel in material.color)
    shines = material.emission > 0
    return gltf.Material(
        name=material.name,
        pbr_metallic_roughness=gltf.Pbr(
            base_color_factor=(red, green, blue, material.opacity),
            base_color_texture=None if texture is None else gltf.TextureRow(index=texture),
            metallic_factor=material.metallic,
            roughness_factor=material.roughness,
        ),
        emissive_factor=(red, green, blue) if shines else None,
        alpha_mode=_alpha_mode(material),
        extensions=gltf.Extensions(strength=gltf.EmissiveStrength(emissive_strength=material.emission))
        if shines
        else None,
        extras=gltf.ExactColor(color=material.color),
    )


def asset_material(material: gltf.Material, texture: bytes | None) -> AssetMaterial:
    """Returns the material of a document; `texture`: the picture that it names."""
    pbr = material.pbr_metallic_roughness
    return AssetMaterial(
        name=material.name,
        color=material.extras.color,
        opacity=pbr.base_color_factor[3],
        metallic=pbr.metallic_factor,
        roughness=pbr.roughness_factor,
        emission=material.extensions.strength.emissive_strength if material.extensions is not None else 0.0,
        texture=texture,
    )


def mime_type(picture: bytes, name: str) -> Literal["image/png", "image/jpeg"]:
    """Returns the kind of a picture by how it begins. Raises AssetError when it is neither PNG nor JPEG."""
    if picture.startswith(_PNG):
        return "image/png"
    if picture.startswith(_JPEG):
        return "image/jpeg"
    raise AssetError(f"the texture of {name} is neither PNG nor JPEG: it begins with {picture[:8]!r}")


def _alpha_mode(material: AssetMaterial) -> Literal["MASK", "BLEND"] | None:
    if material.opacity < 1:
        return "BLEND"
    return "MASK" if material.texture is not None and _may_have_holes(material.texture) else None


def _may_have_holes(picture: bytes) -> bool:
    """Tells whether a PNG has an alpha channel, or a palette with one."""
    if not picture.startswith(_PNG) or len(picture) <= _PNG_COLOR_TYPE:
        return False
    return picture[_PNG_COLOR_TYPE] in _WITH_ALPHA or b"tRNS" in picture[:_PNG_CHUNKS_BEFORE_PIXELS]
