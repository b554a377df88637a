"""Checks of an entry's files: there, whole, readable, and what the record says of them."""

from collections.abc import Iterator

import numpy as np

from assets_catalog.folder.layout import thumbnail_path
from assets_catalog.folder.open import read_object
from assets_catalog.folder.place import Place
from assets_catalog.glb import read_glb
from assets_catalog.ingest.fitting import size_m
from assets_catalog.objects import content_of_maps, object_names
from assets_catalog.pictures import MAX_SIDE_PX, decoded
from assets_catalog.record import AnyRecord, AssetRecord, TextureRecord
from schemas.errors import AssetError, CatalogError

_SIZE_TOLERANCE = 1e-4
"""Of the largest side; a file has single precision."""


def entry_faults(place: Place, record: AnyRecord) -> Iterator[str]:
    """Yields what is off with the files of an entry."""
    for name in object_names(record):
        try:
            data = read_object(place, name)
        except (AssetError, CatalogError) as error:
            yield str(error)
            continue
        if isinstance(record, AssetRecord):
            yield from _model_faults(record, data)
        if isinstance(record, TextureRecord):
            yield from _picture_faults(name, data, (record.width_px, record.height_px))
    if isinstance(record, TextureRecord) and record.sha256 != content_of_maps(record.maps):
        yield "its sha256 is not that of its maps"
    thumbnail = place.read(thumbnail_path(record.sha256))
    if thumbnail is not None:
        yield from _picture_faults("its thumbnail", thumbnail)


def _model_faults(record: AssetRecord, data: bytes) -> Iterator[str]:
    try:
        mesh = read_glb(data, record.asset_id)
    except AssetError as error:
        yield f"its GLB can't be read: {error}"
        return
    triangles = sum(len(part.triangles) for part in mesh.parts)
    if triangles != record.triangles:
        yield f"its GLB has {triangles} triangles, its record says {record.triangles}"
    measured_m = size_m(mesh)
    if not np.allclose(measured_m, record.size_m, rtol=0, atol=_SIZE_TOLERANCE * max(record.size_m)):
        found, said = (" x ".join(f"{side:.4f}" for side in size) for size in (measured_m, record.size_m))
        yield f"its GLB measures {found} m, its record says {said} m"


def _picture_faults(name: str, data: bytes, size_px: tuple[int, int] | None = None) -> Iterator[str]:
    try:
        found = decoded(data, name, MAX_SIDE_PX * MAX_SIDE_PX).size
    except AssetError as error:
        yield str(error)
        return
    if size_px is not None and found != size_px:
        yield f"{name} has {found[0]} x {found[1]} pixels, its record says {size_px[0]} x {size_px[1]}"
