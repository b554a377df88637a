"""Opening a catalog of a folder or bucket: its index is read at once, an asset's files when they are asked for."""

from functools import partial

import pyarrow as pa

from assets_catalog.catalog import Catalog
from assets_catalog.folder.index_file import index_at, sharing_records
from assets_catalog.folder.layout import object_path
from assets_catalog.folder.locations import catalog_name, open_place
from assets_catalog.folder.place import Place
from assets_catalog.glb import read_glb
from assets_catalog.mesh import AssetMesh
from assets_catalog.objects import is_named_by, is_object_name, object_names
from assets_catalog.record import AssetRecord
from schemas.errors import AssetError


def open_folder(location: str) -> Catalog:
    """Returns the catalog at a folder or URL, named by the last part of it. Raises CatalogError where there is none."""
    place = open_place(location)
    index = sharing_records(index_at(place).table)
    pa.default_memory_pool().release_unused()  # of a hundred thousand assets, 200 MB
    return Catalog(
        name=catalog_name(location),
        index=index,
        load_mesh=partial(_load_mesh, place),
        read_object=partial(read_object, place),
    )


def read_object(place: Place, name: str) -> bytes:
    """Returns the content of an object, its hash checked; raises AssetError."""
    if not is_object_name(name):
        raise AssetError(f"{place.location}: '{name}' can't be the name of an object")
    data = place.read(object_path(name))
    if data is None:
        raise AssetError(f"{place.location}/{object_path(name)} is gone")
    if not is_named_by(data, name):
        raise AssetError(f"{place.location}/{object_path(name)} is damaged: its content is not what its name says")
    return data


def _load_mesh(place: Place, record: AssetRecord) -> AssetMesh:
    (name,) = object_names(record)
    return read_glb(read_object(place, name), record.asset_id)
