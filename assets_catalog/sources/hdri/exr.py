"""EXR files of any compression, by OpenEXR: linear light of Rec. 709, as a photographer's tools write it.

OpenEXR allocates what a header claims, so the header is read first. A block that it can't decode it reports on stderr
or stdout only, and drops the picture or leaves pixels unfilled: whatever it says there is a reason to refuse the file.
Channels R, G and B or Y alone, whole or half floats, one part; alpha and others are left out.
"""

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

import numpy as np
import OpenEXR
from jaxtyping import Float32

from schemas.errors import AssetError, first_line

MAX_WIDTH_PX, MAX_HEIGHT_PX = 8192, 4096
_MAX_CHANNELS = 8
_REC709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_PRIMARIES_WITHIN = 0.03
"""Lets Rec. 709 pass that was adapted to another white, and no wider colour space."""


def read_exr(content: bytes) -> Float32[np.ndarray, "h w 3"]:
    """Returns the picture as it is stored, top row first. Raises AssetError for what is damaged or of another kind."""
    names = _checked_channels(_read(content, header_only=True))
    channels = _read(content, separate_channels=True).channels()
    planes = [np.asarray(channels[name].pixels) for name in names]
    for name, plane in zip(names, planes, strict=True):
        if plane.dtype not in (np.float16, np.float32) or plane.shape != planes[0].shape or plane.ndim != 2:
            raise AssetError(f"EXR's channel {name} is {plane.dtype} of shape {plane.shape}, must be floats")
    return np.stack(planes, axis=-1).astype(np.float32, copy=False)


def _read(content: bytes, **how: bool) -> Any:
    """Returns OpenEXR's file of one part; raises AssetError with what OpenEXR says."""
    said: list[str] = []
    try:
        with _heard(said):
            file = OpenEXR.File(io.BytesIO(content), num_threads=1, **how)
    except (RuntimeError, ValueError, TypeError, MemoryError) as error:
        raise AssetError(f"not a sound EXR: {_reason(said) or first_line(error)}") from error
    if said:
        raise AssetError(f"not a sound EXR: {_reason(said)}")
    if len(file.parts) != 1:
        raise AssetError(f"EXR has {len(file.parts)} parts, must have one")
    return file


def _reason(said: list[str]) -> str:
    """Returns the most telling line, without the name that OpenEXR has for bytes in memory."""
    return said[0].removeprefix("<python_buffer>: ") if said else ""


def _checked_channels(file: Any) -> tuple[str, str, str]:
    """Returns the names of what becomes red, green and blue, once the header is known to be sane."""
    header = file.header()
    _check_size(header)
    _check_primaries(header)
    channels = {channel.name: channel for channel in header["channels"]}
    if len(channels) > _MAX_CHANNELS:
        raise AssetError(f"EXR has {len(channels)} channels, at most {_MAX_CHANNELS} are read")
    if header["type"] not in (OpenEXR.scanlineimage, OpenEXR.tiledimage):
        raise AssetError("EXR holds deep pixels")
    names = ("R", "G", "B") if {"R", "G", "B"} <= channels.keys() else ("Y", "Y", "Y")
    if not set(names) <= channels.keys():
        raise AssetError(f"EXR has the channels {', '.join(sorted(channels))}, must have R, G, B, or Y")
    if any(channels[name].xSampling != 1 or channels[name].ySampling != 1 for name in names):
        raise AssetError("EXR's channels are subsampled")
    return names


def _check_size(header: Mapping[str, Any]) -> None:
    window, shown = (np.asarray(header[name], dtype=np.int64) for name in ("dataWindow", "displayWindow"))
    width_px, height_px = (window[1] - window[0] + 1).tolist()
    if not np.array_equal(window, shown):
        raise AssetError("EXR is cropped: its dataWindow is not its displayWindow")
    if not (0 < width_px <= MAX_WIDTH_PX and 0 < height_px <= MAX_HEIGHT_PX):
        raise AssetError(f"EXR is {width_px} x {height_px} pixels, at most {MAX_WIDTH_PX} x {MAX_HEIGHT_PX} are read")


def _check_primaries(header: Mapping[str, Any]) -> None:
    stated = header.get("chromaticities")
    if stated is not None and np.abs(np.subtract(stated[:6], _REC709)).max() > _PRIMARIES_WITHIN:
        raise AssetError("EXR's primaries are not those of Rec. 709: convert it to linear sRGB")


@contextmanager
def _heard(said: list[str]) -> Iterator[None]:
    """Adds to `said` what C code and Python write to stdout and stderr inside the block; a pipe's worth at most."""
    sys.stdout.flush()
    sys.stderr.flush()
    printed = io.StringIO()
    end, into = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    kept = {number: os.dup(number) for number in (1, 2)}
    try:
        for number in kept:
            os.dup2(into, number)
        with redirect_stdout(printed), redirect_stderr(printed):
            yield
    finally:
        for number, original in kept.items():
            os.dup2(original, number)
            os.close(original)
        os.close(into)
        with suppress(BlockingIOError):
            said += os.read(end, 2**16).decode("utf-8", "replace").splitlines()
        said += printed.getvalue().splitlines()
        os.close(end)
