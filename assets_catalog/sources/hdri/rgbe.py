"""Radiance pictures (.hdr): a text header, then four bytes a pixel: three mantissas that share an exponent.

Radiance = (mantissa + 0.5) * 2^(exponent - 136) / EXPOSURE, nothing where the exponent is 0 (Greg Ward, "Real Pixels",
Graphics Gems II; Radiance's color.c). Rows are run-length coded channel by channel, or stored as they are. Read
strictly: rows from the top, columns from the left, no byte missing, none left over.
"""

import numpy as np
from jaxtyping import Float32, UInt8

from assets_catalog.sources.hdri.exr import MAX_HEIGHT_PX, MAX_WIDTH_PX
from schemas.errors import AssetError

_HEADER_BYTES = 2**14
_CODED_WIDTHS = range(8, 2**15)
"""Widths of rows that may be run-length coded."""
_EXPOSURES = (1e-6, 1e6)


def read_rgbe(content: bytes) -> Float32[np.ndarray, "h w 3"]:
    """Returns the picture, top row first. Raises AssetError for what is damaged or of another kind."""
    width_px, height_px, exposure, at = _header(content)
    if len(content) - at < height_px * 4:
        raise AssetError(f"HDR is cut short after {len(content)} bytes")
    rows = np.empty((height_px, width_px, 4), dtype=np.uint8)
    for row in rows:
        at = _read_row(content, at, row)
    if content[at:].strip(b"\0\r\n "):
        raise AssetError(f"HDR has {len(content) - at} bytes after its last row")
    return _radiance(rows, exposure)


def _header(content: bytes) -> tuple[int, int, float, int]:
    """Returns width, height, exposure and where the pixels begin."""
    if not content.startswith((b"#?RADIANCE", b"#?RGBE")):
        raise AssetError(f"not a Radiance picture: begins with {content[:8]!r}")
    blank = content.find(b"\n\n", 0, _HEADER_BYTES)
    end = content.find(b"\n", blank + 2, blank + 80)
    if blank < 0 or end < 0:
        raise AssetError("HDR's header has no end")
    stated = [line.partition(b"=")[::2] for line in content[:blank].splitlines()]
    if [value.strip() for key, value in stated if key == b"FORMAT"] != [b"32-bit_rle_rgbe"]:
        raise AssetError("HDR's FORMAT must be 32-bit_rle_rgbe")
    width_px, height_px = _size(content[blank + 2 : end])
    return width_px, height_px, _exposure([value for key, value in stated if key == b"EXPOSURE"]), end + 1


def _size(line: bytes) -> tuple[int, int]:
    words = line.split()
    if len(words) != 4 or words[0::2] != [b"-Y", b"+X"] or not (words[1].isdigit() and words[3].isdigit()):
        raise AssetError(f"HDR's size is {line!r}, must be '-Y height +X width'")
    height_px, width_px = int(words[1][:9]), int(words[3][:9])
    if not (0 < width_px <= MAX_WIDTH_PX and 0 < height_px <= MAX_HEIGHT_PX):
        raise AssetError(f"HDR is {width_px} x {height_px} pixels, at most {MAX_WIDTH_PX} x {MAX_HEIGHT_PX} are read")
    return width_px, height_px


def _exposure(stated: list[bytes]) -> float:
    """Returns the product of all exposures, as the format has it."""
    try:
        exposure = float(np.prod([float(value) for value in stated]))
    except ValueError as error:
        raise AssetError(f"HDR's EXPOSURE is {stated!r}, must be numbers") from error
    if not _EXPOSURES[0] <= exposure <= _EXPOSURES[1]:
        raise AssetError(f"HDR's EXPOSURE is {exposure}, must be {_EXPOSURES[0]} to {_EXPOSURES[1]}")
    return exposure


def _read_row(content: bytes, at: int, row: UInt8[np.ndarray, "w 4"]) -> int:
    """Fills one row and returns where the next begins."""
    width_px, start = len(row), content[at : at + 4]
    coded = start.startswith(b"\2\2") and len(start) == 4 and start[2] < 128 and width_px in _CODED_WIDTHS
    if not coded:
        return _read_plain_row(content, at, row)
    if int.from_bytes(start[2:], "big") != width_px:
        raise AssetError("HDR's rows are not as wide as its header says")
    at += 4
    for channel in range(4):
        plane, at = _decoded(content, at, width_px)
        row[:, channel] = np.frombuffer(plane, np.uint8)
    return at


def _read_plain_row(content: bytes, at: int, row: UInt8[np.ndarray, "w 4"]) -> int:
    end = at + row.size
    if end > len(content):
        raise AssetError(f"HDR is cut short after {len(content)} bytes")
    row[:] = np.frombuffer(content, np.uint8, row.size, at).reshape(row.shape)
    if (row[:, :3] == 1).all(axis=1).any():
        raise AssetError("HDR has the old kind of runs, which is not read: save it anew")
    return end


def _decoded(content: bytes, at: int, width_px: int) -> tuple[bytes, int]:
    """Returns one channel of a row: a count above 128 repeats the next byte, any other copies as many bytes."""
    plane = bytearray()
    while len(plane) < width_px:
        count = content[at] if at < len(content) else 0
        taken = content[at + 1 : at + 2] if count > 128 else content[at + 1 : at + 1 + count]
        plane += taken * (count - 128) if count > 128 else taken
        at += 1 + len(taken)
        if not taken or (count <= 128 and len(taken) != count):
            raise AssetError(f"HDR is damaged or cut short at byte {at} of {len(content)}")
    if len(plane) != width_px:
        raise AssetError(f"HDR is damaged: a run at byte {at} ends beyond its row")
    return bytes(plane), at


def _radiance(rows: UInt8[np.ndarray, "h w 4"], exposure: float) -> Float32[np.ndarray, "h w 3"]:
    exponent = rows[..., 3].astype(np.int32)
    unit = np.where(exponent > 0, np.ldexp(np.float32(1.0 / exposure), exponent - 136), 0.0).astype(np.float32)
    return (rows[..., :3] + np.float32(0.5)) * unit[..., None]
