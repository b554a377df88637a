"""Admission: what the process that opened an asset says of it is checked before the catalog believes it.

That process read a file which nobody trusts, so its answer is not trusted either: names and hashes of files, the id,
the licence.
"""

import re
from collections.abc import Mapping

from assets_catalog.ingest.candidate import Prepared
from assets_catalog.licenses import spdx_license
from assets_catalog.objects import content_of_maps, is_named_by, is_object_name, object_names
from assets_catalog.record import AnyRecord, AssetRecord, EnvironmentRecord, TextureRecord
from schemas.errors import AssetError, CatalogError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{0,1024}")
_ID = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9._-]{1,200}")


def admitted(prepared: Prepared) -> AnyRecord:
    """Returns the entry with its licence in SPDX's spelling; raises AssetError where something is off."""
    entry = prepared.entry
    if not isinstance(entry, AssetRecord | TextureRecord | EnvironmentRecord):
        raise AssetError(f"a record of no known kind: {type(entry).__name__}")
    _check_names(entry)
    _check_files(entry, prepared.objects)
    try:
        return entry.model_copy(update={"license": spdx_license(entry.license)})
    except CatalogError as error:
        raise AssetError(str(error)) from error


def _check_names(entry: AnyRecord) -> None:
    if not _ID.fullmatch(entry.asset_id):
        raise AssetError(f"id {entry.asset_id!r} is not of the form 'source/name' with letters, digits and ._-")
    if not _SHA256.fullmatch(entry.sha256) or not _SIGNATURE.fullmatch(entry.signature):
        raise AssetError("its sha256 or signature is no hexadecimal number of the right length")
    if isinstance(entry, TextureRecord) and entry.sha256 != content_of_maps(entry.maps):
        raise AssetError("its sha256 is not that of its maps")


def _check_files(entry: AnyRecord, objects: Mapping[str, bytes]) -> None:
    names = object_names(entry)
    if set(names) != set(objects) or not all(map(is_object_name, names)):
        raise AssetError(f"its files are {sorted(objects)}, its record names {list(names)}")
    for name, data in objects.items():
        if not is_named_by(data, name):
            raise AssetError(f"the content of {name} is not what its name says")
