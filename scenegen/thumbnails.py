"""Thumbnails: small pictures of a catalog's assets, by a Blender process that draws one after another.

Models stand on light ground in soft light, as large as the picture allows, seen from the front, from their right-hand
side as they face us, and from above; so that front (-y) and up can be judged. A texture set is a lit square metre at
its real size, an environment its panorama. Materials are those that scenes have.

Edges: an asset that can't be drawn, or that ends or outlasts the process, yields the reason; the next one starts anew.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assets_catalog.record import AssetRecord, EnvironmentRecord, TextureRecord

SIDE_PX = 256


@dataclass(frozen=True)
class ThumbnailRequest:
    """An asset to be drawn."""

    record: AssetRecord | TextureRecord | EnvironmentRecord
    read_object: Callable[[str], bytes]
    """Returns a file of the asset by its name, '<sha256>.<ending>', as `Catalog.read_object` does."""


@dataclass(frozen=True)
class ThumbnailResult:
    """A picture, or why there is none."""

    asset_id: str
    png: bytes | None
    """8-bit RGB, `SIDE_PX` wide; half as high for an environment."""
    reason: str = ""
    """One line; empty where there is a picture."""


def render_thumbnails(requests: Iterable[ThumbnailRequest], side_px: int = SIDE_PX) -> Iterator[ThumbnailResult]:
    """Yields a result for each request, in their order. Raises RenderError where Blender itself doesn't start."""
    raise NotImplementedError
