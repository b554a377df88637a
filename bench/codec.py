"""Codec: depth to colours and back beside the package hilbertmap and a copy of memory; normals; masks; files.

One thread.
"""

import time
from collections.abc import Callable
from functools import partial

import hilbertmap
import numpy as np
from jaxtyping import Float32, Int32, UInt8
from rich.table import Table

from scenegen.dataset.exr import decode_exr, encode_exr
from scenegen.dataset.png import decode_png, encode_png
from scenegen.encoders.depth import PowerCurve, depth_codec
from scenegen.encoders.legend import Rgb
from scenegen.encoders.masks import decode_instances, decode_legend, paint
from scenegen.encoders.normals import NORMALS_CODEC
from schemas.frame import GBuffer

SIDE_PX = 1024
_SECONDS = 1.0


def codec_table() -> Table:
    """Returns MPix/s and milliseconds of each, and how many times hilbertmap's pace."""
    buffers = smooth_buffers()
    depth, normals = depth_codec(PowerCurve()), NORMALS_CODEC
    target = depth.encode(buffers)
    rng = np.random.default_rng(0)
    noisy = _noisy(rng, target, 4)
    turned = normals.encode(buffers)
    theirs_in = pace(lambda: hilbertmap.depth_to_rgb(buffers.z_depth_m))
    theirs_out = pace(lambda: hilbertmap.rgb_to_depth(target))
    table = Table("1024x1024, one thread", "MPix/s", "ms", "times hilbertmap", title="codecs")
    for name, run, theirs in [
        ("memory copy of RGB", target.copy, None),
        ("depth encode", lambda: depth.encode(buffers), theirs_in),
        ("depth decode, clean", lambda: depth.decode(target), theirs_out),
        ("depth decode, noisy", lambda: depth.decode(noisy), theirs_out),
        ("hilbertmap encode", lambda: hilbertmap.depth_to_rgb(buffers.z_depth_m), None),
        ("hilbertmap decode", lambda: hilbertmap.rgb_to_depth(target), None),
        ("normals encode", lambda: normals.encode(buffers), None),
        ("normals decode", lambda: normals.decode(turned), None),
        *((name, run, None) for name, run in _map_runs(rng, buffers)),
        *((name, run, None) for name, run in _mask_runs(rng)),
    ]:
        found = pace(run)
        ms = f"{SIDE_PX * SIDE_PX / 1e3 / found:.1f}"
        table.add_row(name, f"{found:.1f}", ms, f"{found / theirs:.0f}" if theirs else "")
    return table


def _map_runs(rng: np.random.Generator, buffers: GBuffer) -> list[tuple[str, Callable[[], object]]]:
    viridis = depth_codec(PowerCurve(), "viridis")
    target = viridis.encode(buffers)
    noisy = _noisy(rng, target, 5)
    return [
        ("depth encode, viridis", lambda: viridis.encode(buffers)),
        ("depth decode, viridis, clean", lambda: viridis.decode(target)),
        ("depth decode, viridis, noisy", lambda: viridis.decode(noisy)),
    ]


def _mask_runs(rng: np.random.Generator) -> list[tuple[str, Callable[[], object]]]:
    """Forty discs; read by twenty colours, and by the five steps with and without noise."""
    ids, background = _discs(rng, 40), (125, 0, 125)
    grid = rng.permutation(np.stack(np.meshgrid(*[np.arange(0, 256, 51)] * 3), axis=-1).reshape(-1, 3))
    colors: list[Rgb] = [(int(red), int(green), int(blue)) for red, green, blue in grid]
    target = paint(ids, dict(enumerate(colors)), background)
    noisy, static = _noisy(rng, target, 2), rng.integers(0, 256, target.shape, dtype=np.uint8)
    return [
        ("masks paint", lambda: paint(ids, dict(enumerate(colors)), background)),
        ("masks decode, 20 colors", lambda: decode_legend(noisy, colors[:20], background)),
        ("instances decode, clean", lambda: decode_instances(target, background)),
        ("instances decode, noisy", lambda: decode_instances(noisy, background)),
        ("instances decode, static", lambda: decode_instances(static, background)),
    ]


def _discs(rng: np.random.Generator, count: int) -> Int32[np.ndarray, "h w"]:
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    ids = np.zeros((SIDE_PX, SIDE_PX), np.int32)
    for each in range(1, count + 1):
        row, column = rng.integers(0, SIDE_PX, 2)
        ids[(y - row) ** 2 + (x - column) ** 2 < rng.uniform(20, 120) ** 2] = each
    return ids


def _noisy(rng: np.random.Generator, target: UInt8[np.ndarray, "h w 3"], sigma: float) -> UInt8[np.ndarray, "h w 3"]:
    return np.clip(target + rng.normal(0, sigma, target.shape), 0, 255).round().astype(np.uint8)


def files_table(rgb: UInt8[np.ndarray, "h w 3"], buffers: GBuffer) -> Table:
    """Returns what the files of one frame cost."""
    pictures = {
        "picture": rgb,
        "depth": depth_codec(PowerCurve()).encode(buffers),
        "normals": NORMALS_CODEC.encode(buffers),
        "masks": paint(buffers.instance_id, {1: (200, 30, 90)}, (0, 0, 0)),
    }
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
