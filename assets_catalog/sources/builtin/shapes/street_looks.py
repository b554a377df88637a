"""Looks out of doors: stone, render, concrete, brick, bark, rubber, the paint of cars and of street furniture.

Names, colours and finishes are as in `looks`. Brick is a small picture of one square metre, made here.
"""

import struct
import zlib
from dataclasses import replace
from functools import cache

import numpy as np
from jaxtyping import UInt8

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes.looks import Finish, drawn, look, one_of, tinted
from schemas.seeds import rng_for

_STONES = ("8d8a84", "a39c90", "77746f", "9c8f7d", "6a6865", "b3aa9a")
_RENDERS = ("e6dcc6", "d9c7a3", "c9b79a", "e8e4da", "d8b59a", "b9c0b4", "cfa98a", "bfc6c9")
_BRICKS = ("9a5a44", "8a4a3a", "b0765a", "a98766", "7a5548", "c2a079")
_BARKS = ("5a4a3c", "6b5b4a", "4a4038", "7d7264", "8a8278")
_FOLIAGE = ("3f6b35", "557f3f", "4c7234", "6f8f4f", "35592f", "7a8f3e")
_CROWNS = (*_FOLIAGE, "4a6a2e", "5f7a3a", "3a5a34", "86893e", "5c3434", "9a7a34")
"""A beech may be copper, a maple turn yellow early."""
_NEEDLES = ("2f4f34", "3a5a3c", "2c4a3a", "48643f")
_CARS = ("b3b6b8", "e9e9e6", "17191c", "5d6266", "7a1f22", "1f3a63", "2f4f46", "c8a24a", "8c9aa3", "6b2f2a")
_STREET_PAINTS = ("22302a", "2a2b2d", "3d4347", "1f3a34", "5b5f62", "6b2d26")
_WEATHERED = ("8a7b68", "77695a", "9a8f80", "6b5138", "a08565")
_ROOFS = ("8a4d3a", "5a4038", "44464a", "6b5a4e")


def stone(rng: np.random.Generator) -> AssetMaterial:
    """Returns a weathered stone."""
    return look("stone:rough", tinted(rng, one_of(rng, _STONES)), Finish(drawn(rng, 0.75, 0.95)))


def render(rng: np.random.Generator) -> AssetMaterial:
    """Returns the plaster of an outer wall."""
    return look("plaster:render", tinted(rng, one_of(rng, _RENDERS)), Finish(0.9))


def concrete(rng: np.random.Generator) -> AssetMaterial:
    """Returns a concrete."""
    return look("concrete:cast", tinted(rng, one_of(rng, ("9a9a97", "aaa79f", "85857f"))), Finish(0.85))


def brick(rng: np.random.Generator) -> AssetMaterial:
    """Returns a brick wall: a picture of bonds under a colour."""
    plain = look("brick:wall", tinted(rng, one_of(rng, _BRICKS)), Finish(0.85))
    return replace(plain, texture=_brick_picture())


def roof(rng: np.random.Generator) -> AssetMaterial:
    """Returns a roof's tiles or slates."""
    return look("ceramic:tiles", tinted(rng, one_of(rng, _ROOFS)), Finish(drawn(rng, 0.6, 0.85)))


def bark(rng: np.random.Generator) -> AssetMaterial:
    """Returns a bark."""
    return look("bark:rough", tinted(rng, one_of(rng, _BARKS)), Finish(0.92))


def foliage(rng: np.random.Generator) -> AssetMaterial:
    """Returns the green of a broad-leaved tree or bush."""
    return look("leaf:tree", tinted(rng, one_of(rng, _FOLIAGE)), Finish(drawn(rng, 0.45, 0.65)))


def crown(rng: np.random.Generator) -> AssetMaterial:
    """Returns the colour of a tree's leaves: mostly a green."""
    return look("leaf:tree", tinted(rng, one_of(rng, _CROWNS)), Finish(drawn(rng, 0.45, 0.65)))


def brighter(leaf: AssetMaterial, factor: float) -> AssetMaterial:
    """Returns a leaf in more light: young leaves at the ends of twigs."""
    red, green, blue = (round(min(1.0, channel * factor), 4) for channel in leaf.color)
    return replace(leaf, name=f"{leaf.name}-x{factor:.2f}", color=(red, green, blue))


def needles(rng: np.random.Generator) -> AssetMaterial:
    """Returns the green of a conifer."""
    return look("leaf:needles", tinted(rng, one_of(rng, _NEEDLES)), Finish(0.6))


def car_paint(rng: np.random.Generator) -> AssetMaterial:
    """Returns a car's glossy coat."""
    return look("coat:car", tinted(rng, one_of(rng, _CARS)), Finish(drawn(rng, 0.12, 0.3), metallic=0.2))


def weathered_wood(rng: np.random.Generator) -> AssetMaterial:
    """Returns a timber that has greyed out of doors."""
    return look("wood:weathered", tinted(rng, one_of(rng, _WEATHERED)), Finish(drawn(rng, 0.7, 0.9)))


def street_paint(rng: np.random.Generator) -> AssetMaterial:
    """Returns the dark paint of lamp posts and railings."""
    return look("paint:iron", tinted(rng, one_of(rng, _STREET_PAINTS)), Finish(drawn(rng, 0.35, 0.55)))


RUBBER = look("plastic:rubber", "1b1b1c", Finish(0.85))
DARK_GLASS = look("glass:dark", "1a2126", Finish(0.04))
"""A pane with a dark room behind it; not seen through."""
LAMP_GLASS = look("glass:lamp", "e6eaec", Finish(0.08))
TAIL_LIGHT = look("plastic:tail", "7d1216", Finish(0.15))
GALVANISED = look("metal:galvanised", "a3a7a9", Finish(0.42, metallic=1.0))

_COURSES, _LENGTHS, _PX = 12, 4, 192


@cache
def _brick_picture() -> bytes:
    """Returns a PNG: running bond, four bricks to a metre, in greys that multiply a colour."""
    rng = rng_for(0, "builtin", "brick picture")
    tall, long = _PX // _COURSES, _PX // _LENGTHS
    shades = rng.integers(176, 240, size=(_COURSES, _LENGTHS))
    rows, columns = np.mgrid[0:_PX, 0:_PX]
    course = rows // tall
    shifted = (columns + (course % 2) * (long // 2)) % _PX
    grey = shades[course, shifted // long] + rng.integers(-10, 11, size=(_PX, _PX))
    mortar = (rows % tall < 2) | (shifted % long < 2)
    return _png(np.where(mortar, 250, grey).clip(0, 255).astype(np.uint8))


def _png(grey: UInt8[np.ndarray, "h w"]) -> bytes:
    """Returns a grey picture as a PNG whose bytes no version of a compressor decides: it is stored, not packed."""
    height, width = grey.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), grey], axis=1).tobytes()
    blocks = [lines[at : at + 65535] for at in range(0, len(lines), 65535)]
    stored = b"".join(
        struct.pack("<BHH", number == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks)
    )
    packed = b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(lines))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
