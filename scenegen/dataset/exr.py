"""EXR: one frame's exact buffers, bit for bit.

Single part, scanlines, ZIP; channels `class_id`, `instance_id`, `material_id` (uint32), `normal_cam.X/Y/Z`,
`z_depth_m` (float32), in the axes and units of `schemas.frame.GBuffer`. ZIP is the compression whose checksum
(Adler-32) finds nearly all flipped bits; NONE and PIZ find none.

OpenEXR writes; we read by ourselves, after https://openexr.com/en/latest/OpenEXRFileLayout.html: the Python reader of
OpenEXR 3.5 answers a damaged block with a line on stderr and pixels that were never filled, and allocates what the
header claims. Blocks are 16 rows: first row, size, then zlib over bytes that were split into even and odd ones and
replaced by their differences; a block that zlib would not shrink is stored as it is.

Edges: infinity, zero and NaN come back as they went in. Anything off raises DatasetError before it is allocated.
"""

import io
import struct

import deflate
import numpy as np
import OpenEXR
from jaxtyping import Int32, UInt8

from scenegen.compiled import compiled_when_called
from schemas.errors import DatasetError
from schemas.frame import GBuffer
from schemas.ranges import MAX_SIDE_PX

_MAGIC = struct.pack("<ii", 20000630, 2)
_UINT, _FLOAT = 0, 2
_CHANNELS = {
    "class_id": _UINT,
    "instance_id": _UINT,
    "material_id": _UINT,
    "normal_cam.X": _FLOAT,
    "normal_cam.Y": _FLOAT,
    "normal_cam.Z": _FLOAT,
    "z_depth_m": _FLOAT,
}
"""Name -> pixel type of the file format, in the file's order."""
_CHLIST = b"".join(name.encode() + struct.pack("<xiB3xii", kind, 0, 1, 1) for name, kind in _CHANNELS.items()) + b"\0"
_ZIP = b"\3"
_BLOCK_ROWS = 16


def encode_exr(gbuffer: GBuffer) -> bytes:
    """Returns the buffers as an EXR file; equal buffers give equal bytes."""
    channels = {
        "class_id": gbuffer.class_id.astype(np.uint32),
        "instance_id": gbuffer.instance_id.astype(np.uint32),
        "material_id": gbuffer.material_id.astype(np.uint32),
        "z_depth_m": np.ascontiguousarray(gbuffer.z_depth_m),
        **{f"normal_cam.{axis}": gbuffer.normal_cam[..., i].copy() for i, axis in enumerate("XYZ")},
    }
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    file = io.BytesIO()
    OpenEXR.File(header, channels, num_threads=1).write(file)
    return file.getvalue()


def decode_exr(exr: bytes) -> GBuffer:
    """Returns the buffers of an EXR file that `encode_exr` wrote; raises DatasetError where the file is off."""
    attributes, at = _header(exr)
    width_px, height_px = _size(attributes)
    _check_form(attributes)
    rows = _rows(exr, at, width_px, height_px)
    channel = dict(zip(_CHANNELS, rows.transpose(1, 0, 2, 3), strict=True))
    return GBuffer(
        z_depth_m=_plane(channel["z_depth_m"], np.float32),
        normal_cam=np.stack([_plane(channel[f"normal_cam.{axis}"], np.float32) for axis in "XYZ"], axis=-1),
        instance_id=_ids(channel["instance_id"]),
        class_id=_ids(channel["class_id"]),
        material_id=_ids(channel["material_id"]),
    )


def _header(exr: bytes) -> tuple[dict[str, bytes], int]:
    """Returns the attributes as they are stored, and where the header ends."""
    if not exr.startswith(_MAGIC):
        raise DatasetError(f"not an EXR of single scanline parts: begins with {exr[:8]!r}")
    attributes: dict[str, bytes] = {}
    at = len(_MAGIC)
    while exr[at : at + 1] != b"\0":
        name, name_end = _text(exr, at)
        _, type_end = _text(exr, name_end)
        size = int.from_bytes(exr[type_end : type_end + 4], "little")
        at = type_end + 4 + size
        attributes[name] = exr[type_end + 4 : at]
        if at >= len(exr):
            raise DatasetError(f"EXR cut short in its header, after {len(exr)} bytes")
    return attributes, at + 1


