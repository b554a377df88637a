"""Codec: depth to colours and back beside the package hilbertmap and a copy of memory; normals; files. One thread."""

import time
from collections.abc import Callable
from functools import partial

import hilbertmap
import numpy as np
from jaxtyping import Float32, UInt8
from rich.table import Table

from scenegen.dataset.exr import decode_exr, encode_exr
from scenegen.dataset.png import decode_png, encode_png
from scenegen.encoders import ENCODERS
from schemas.frame import GBuffer

SIDE_PX = 1024
_SECONDS = 1.0


def codec_table() -> Table:
    """Returns MPix/s of each, and how many times hilbertmap's."""
    buffers = smooth_buffers()
    depth, normals = ENCODERS["depth"], ENCODERS["normals"]
    target = depth.encode(buffers)
    rng = np.random.default_rng(0)
    noisy = np.clip(target + rng.normal(0, 4, target.shape), 0, 255).round().astype(np.uint8)
    turned = normals.encode(buffers)
    theirs_in = pace(lambda: hilbertmap.depth_to_rgb(buffers.z_depth_m))
    theirs_out = pace(lambda: hilbertmap.rgb_to_depth(target))
    table = Table("1024x1024, one thread", "MPix/s", "times hilbertmap", title="codecs")
    for name, run, theirs in [
        ("memory copy of RGB", target.copy, None),
        ("depth encode", lambda: depth.encode(buffers), theirs_in),
        ("depth decode, clean", lambda: depth.decode(target), theirs_out),
        ("depth decode, noisy", lambda: depth.decode(noisy), theirs_out),
        ("hilbertmap encode", lambda: hilbertmap.depth_to_rgb(buffers.z_depth_m), None),
        ("hilbertmap decode", lambda: hilbertmap.rgb_to_depth(target), None),
        ("normals encode", lambda: normals.encode(buffers), None),
        ("normals decode", lambda: normals.decode(turned), None),
    ]:
        found = pace(run)
        table.add_row(name, f"{found:.1f}", f"{found / theirs:.0f}" if theirs else "")
    return table


def files_table(rgb: UInt8[np.ndarray, "h w 3"], buffers: GBuffer) -> Table:
    """Returns what the files of one frame cost."""
    pictures = {"picture": rgb, **{task: encoder.encode(buffers) for task, encoder in ENCODERS.items()}}
    height_px, width_px = buffers.z_depth_m.shape
    table = Table(f"{width_px}x{height_px}", "write ms", "read ms", "kB", title="files")
    megapixels = width_px * height_px / 1e6
    exr = encode_exr(buffers)
    for name, each in pictures.items():
        png = encode_png(each)
        figures = (
            _milliseconds(partial(encode_png, each), megapixels),
            _milliseconds(partial(decode_png, png), megapixels),
        )
        table.add_row(f"PNG, {name}", *figures, f"{len(png) / 1e3:.0f}")
    figures = (
        _milliseconds(partial(encode_exr, buffers), megapixels),
        _milliseconds(partial(decode_exr, exr), megapixels),
    )
    table.add_row("EXR", *figures, f"{len(exr) / 1e3:.0f}")
    return table


def _milliseconds(run: Callable[[], object], megapixels: float) -> str:
    return f"{1e3 * megapixels / pace(run, megapixels):.1f}"


def pace(run: Callable[[], object], megapixels: float = SIDE_PX * SIDE_PX / 1e6) -> float:
    """Returns MPix/s: the best of as many calls as fit into a second, after one that compiles and warms up."""
    run()
    best_s, end = float("inf"), time.perf_counter() + _SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        run()
        best_s = min(best_s, time.perf_counter() - start)
    return megapixels / best_s


def smooth_buffers() -> GBuffer:
    """Returns a room-like depth with steps, sky and slopes, and normals all around."""
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX] / SIDE_PX
    z_depth_m: Float32[np.ndarray, "h w"] = (1.5 + 6 * y + 2 * np.sin(9 * x) * (x > 0.5)).astype(np.float32)
    z_depth_m[:100] = np.inf
    normals = np.stack([np.sin(7 * x), np.sin(5 * y), np.full_like(x, 1.2)], axis=-1)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    normals[:100] = 0
    ids = np.isfinite(z_depth_m).astype(np.int32)
    return GBuffer(z_depth_m, normals.astype(np.float32), ids, ids, ids)


def noisy_picture(buffers: GBuffer) -> UInt8[np.ndarray, "h w 3"]:
    """Returns a picture with the slopes, edges and noise of a photograph."""
    rng = np.random.default_rng(1)
    light = (buffers.normal_cam * 60 + 120)[..., ::-1]
    return np.clip(light + rng.normal(0, 2, light.shape), 0, 255).astype(np.uint8)
