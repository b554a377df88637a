"""Pictures of a catalog's assets: those that it keeps; those that are lacking are rendered, and kept where it may be.

The catalog that comes with the package keeps none: its shapes are written as GLB and drawn anew.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assets_catalog.catalog import Catalog
from assets_catalog.folder.thumbnails import keep_thumbnail, lacking_thumbnails, thumbnail_of
from assets_catalog.glb import write_glb
from assets_catalog.record import AnyRecord, AssetRecord
from assets_catalog.sources.builtin import BUILTIN
from scenegen.thumbnails import ThumbnailRequest, ThumbnailResult, render_thumbnails


@dataclass(frozen=True)
class Picture:
    """Of one asset, or why there is none."""

    record: AnyRecord
    png: bytes | None
    reason: str = ""


def pictures(
    location: str,
    catalog: Catalog,
    records: Sequence[AnyRecord],
    on_picture: Callable[[Picture], None] = lambda picture: None,
) -> Iterator[Picture]:
    """Yields a picture for each record, in their order; `on_picture` hears of those that were rendered."""
    lacking = list(records) if location == BUILTIN else lacking_thumbnails(location, records)
    rendered = render_thumbnails(ThumbnailRequest(record, _reader(location, catalog, record)) for record in lacking)
    to_render = {record.asset_id for record in lacking}
    for record in records:
        if record.asset_id not in to_render:
            yield Picture(record, thumbnail_of(location, record))
            continue
        picture = _kept(location, record, next(rendered))
        on_picture(picture)
        yield picture


def _kept(location: str, record: AnyRecord, result: ThumbnailResult) -> Picture:
    if result.png is not None and location != BUILTIN:
        keep_thumbnail(location, record, result.png)
    return Picture(record, result.png, result.reason)


def _reader(location: str, catalog: Catalog, record: AnyRecord) -> Callable[[str], bytes]:
    if location == BUILTIN and isinstance(record, AssetRecord):
        return partial(_drawn, catalog, record)
    return catalog.read_object


def _drawn(catalog: Catalog, record: AssetRecord, name: str) -> bytes:
    return write_glb(catalog.load(record.asset_id))
