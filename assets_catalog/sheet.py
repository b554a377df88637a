"""The contact sheet of a catalog: thumbnails by class, each with its name and size in metres, on one page or more."""

from collections.abc import Iterable
from pathlib import Path

from assets_catalog.record import AssetRecord, EnvironmentRecord, TextureRecord

Row = tuple[AssetRecord | TextureRecord | EnvironmentRecord, bytes | None]
"""A record and its thumbnail, a PNG; None leaves a blank field."""


def catalog_sheet(rows: Iterable[Row], target: Path, columns: int = 8) -> list[Path]:
    """Writes one PNG to `target`, or 'NAME-1.png', 'NAME-2.png' ... where one page is too small; returns their paths.

    Raises OutputError where they can't be written.
    """
    raise NotImplementedError
