"""Surroundings: textures and environments, checked and measured.

A set keeps its files as they are, unless they are larger than 2K, which no floor needs. Negative light, which some
files hold, counts as none; what is infinite or no number makes a file unusable. Environments are kept as EXR of half
floats where those hold the brightest pixel, else of whole ones, at most 4096 pixels wide.
"""

import io
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import OpenEXR
from jaxtyping import Float32
from PIL import Image

from assets_catalog.colors import color_name, display, linear
from assets_catalog.ingest.candidate import (
    AddOptions,
    Candidate,
    Loaded,
    LoadedEnvironment,
    LoadedTexture,
    Prepared,
)
from assets_catalog.ingest.light import measured
from assets_catalog.ingest.origin import origin_of
from assets_catalog.objects import content_of_maps, object_name
from assets_catalog.pictures import decoded_map, ending, png
from assets_catalog.record import EnvironmentRecord, MapRole, Substance, TextureRecord
from schemas.errors import AssetError, one_line
from schemas.surface import Color

_KEPT_TEXTURE_PX = 2048
_SAME_SHAPE = 0.01
"""Maps of a set may differ in size, not in shape: an even one is often a few pixels wide."""
_KEPT_ENVIRONMENT_PX = 4096
_LEAST_ENVIRONMENT_PX = 64
_LARGEST_HALF = 65504.0
_BRIGHTEST = 1e8
"""Beyond any sun; its sums would overflow."""
_TILE_M: Mapping[Substance, float] = {
    "wood": 1.5, "brick": 2.0, "tile": 1.5, "plaster": 2.0, "concrete": 2.0, "stone": 2.0, "carpet": 1.0,
    "fabric": 0.5, "leather": 0.5, "paper": 1.0, "metal": 1.0, "asphalt": 2.5, "grass": 2.0, "ground": 2.0, "bark": 1.2,
}  # fmt: skip
"""Usual width of a tile, where nobody states it."""


