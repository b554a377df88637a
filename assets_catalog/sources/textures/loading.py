"""Loading: the files of a set become its maps, normals by OpenGL's convention, what was packed in one taken apart.

Whether the pictures are sound is found out later; here only those are decoded that must change.
"""

from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageOps

from assets_catalog.ingest.candidate import LoadedTexture
from assets_catalog.pictures import decoded_map, png
from assets_catalog.record import MapRole
from assets_catalog.sources.textures.naming import FileRole

_PACKED: tuple[MapRole, MapRole, MapRole] = ("occlusion", "roughness", "metalness")


def load_texture(files: Mapping[FileRole, Path]) -> LoadedTexture:
    """Returns the maps of a set. Raises AssetError for a picture that must be decoded and can't."""
    maps: dict[MapRole, bytes] = {}
    for role, path in files.items():
        if role == "normal_dx":
            maps.setdefault("normal", png(_green_up(_opened(path))))
        elif role == "arm":
            for channel_role, channel in zip(_PACKED, _opened(path).split(), strict=True):
                maps.setdefault(channel_role, png(channel))
        else:
            maps[role] = path.read_bytes()
    return LoadedTexture(maps)


def _opened(path: Path) -> Image.Image:
    return decoded_map(path.read_bytes(), path.name).convert("RGB")


def _green_up(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge("RGB", (red, ImageOps.invert(green), blue))
