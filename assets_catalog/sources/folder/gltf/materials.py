"""Materials of a glTF file as ours: one colour and texture, opacity, and the means of what else varies over a texture.

Factors are linear light, our colours sRGB. Alpha means nothing in OPAQUE materials, so it is taken out of their
pictures. A texture whose file is missing is dropped; one that can't be decoded, or is in a format that no one reads
(KTX2), raises AssetError.
"""

import math
from collections.abc import Sequence

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.folder.gltf.container import Container, row_of
from assets_catalog.sources.folder.gltf.document import Material, TextureInfo
from assets_catalog.sources.folder.pictures import means, usable
from schemas.errors import AssetError
from schemas.surface import Color

DEFAULT = Material()
_LEAST_OPACITY = 0.05
_MOST_RADIANCE = 10.0


def asset_material(container: Container, row: int | None, tint: Color) -> AssetMaterial:
    """Returns a material; `row` None: the format's default. `tint`: mean of the vertices' colours, linear light."""
    material = DEFAULT if row is None else row_of(container.document.materials, row, "material")
    red, green, blue, alpha = _base(material)
    picture = picture_of(container, base_texture(material))
    metallic, roughness = _metal(container, material)
    return AssetMaterial(
        name=(material.name or f"material {row or 0}")[:200],
        color=(_srgb(red * tint[0]), _srgb(green * tint[1]), _srgb(blue * tint[2])),
        opacity=_opacity(material, alpha),
        metallic=metallic,
        roughness=roughness,
        emission=_emission(material),
        texture=None if picture is None else usable(picture, material.name, material.alpha_mode == "OPAQUE"),
    )


def base_texture(material: Material) -> TextureInfo | None:
    """Returns the texture that colours a material."""
    glossiness = material.extensions.glossiness
    return glossiness.diffuse_texture if glossiness else material.pbr_metallic_roughness.base_color_texture


def picture_of(container: Container, texture: TextureInfo | None) -> bytes | None:
    """Returns the file of a texture, None where it has none or it is missing. Raises AssetError."""
    if texture is None:
        return None
    found = row_of(container.document.textures, texture.index, "texture")
    webp = found.extensions.webp
    source = webp.source if webp and found.source is None else found.source
    if source is None:
        raise AssetError(f"texture {texture.index} is in a format that isn't read")
    return container.picture(source)


def _base(material: Material) -> Sequence[float]:
    glossiness = material.extensions.glossiness
    return glossiness.diffuse_factor if glossiness else material.pbr_metallic_roughness.base_color_factor


def _metal(container: Container, material: Material) -> tuple[float, float]:
    """Returns metallic and roughness, averaged over their texture: its channels are blue and green."""
    if material.extensions.glossiness is not None:
        return 0.0, 1.0 - material.extensions.glossiness.glossiness_factor
    pbr = material.pbr_metallic_roughness
    picture = picture_of(container, pbr.metallic_roughness_texture)
    _, rough, metal = (1.0, 1.0, 1.0) if picture is None else means(picture, material.name)
    return pbr.metallic_factor * metal, pbr.roughness_factor * rough


def _opacity(material: Material, alpha: float) -> float:
    opacity = min(max(alpha, 0.0), 1.0) if material.alpha_mode == "BLEND" else 1.0
    return max(opacity * (1.0 - material.extensions.transmission.transmission_factor), _LEAST_OPACITY)


def _emission(material: Material) -> float:
    """Returns the radiance of what shines all over; pictures that shine are left dark."""
    if material.emissive_texture is not None:
        return 0.0
    return min(max(material.emissive_factor) * material.extensions.emissive.emissive_strength, _MOST_RADIANCE)


def _srgb(linear: float) -> float:
    """Returns the sRGB value of linear light (IEC 61966-2-1), held to 0..1."""
    held = min(max(linear, 0.0), 1.0)
    return 12.92 * held if held <= 0.0031308 else 1.0 + 1.055 * (math.pow(held, 1 / 2.4) - 1.0)
