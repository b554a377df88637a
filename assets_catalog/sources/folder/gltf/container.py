"""Container: a .glb or .gltf file as its checked JSON, its buffers' bytes, and a way to its pictures."""

import base64
import binascii
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from pydantic import ValidationError

from assets_catalog.sources.folder.gltf.document import READ_EXTENSIONS, Document
from assets_catalog.sources.folder.references import MOST_BYTES, inside, read_bounded, read_inside
from schemas.errors import AssetError, first_few, first_line
from schemas.model import first_fault

_HEADER, _CHUNK = struct.Struct("<4sII"), struct.Struct("<I4s")
_MAGIC, _VERSION = b"glTF", 2
_MOST_JSON_BYTES = 64 * 2**20

Item = TypeVar("Item")


@dataclass(frozen=True)
class Container:
    """A glTF file, its parts at hand."""

    document: Document
    buffers: tuple[bytes, ...]
    folder: Path

    def view(self, row: int) -> memoryview:
        """Returns the bytes of a buffer view. Raises AssetError when it reaches out of its buffer."""
        view = row_of(self.document.buffer_views, row, "buffer view")
        content = row_of(self.buffers, view.buffer, "buffer")
        end = view.byte_offset + view.byte_length
        if end > len(content):
            raise AssetError(f"buffer view {row} ends at byte {end}, its buffer has {len(content)}")
        return memoryview(content)[view.byte_offset : end]

    def picture(self, row: int) -> bytes | None:
        """Returns the bytes of an image, None where its file is missing. Raises AssetError."""
        image = row_of(self.document.images, row, "image")
        if image.buffer_view is not None:
            return bytes(self.view(image.buffer_view))
        return None if image.uri is None else _bytes_of(image.uri, self.folder)


def row_of(rows: Sequence[Item], row: int, kind: str) -> Item:
    """Returns a row of one of the document's lists. Raises AssetError when it is not there."""
    if row >= len(rows):
        raise AssetError(f"names {kind} {row}, it has {len(rows)}")
    return rows[row]


def read_container(path: Path, folder: Path) -> Container:
    """Returns a .glb or .gltf file. All that it names is looked at, used or not. Raises AssetError."""
    data = read_bounded(path)
    text, binary = _chunks(data) if data[:4] == _MAGIC else (data, None)
    document = _document(text)
    for image in document.images:
        if image.uri is not None and not image.uri.startswith("data:"):
            inside(folder, unquote(image.uri))
    claimed = sum(buffer.byte_length for buffer in document.buffers)
    if claimed > MOST_BYTES:
        raise AssetError(f"claims {claimed} bytes of buffers, {MOST_BYTES} are allowed")
    buffers = tuple(_buffer(document, row, binary, folder) for row in range(len(document.buffers)))
    return Container(document, buffers, folder)


def _chunks(data: bytes) -> tuple[bytes, bytes | None]:
    """Returns the JSON and the binary chunk of a GLB."""
    if len(data) < _HEADER.size:
        raise AssetError(f"is cut off: {len(data)} bytes")
    _, version, length = _HEADER.unpack_from(data)
    if version != _VERSION:
        raise AssetError(f"is a GLB of version {version}, {_VERSION} is read")
    if length > len(data):
        raise AssetError(f"is cut off: it has {len(data)} of its {length} bytes")
    found: dict[bytes, bytes] = {}
    at = _HEADER.size
    while at + _CHUNK.size <= length:
        size, kind = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if size > length - at:
            raise AssetError(f"has a chunk of {size} bytes where {length - at} are left")
        found.setdefault(kind, data[at : at + size])
        at += size + -size % 4
    if b"JSON" not in found:
        raise AssetError("is a GLB without a chunk of JSON")
    return found[b"JSON"], found.get(b"BIN\0")


def _document(text: bytes) -> Document:
    if len(text) > _MOST_JSON_BYTES:
        raise AssetError(f"has {len(text)} bytes of JSON, {_MOST_JSON_BYTES} are allowed")
    try:
        tree = json.loads(text.decode("utf-8-sig"), parse_constant=_no_constant)
        _check_version(tree)
        document = Document.model_validate(tree)
    except ValidationError as error:
        raise AssetError(f"is no valid glTF: {first_fault(error)}") from error
    except ValueError as error:
        raise AssetError(f"is no glTF: {first_line(error)}") from error
    unread = sorted(set(document.extensions_required) - READ_EXTENSIONS)
    if unread:
        raise AssetError(f"needs what isn't read: {first_few(unread, 3)}; export it without")
    return document


def _check_version(tree: Any) -> None:
    """Raises AssetError for a file of another version: what else it breaks is beside the point."""
    asset = tree.get("asset") if isinstance(tree, dict) else None
    version = asset.get("version", "") if isinstance(asset, dict) else ""
    if version and not str(version).startswith("2."):
        raise AssetError(f"is glTF {ascii(version)[:20]}, '2.0' is read")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _buffer(document: Document, row: int, binary: bytes | None, folder: Path) -> bytes:
    buffer = document.buffers[row]
    embedded = binary if row == 0 else None
    content = embedded if buffer.uri is None else _bytes_of(buffer.uri, folder)
    if content is None:
        raise AssetError(f"lacks buffer {row}: {buffer.uri or 'no binary chunk'}")
    if len(content) < buffer.byte_length:
        raise AssetError(f"buffer {row} has {len(content)} of its {buffer.byte_length} bytes")
    return content[: buffer.byte_length]


def _bytes_of(uri: str, folder: Path) -> bytes | None:
    """Returns what a URI names: data within itself, or a file in the folder, None where that is missing."""
    if not uri.startswith("data:"):
        return read_inside(folder, unquote(uri))
    head, comma, body = uri.partition(",")
    if not comma or not head.endswith(";base64"):
        raise AssetError("has a data URI that is not in base64")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise AssetError(f"has a data URI that can't be decoded: {error}") from error