def prepare_texture(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns a set of pictures with what is known of it. Raises AssetError."""
    assert isinstance(loaded, LoadedTexture)
    pictures = {role: decoded_map(content, f"the {role} map") for role, content in sorted(loaded.maps.items())}
    _check_set(pictures)
    kept = {role: _kept(pictures[role], loaded.maps[role]) for role in pictures}
    names = {role: object_name(content, ending(content)) for role, content in kept.items()}
    color = _mean_color(pictures["color"])
    width_px, height_px = decoded_map(kept["color"], "the color map").size
    facts = candidate.facts
    substance = facts.substance or "unknown"
    record = TextureRecord(
        **_entry(candidate, options),
        sha256=content_of_maps(names),
        substance=substance,
        color_name=color_name(color),
        color=color,
        maps=names,
        size_m=facts.tile_m or _usual_tile_m(substance, height_px / width_px),
        scale="stated" if facts.tile_m else "prior",
        width_px=width_px,
        height_px=height_px,
    )
    return Prepared(record, {names[role]: content for role, content in kept.items()})


def prepare_environment(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns an environment with what is known of it. Raises AssetError."""
    assert isinstance(loaded, LoadedEnvironment)
    radiance = _reduced(_checked(loaded.radiance))
    light = measured(radiance)
    content = encode_environment(radiance)
    name = object_name(content, ".exr")
    height_px, width_px, _ = radiance.shape
    record = EnvironmentRecord(
        **_entry(candidate, options),
        sha256=name.removesuffix(".exr"),
        width_px=width_px,
        height_px=height_px,
        place=candidate.facts.place or "unknown",
        mean_luminance=light.mean_luminance,
        contrast=light.contrast,
        brightest=light.brightest,
    )
    return Prepared(record, {name: content})


def encode_environment(radiance: Float32[np.ndarray, "h w 3"]) -> bytes:
    """Returns a picture as an EXR file; equal pictures give equal bytes."""
    kept = radiance.astype(np.float16) if radiance.max() <= _LARGEST_HALF else radiance
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    file = io.BytesIO()
    OpenEXR.File(header, {"RGB": np.ascontiguousarray(kept)}, num_threads=1).write(file)
    return file.getvalue()


def _entry(candidate: Candidate, options: AddOptions) -> dict[str, Any]:
    """Returns what the records of both kinds have."""
    return {
        "label": one_line(candidate.facts.label or "") or candidate.asset_id.rpartition("/")[2],
        **origin_of(candidate, options),
    }


def _check_set(pictures: Mapping[MapRole, Image.Image]) -> None:
    if "color" not in pictures:
        raise AssetError(f"set has no colour map, only {', '.join(pictures) or 'nothing'}")
    width_px, height_px = pictures["color"].size
    for role, picture in pictures.items():
        if not math.isclose(picture.width * height_px, picture.height * width_px, rel_tol=_SAME_SHAPE):
            stated = f"{picture.width} x {picture.height}"
            raise AssetError(f"the {role} map has {stated} pixels, the color map {width_px} x {height_px}")
    if "normal" in pictures:
        _, _, outward = np.asarray(pictures["normal"].convert("RGB").reduce(4), dtype=np.float64).mean(axis=(0, 1))
        if outward < 128:
            raise AssetError("the normal map points into the surface: it is none")


def _kept(picture: Image.Image, content: bytes) -> bytes:
    """Returns the file as it is, or a smaller one of its picture."""
    factor = math.ceil(max(picture.size) / _KEPT_TEXTURE_PX)
    if factor == 1:
        return content
    return png(_of_8_bits(picture).reduce(factor))


def _of_8_bits(picture: Image.Image) -> Image.Image:
    """Returns a picture as grey or RGB, with or without alpha; Pillow itself would clip 16 bits."""
    if picture.mode.startswith("I"):
        return Image.fromarray((np.asarray(picture, dtype=np.int64) // 257).clip(0, 255).astype(np.uint8))
    return picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("RGB")


def _mean_color(picture: Image.Image) -> Color:
    """Returns the mean, taken in linear light, as sRGB (IEC 61966-2-1)."""
    counts = np.array(_of_8_bits(picture).convert("RGB").histogram(), dtype=np.float64).reshape(3, 256)
    mean = counts @ linear(np.arange(256) / 255) / counts.sum(axis=1)
    red, green, blue = display(mean).tolist()
    return red, green, blue


def _usual_tile_m(substance: Substance, aspect: float) -> tuple[float, float]:
    width_m = _TILE_M.get(substance, 1.0)
    return width_m, width_m * aspect


def _checked(radiance: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    """Returns the picture without negative light."""
    height_px, width_px, _ = radiance.shape
    if width_px != 2 * height_px or width_px < _LEAST_ENVIRONMENT_PX:
        raise AssetError(
            f"environment is {width_px} x {height_px} pixels, must be twice as wide as high "
            f"and at least {_LEAST_ENVIRONMENT_PX} wide"
        )
    if not np.isfinite(radiance).all():
        raise AssetError("environment holds light that is infinite or no number")
    if not 0.0 < radiance.max() <= _BRIGHTEST:
        raise AssetError(f"environment's brightest pixel is {radiance.max()}, must be above 0 and up to {_BRIGHTEST:g}")
    return np.maximum(radiance, np.float32(0.0))


def _reduced(radiance: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "kept_h kept_w 3"]:
    """Returns the picture with whole blocks of pixels made one, where it is wider than what is kept."""
    height_px, width_px, _ = radiance.shape
    factor = math.ceil(width_px / _KEPT_ENVIRONMENT_PX)
    if factor == 1:
        return radiance
    rows = height_px // factor
    blocks = radiance[: rows * factor, : 2 * rows * factor].reshape(rows, factor, 2 * rows, factor, 3)
    return blocks.mean(axis=(1, 3), dtype=np.float32)