def _text(exr: bytes, at: int) -> tuple[str, int]:
    """Returns a null-terminated string of the header, and where the next byte is."""
    end = exr.find(b"\0", at, at + 256)
    if end < 0:
        raise DatasetError(f"EXR header is damaged at byte {at}")
    return exr[at:end].decode("ascii", "replace"), end + 1


def _size(attributes: dict[str, bytes]) -> tuple[int, int]:
    window = attributes.get("dataWindow", b"")
    if len(window) != 16:
        raise DatasetError("EXR header has no dataWindow")
    left, top, right, bottom = struct.unpack("<iiii", window)
    width_px, height_px = right + 1, bottom + 1
    if left or top or not (0 < width_px <= MAX_SIDE_PX and 0 < height_px <= MAX_SIDE_PX):
        raise DatasetError(
            f"EXR's dataWindow is ({left}, {top}) to ({right}, {bottom}), must start at (0, 0), "
            f"a side may have 1 to {MAX_SIDE_PX}"
        )
    return width_px, height_px


def _check_form(attributes: dict[str, bytes]) -> None:
    if attributes.get("channels") != _CHLIST:
        raise DatasetError(f"EXR's channels are {attributes.get('channels')!r}, must be {', '.join(_CHANNELS)}")
    if attributes.get("compression") != _ZIP:
        raise DatasetError(f"EXR's compression is {attributes.get('compression')!r}, must be ZIP ({_ZIP!r})")


def _rows(exr: bytes, at: int, width_px: int, height_px: int) -> UInt8[np.ndarray, "h c w 4"]:
    """Returns the pixels' bytes: row, channel, column, byte. Blocks must follow one another without a gap."""
    tops = range(0, height_px, _BLOCK_ROWS)
    at += 8 * len(tops)
    blocks = []
    for top in tops:
        row, size = struct.unpack("<ii", exr[at : at + 8].ljust(8, b"\xff"))
        packed = exr[at + 8 : at + 8 + max(size, 0)]
        if row != top or size < 0 or len(packed) != size:
            raise DatasetError(f"EXR is damaged or cut short in the rows from {top} of {height_px}")
        count = min(_BLOCK_ROWS, height_px - top)
        blocks.append(_unpacked(packed, count * len(_CHANNELS) * width_px * 4, top))
        at += 8 + size
    if at != len(exr):
        raise DatasetError(f"EXR has {len(exr) - at} bytes after its last row")
    return np.concatenate(blocks).reshape(height_px, len(_CHANNELS), width_px, 4)


def _unpacked(packed: bytes, size: int, top: int) -> UInt8[np.ndarray, "n"]:
    """Undoes ZIP: zlib, then differences (offset by 128), then the split into even and odd bytes."""
    if len(packed) == size:
        return np.frombuffer(packed, np.uint8)
    try:
        split = deflate.zlib_decompress(packed, size)
    except deflate.DeflateError as error:
        raise DatasetError(f"EXR is damaged in the rows from {top}: {error}") from error
    if len(split) != size:
        raise DatasetError(f"EXR's rows from {top} hold {len(split)} bytes, must be {size}")
    block = np.empty(size, np.uint8)
    _join(np.frombuffer(split, np.uint8), block)
    return block


@compiled_when_called
def _join(split: UInt8[np.ndarray, " n"], block: UInt8[np.ndarray, " n"]) -> None:
    """Writes the bytes, of even number, whose even ones and then odd ones are given by differences."""
    byte = np.uint8(128)
    for i in range(split.size):
        byte = np.uint8(byte + split[i] + 128)
        block[2 * i if 2 * i < split.size else 2 * i - split.size + 1] = byte


def _plane(pixels: UInt8[np.ndarray, "h w 4"], dtype: type) -> np.ndarray:
    return np.ascontiguousarray(pixels).view(np.dtype(dtype).newbyteorder("<"))[..., 0].astype(dtype)


def _ids(pixels: UInt8[np.ndarray, "h w 4"]) -> Int32[np.ndarray, "h w"]:
    ids = _plane(pixels, np.uint32)
    if ids.max() > np.iinfo(np.int32).max:
        raise DatasetError(f"EXR holds the id {ids.max()}, ids end at {np.iinfo(np.int32).max}")
    return ids.astype(np.int32)
