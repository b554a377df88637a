"""EXR files of any compression, by OpenEXR: linear light of Rec. 709, as a photographer's tools write it.

Channels R, G and B or Y alone, whole or half floats, one part; alpha and others are left out.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float32

from assets_catalog.exr_files import check_flat, exr_channels, exr_size_px, opened_exr
from schemas.errors import AssetError

MAX_WIDTH_PX, MAX_HEIGHT_PX = 8192, 4096
_MAX_CHANNELS = 8
_REC709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_PRIMARIES_WITHIN = 0.03
"""Lets Rec. 709 pass that was adapted to another white, and no wider colour space."""


def read_exr(content: bytes) -> Float32[np.ndarray, "h w 3"]:
    """Returns the picture as it is stored, top row first. Raises AssetError for what is damaged or of another kind."""
    names = _checked_channels(opened_exr(content, header_only=True))
    channels = opened_exr(content, separate_channels=True).channels()
    planes = [np.asarray(channels[name].pixels) for name in names]
    for name, plane in zip(names, planes, strict=True):
        if plane.dtype not in (np.float16, np.float32) or plane.shape != planes[0].shape or plane.ndim != 2:
            raise AssetError(f"EXR's channel {name} is {plane.dtype} of shape {plane.shape}, must be floats")
    return np.stack(planes, axis=-1).astype(np.float32, copy=False)


def _checked_channels(file: Any) -> tuple[str, str, str]:
    """Returns the names of what becomes red, green and blue, once the header is known to be sane."""
    header = file.header()
    _check_size(header)
    _check_primaries(header)
    channels = exr_channels(header)
    if len(channels) > _MAX_CHANNELS:
        raise AssetError(f"EXR has {len(channels)} channels, at most {_MAX_CHANNELS} are read")
    check_flat(header)
    names = ("R", "G", "B") if {"R", "G", "B"} <= channels.keys() else ("Y", "Y", "Y")
    if not set(names) <= channels.keys():
        raise AssetError(f"EXR has the channels {', '.join(sorted(channels))}, must have R, G, B, or Y")
    if any(channels[name].xSampling != 1 or channels[name].ySampling != 1 for name in names):
        raise AssetError("EXR's channels are subsampled")
    return names


def _check_size(header: Mapping[str, Any]) -> None:
    width_px, height_px = exr_size_px(header)
    if not (0 < width_px <= MAX_WIDTH_PX and 0 < height_px <= MAX_HEIGHT_PX):
        raise AssetError(f"EXR is {width_px} x {height_px} pixels, at most {MAX_WIDTH_PX} x {MAX_HEIGHT_PX} are read")


def _check_primaries(header: Mapping[str, Any]) -> None:
    stated = header.get("chromaticities")
    if stated is not None and np.abs(np.subtract(stated[:6], _REC709)).max() > _PRIMARIES_WITHIN:
        raise AssetError("EXR's primaries are not those of Rec. 709: convert it to linear sRGB")
