"""Cut-outs: models whose textures are transparent in part (leaf cards, nets) are left out; alpha comes later.

A texture cuts out when more than 1 % of its pixels have alpha below a half. Only PNGs that can have alpha are decoded.
"""

import posixpath
import zipfile

import numpy as np

from assets_catalog.sources.sweethome3d.library import read_member
from assets_catalog.sources.sweethome3d.materials import decoded, find_mtl, texture_member

CUT_SHARE = 0.01
_TYPES_WITH_ALPHA = {4, 6}
_TYPE_PALETTE = 3


def has_cutouts(archive: zipfile.ZipFile, model: str) -> bool:
    """Tells whether a texture of the OBJ member `model` cuts out. Raises AssetError for a broken one."""
    folder = posixpath.dirname(model)
    references = [
        material.statements[keyword]
        for material in find_mtl(archive, model, ()).values()
        for keyword in ("map_Kd", "map_d")
        if keyword in material.statements
    ]
    members = {texture_member(archive, folder, reference) for reference in references} - {None}
    return any(_cuts_out(archive, member) for member in sorted(filter(None, members)))


def _cuts_out(archive: zipfile.ZipFile, member: str) -> bool:
    head = read_member(archive, member, first_bytes=26)
    color_type = head[25] if head.startswith(b"\x89PNG") and len(head) == 26 else None
    if color_type not in _TYPES_WITH_ALPHA and color_type != _TYPE_PALETTE:
        return False
    data = read_member(archive, member)
    if color_type == _TYPE_PALETTE and b"tRNS" not in data:
        return False
    alpha = np.asarray(decoded(data, member).convert("RGBA"))[..., 3]
    return float((alpha < 128).mean()) > CUT_SHARE
