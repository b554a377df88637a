"""Archive: a zip whose members are read one at a time, by where they lie, without its directory.

Format: PKWARE's APPNOTE 6.3. The directory is read once, by `zipfile`, where models are listed; each model is opened in
a process of its own, and a directory of thousands of members would take longer there than the model. Members are read
whole, so their size is bounded before they are inflated, and their checksum is compared.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from schemas.errors import AssetError

MEMBER_LIMIT_BYTES = 64 * 2**20

_LOCAL_HEADER = struct.Struct("<4s22xHH")
"""Signature; lengths of the name and of the extra field, which stand before the content."""
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Member:
    """Where a member lies, and what it must give."""

    offset_bytes: int
    """Of its local header."""
    packed_bytes: int
    content_bytes: int
    crc32: int
    method: int
    """`zipfile.ZIP_STORED` or `ZIP_DEFLATED`; no other is read."""


@dataclass(frozen=True)
class Archive:
    """A zip, or some of its members."""

    path: Path
    members: Mapping[str, Member] = field(repr=False)

    def below(self, folder: str) -> "Archive":
        """Returns the members of a folder and of those within it."""
        inside = f"{folder}/" if folder else ""
        return replace(self, members={name: each for name, each in self.members.items() if name.startswith(inside)})

    def read(self, name: str) -> bytes:
        """Returns the content of a member. Raises AssetError when it is absent, damaged or too large."""
        if name not in self.members:
            raise AssetError(f"no {name} in {self.path.name}")
        member = self.members[name]
        if max(member.content_bytes, member.packed_bytes) > MEMBER_LIMIT_BYTES:
            raise AssetError(f"{name} has {member.content_bytes} bytes, more than {MEMBER_LIMIT_BYTES}")
        try:
            content = _inflated(_packed(self.path, member), member)
        except (OSError, ValueError, struct.error, zlib.error) as error:
            raise AssetError(f"{name} in {self.path.name} can't be read: {error}") from error
        if len(content) != member.content_bytes or zlib.crc32(content) != member.crc32:
            found = f"{len(content)} bytes, or others, where {member.content_bytes} are stated"
            raise AssetError(f"{name} in {self.path.name} is damaged: {found}")
        return content


def open_archive(path: Path) -> Archive:
    """Reads the directory of a zip. Raises OSError or BadZipFile."""
    with zipfile.ZipFile(path) as opened:
        infos = [info for info in opened.infolist() if not info.is_dir() and not info.flag_bits & _ENCRYPTED]
    return Archive(
        path,
        {
            info.filename: Member(info.header_offset, info.compress_size, info.file_size, info.CRC, info.compress_type)
            for info in infos
        },
    )


def _packed(path: Path, member: Member) -> bytes:
    with path.open("rb") as file:
        file.seek(member.offset_bytes)
        signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        if signature != _SIGNATURE:
            raise ValueError("the zip's directory points elsewhere")
        file.seek(name_bytes + extra_bytes, 1)
        return file.read(member.packed_bytes)


def _inflated(packed: bytes, member: Member) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        return packed
    if member.method != zipfile.ZIP_DEFLATED:
        raise ValueError(f"packing method {member.method} is none that we read")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.content_bytes + 1)


def member_path(folder: str, reference: str) -> str:
    """Returns the member that a path inside a zip names; `folder` is the member folder it is relative to.

    A leading slash is the zip's root. Raises AssetError for a path that leaves the zip.
    """
    parts = reference.replace("\\", "/").split("/")
    if ".." in parts or "\0" in reference:
        raise AssetError(f"{reference!r} leaves the library")
    return posixpath.normpath(posixpath.join(folder, reference.replace("\\", "/").lstrip("/")))
