"""The container of a GLB file: a header, a chunk of JSON, a chunk of bytes.

Format: glTF 2.0, chapter 4 (GLB file format). Little endian; chunks start at multiples of 4, JSON is filled up with
spaces, bytes with zeros.
"""

import struct

from schemas.errors import AssetError

MAGIC, VERSION = b"glTF", 2
_HEADER, _CHUNK = struct.Struct("<4sII"), struct.Struct("<I4s")
_KINDS = (b"JSON", b"BIN\0")
_MOST_BYTES = 2**32 - 1


def packed(json: bytes, binary: bytes) -> bytes:
    """Returns the file. Raises AssetError when it would be larger than the format allows."""
    chunks = (json + b" " * (-len(json) % 4), binary + b"\0" * (-len(binary) % 4))
    length = _HEADER.size + sum(_CHUNK.size + len(chunk) for chunk in chunks)
    if length > _MOST_BYTES:
        raise AssetError(f"a GLB of {length} bytes: at most {_MOST_BYTES} can be written")
    parts = [_HEADER.pack(MAGIC, VERSION, length)]
    for kind, chunk in zip(_KINDS, chunks, strict=True):
        parts += [_CHUNK.pack(len(chunk), kind), chunk]
    return b"".join(parts)


def unpacked(data: bytes, name: str) -> tuple[memoryview, memoryview]:
    """Returns the chunk of JSON and the chunk of bytes. Raises AssetError unless the lengths add up exactly."""
    if len(data) < _HEADER.size:
        raise AssetError(f"{name} has {len(data)} bytes: no GLB")
    magic, version, length = _HEADER.unpack_from(data)
    if (magic, version) != (MAGIC, VERSION):
        raise AssetError(f"{name} is no GLB of version {VERSION}: it begins with {bytes(data[:8])!r}")
    if length != len(data):
        raise AssetError(f"{name} has {len(data)} bytes, and says that it has {length}")
    json, after = _chunk(data, _HEADER.size, _KINDS[0], name)
    binary, end = _chunk(data, after, _KINDS[1], name)
    if end != len(data):
        raise AssetError(f"{name} has {len(data) - end} bytes after its last chunk")
    return json, binary


def _chunk(data: bytes, start: int, kind: bytes, name: str) -> tuple[memoryview, int]:
    """Returns the content of the chunk that begins at `start`, and where it ends."""
    content = start + _CHUNK.size
    if content > len(data):
        raise AssetError(f"{name} ends before its chunk {kind.decode().strip(chr(0))}")
    length, found = _CHUNK.unpack_from(data, start)
    if found != kind or length % 4 or content + length > len(data):
        raise AssetError(f"{name} has a chunk of kind {found!r} and {length} bytes at {start}, where {kind!r} belongs")
    return memoryview(data)[content : content + length], content + length
