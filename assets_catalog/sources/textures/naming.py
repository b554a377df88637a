"""Naming: which picture of a set a file is, by the conventions of ambientCG, Poly Haven and Substance.

`Wood049_1K-JPG_Color.jpg`, `oak_veneer_01_nor_gl_1k.png`, `copper_brushed_basecolor.png`: name, role, and resolution
before or after the role. A normal map of no stated kind is taken for OpenGL's (green up). `arm` holds occlusion,
roughness and metalness in one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assets_catalog.record import MapRole, Substance
from assets_catalog.taxonomy.words import words_of

FileRole = MapRole | Literal["normal_dx", "arm"]
"""What a file says: a role, a normal map with green down, or three roles in one."""

ENDINGS = (".jpg", ".jpeg", ".png")

_ROLES: Mapping[FileRole, tuple[str, ...]] = {
    "color": ("color", "col", "col_1", "albedo", "basecolor", "base_color", "diffuse", "diff"),
    "roughness": ("roughness", "rough"),
    "metalness": ("metalness", "metallic", "metal"),
    "normal": ("normalgl", "normal_gl", "nor_gl", "normal", "nor"),
    "normal_dx": ("normaldx", "normal_dx", "nor_dx"),
    "height": ("displacement", "disp", "height"),
    "occlusion": ("ambientocclusion", "ambient_occlusion", "ao"),
    "opacity": ("opacity", "alpha"),
    "arm": ("arm",),
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words}
_FILE = re.compile(
    rf"(?P<name>.+?)(_(?P<before>\d+)k(-(jpg|png))?)?_(?P<role>{'|'.join(_ROLE_OF)})(_(?P<after>\d+)k)?", re.IGNORECASE
)

_SUBSTANCES: tuple[tuple[Substance, str], ...] = (
    ("bark", "bark"),
    ("leather", "leather"),
    ("carpet", "carpet carpets rug rugs"),
    ("brick", "brick bricks"),
    ("tile", "tile tiles terrazzo mosaic paving pavement cobblestone cobble"),
    ("paper", "paper wallpaper cardboard"),
    ("wood", "wood wooden plank planks parquet veneer timber oak walnut pine birch cherry maple teak laminate plywood"),
    ("fabric", "fabric cloth cotton linen denim wool wicker textile jersey velvet curly"),
    ("plaster", "plaster plastered stucco drywall"),
    ("concrete", "concrete cement"),
    ("asphalt", "asphalt road tarmac"),
    ("grass", "grass lawn moss"),
    ("ground", "ground soil mud sand gravel dirt snow forest leaves pebbles"),
    ("stone", "stone stones marble granite travertine rock rocks slate limestone sandstone onyx"),
    ("metal", "metal metals steel iron copper aluminium aluminum brass gold silver bronze rust chrome corrugated"),
    ("ceramic", "ceramic porcelain"),
    ("plastic", "plastic rubber foam"),
    ("plaster", "wall ceiling"),
)
"""What a set shows -> words of its name, the most telling first: tiles of marble are tiles."""


@dataclass(frozen=True)
class NamedFile:
    """What a file's name tells."""

    name: str
    """Of the set."""
    role: FileRole
    resolution_k: int
    """0 where it is not stated."""


def named(path: Path) -> NamedFile | None:
    """Returns what a file's name tells; None for one that is no part of a set."""
    found = _FILE.fullmatch(path.stem) if path.suffix.lower() in ENDINGS else None
    if found is None:
        return None
    resolution = found["before"] or found["after"] or "0"
    return NamedFile(found["name"], _ROLE_OF[found["role"].lower()], int(resolution[:3]))


def substance_by_name(name: str) -> Substance:
    """Returns what a set shows, as its name tells; 'unknown' where it tells nothing."""
    words = set(words_of(name))
    return next((substance for substance, telling in _SUBSTANCES if words & set(telling.split())), "unknown")
