"""Materials of a model: its MTL file and textures, turned into what a path tracer wants.

Kd is taken as an sRGB display colour, as Sweet Home 3D shows it; a texture replaces it (checked against the icons of
the package: they show the texture's own colours, whatever Kd says). d below 1 is glass. Roughness follows Blender's
reading of the exponent, 1 - sqrt(Ns / 1000), and rises where Ks is weak. A texture that the library lacks is dropped;
one that can't be decoded raises AssetError.
"""

import posixpath
import re
from collections.abc import Sequence

from assets_catalog.mesh import AssetMaterial
from assets_catalog.pictures import decoded
from assets_catalog.sources.sweethome3d.archive import Archive, member_path
from assets_catalog.wavefront.mtl import MtlMaterial, read_mtl

TEXTURE_LIMIT_PX = 4096 * 4096
DEFAULT_COLOR = (0.8, 0.8, 0.8)

_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")
_METAL = re.compile(r"chrom|alumin|steel|inox|brass|silver|gold|copper|nickel", re.IGNORECASE)
_BULB = re.compile(r"bulb|bombet|emit|flame|luz|fluor|tube", re.IGNORECASE)
_SHADE = re.compile(r"shade|pantal|lantern|pane$|squares|yellow_multi|tela_lamp|lamp-inside|^lamp$", re.IGNORECASE)
_BULB_RADIANCE, _SHADE_RADIANCE = 6.0, 1.5


def find_mtl(archive: Archive, model: str, libraries: Sequence[str]) -> dict[str, MtlMaterial]:
    """Returns the materials of the OBJ member `model`: of the MTL it names, or else of the one beside it."""
    folder = posixpath.dirname(model)
    named = [member_path(folder, library) for library in libraries if not _ABSOLUTE.match(library)]
    for candidate in (*named, f"{posixpath.splitext(model)[0]}.mtl"):
        if candidate in archive.members:
            return read_mtl(archive.read(candidate).decode("latin-1"))
    return {}


def texture_member(archive: Archive, folder: str, reference: str) -> str | None:
    """Returns the member that a map statement names, or None when the library lacks it.

    Tries the whole of the statement, then its last word, as Sweet Home 3D does: options come first, and the file of
    '/Users/me/Living room rug.jpg' is rug.jpg there.
    """
    for candidate in dict.fromkeys([reference, *reference.split()[-1:]]):
        if candidate and not _ABSOLUTE.match(candidate):
            member = member_path(folder, candidate)
            if member in archive.members:
                return member
    return None


def asset_material(archive: Archive, folder: str, material: MtlMaterial, is_lamp: bool) -> AssetMaterial:
    """Returns what a renderer shall make of an MTL material. `folder`: the members' folder that holds the model."""
    member = texture_member(archive, folder, material.statements.get("map_Kd", ""))
    texture = None if member is None else archive.read(member)
    if texture is not None:
        decoded(texture, f"texture {member}", TEXTURE_LIMIT_PX)
    red, green, blue = (min(value, 1.0) for value in material.numbers("Kd", DEFAULT_COLOR)[:3])
    metal = texture is None and _METAL.search(material.name) is not None and max(red, green, blue) > 0.25
    return AssetMaterial(
        name=material.name,
        color=(red, green, blue) if texture is None else (1.0, 1.0, 1.0),
        opacity=min(max(material.numbers("d", [1.0])[0], 0.0), 1.0),
        metallic=1.0 if metal else 0.0,
        roughness=_roughness(material, metal),
        emission=_emission(material, max(red, green, blue)) if is_lamp else 0.0,
        texture=texture,
    )


def _roughness(material: MtlMaterial, metal: bool) -> float:
    gloss = (min(material.numbers("Ns", [50.0])[0], 1000.0) / 1000.0) ** 0.5
    strength = 1.0 if metal else min(sum(material.numbers("Ks", [0.5, 0.5, 0.5])[:3]) / 3 / 0.25, 1.0)
    return min(max(1.0 - gloss * strength, 0.08), 0.95)


def _emission(material: MtlMaterial, brightness: float) -> float:
    """Returns the radiance of a lamp's part by its name; dark parts (arms, wires) don't shine."""
    if brightness < 0.3:
        return 0.0
    if _BULB.search(material.name):
        return _BULB_RADIANCE
    return _SHADE_RADIANCE if _SHADE.search(material.name) else 0.0
