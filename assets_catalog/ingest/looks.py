"""Looks: colour, substance and share of each part of a model.

A part's colour is the mean over its surface, of texture times colour, in linear light; holes don't count.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeVar

import numpy as np
from jaxtyping import Float64

from assets_catalog.colors import color_name, display, linear
from assets_catalog.ingest.model_textures import Pixels
from assets_catalog.mesh import AssetMesh, MeshPart
from assets_catalog.record import PartLook, Substance
from assets_catalog.substances import CLEAR_BELOW, substance_of
from assets_catalog.surface_sampling import areas, spread
from schemas.surface import Color

Named = TypeVar("Named", bound=str)

_POINTS = 1024
"""At which a texture is looked up."""
_HOLE_BELOW = 127.5
"""Alpha, of 255; as where a picture is rendered."""


def part_looks(mesh: AssetMesh, textures: Mapping[bytes, Pixels]) -> tuple[PartLook, ...]:
    """Returns the looks of the parts, the largest first. `textures`: pixels of each texture file."""
    area = [areas(part.vertices_m[part.triangles].astype(np.float64)) for part in mesh.parts]
    whole = sum(float(each.sum()) for each in area)
    looks = [
        _look(part, each, float(each.sum()) / whole, textures) for part, each in zip(mesh.parts, area, strict=True)
    ]
    return tuple(sorted(looks, key=lambda look: -look.area_share))


def main_color(looks: Sequence[PartLook]) -> str:
    """Returns the name of the colour that covers most."""
    return _most([(look.color_name, look.area_share) for look in looks])


def main_substance(looks: Sequence[PartLook]) -> Substance:
    """Returns the substance that covers most."""
    shares: list[tuple[Substance, float]] = [(look.substance, look.area_share) for look in looks]
    return _most(shares)


def has_glass(looks: Sequence[PartLook]) -> bool:
    """Tells whether a part lets light through, or is called glass."""
    return any(look.opacity < CLEAR_BELOW or look.substance == "glass" for look in looks)


def has_holes(textures: Mapping[bytes, Pixels]) -> bool:
    """Tells whether a texture cuts something out."""
    return any(bool(pixels[..., 3].min() < _HOLE_BELOW) for pixels in textures.values())


def _look(part: MeshPart, area: Float64[np.ndarray, " t"], share: float, textures: Mapping[bytes, Pixels]) -> PartLook:
    color = _mean_color(part, area, textures)
    return PartLook(
        name=part.material.name,
        color_name=color_name(color),
        color=color,
        substance=substance_of(part.material),
        area_share=round(min(share, 1.0), 4),
        opacity=part.material.opacity,
    )


def _mean_color(part: MeshPart, area: Float64[np.ndarray, " t"], textures: Mapping[bytes, Pixels]) -> Color:
    light = linear(np.array(part.material.color, dtype=np.float64))
    if part.material.texture is not None:
        light = light * _mean_light(part, area, textures[part.material.texture])
    red, green, blue = (round(float(channel), 4) for channel in np.clip(display(light), 0.0, 1.0))
    return red, green, blue


def _mean_light(part: MeshPart, area: Float64[np.ndarray, " t"], pixels: Pixels) -> Float64[np.ndarray, "3"]:
    """Returns the mean of a texture over the part, by the texels nearest to points of it, weighted by their alpha."""
    triangle, weights = spread(area, _POINTS)
    uvs = np.einsum("nc,nck->nk", weights, part.corner_uvs[triangle].astype(np.float64)) % 1.0
    height_px, width_px = pixels.shape[:2]
    column = np.minimum((uvs[:, 0] * width_px).astype(np.int64), width_px - 1)
    row = np.minimum(((1.0 - uvs[:, 1]) * height_px).astype(np.int64), height_px - 1)
    texels = pixels[row, column]
    seen = texels[:, 3].astype(np.float64)
    seen = seen if seen.any() else np.ones(len(seen))
    return (_linear_of_byte()[texels[:, :3]] * seen[:, None]).sum(axis=0) / seen.sum()


@cache
def _linear_of_byte() -> Float64[np.ndarray, "256"]:
    return linear(np.arange(256) / 255)


def _most(shares: Sequence[tuple[Named, float]]) -> Named:
    """Returns the name with the largest sum of shares; of equal ones the first."""
    sums: dict[Named, float] = {}
    for name, share in shares:
        sums[name] = sums.get(name, 0.0) + share
    return max(sums, key=lambda name: sums[name])
