"""EXR files of others, opened by OpenEXR without believing them.

OpenEXR allocates what a header claims, so the header is read first. A block that it can't decode it reports on stderr
or stdout only, and drops the picture or leaves pixels unfilled: whatever it says there is a reason to refuse the file.
"""

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

import numpy as np
import OpenEXR

from schemas.errors import AssetError, first_line


def opened_exr(content: bytes, **how: bool) -> Any:
    """Returns OpenEXR's file of one part, `how` as OpenEXR's; raises AssetError with what OpenEXR says."""
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


def exr_size_px(header: Mapping[str, Any]) -> tuple[int, int]:
    """Returns the width and height that a header claims, any numbers; raises AssetError where pixels were cropped."""
    window, shown = (np.asarray(header[name], dtype=np.int64) for name in ("dataWindow", "displayWindow"))
    width_px, height_px = (window[1] - window[0] + 1).tolist()
    if not np.array_equal(window, shown):
        raise AssetError("EXR is cropped: its dataWindow is not its displayWindow")
    return width_px, height_px


def exr_channels(header: Mapping[str, Any]) -> dict[str, Any]:
    """Returns OpenEXR's channels by name; raises AssetError for a name that is no text."""
    try:
        named = {channel.name: channel for channel in header["channels"]}
    except UnicodeDecodeError as error:
        raise AssetError(f"not a sound EXR: a channel's name is no text: {error.reason}") from error
    if odd := [name for name in named if not name.isprintable()]:
        raise AssetError(f"not a sound EXR: a channel's name is {odd[0]!a}")
    return named


def check_flat(header: Mapping[str, Any]) -> None:
    """Raises AssetError where a pixel has several depths."""
    if header["type"] not in (OpenEXR.scanlineimage, OpenEXR.tiledimage):
        raise AssetError("EXR holds deep pixels")


def _reason(said: list[str]) -> str:
    """Returns the most telling line, without the name that OpenEXR has for bytes in memory."""
    return said[0].removeprefix("<python_buffer>: ") if said else ""


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
