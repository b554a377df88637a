"""Looks: the materials of procedural furniture, drawn from small palettes.

A name is '<family>:<kind>-<colour as hex>-<roughness>', and for what glows also its emission: equal names are equal
materials. The renderer chooses the grain by the family. Colours are sRGB.
"""

from typing import NamedTuple

import numpy as np

from assets_catalog.mesh import AssetMaterial

_WOODS = {
    "oak": "b88d5a",
    "walnut": "6b4a32",
    "birch": "d9bf94",
    "pine": "d2a66a",
    "cherry": "97583a",
    "wenge": "3b2c25",
    "ash": "cdb592",
    "teak": "94683c",
}
_FABRICS = {
    "linen": ("c9bda8", "8f9a8b", "d8d2c4", "a8937a"),
    "wool": ("5b6470", "7c3f3a", "46594d", "b08a3e"),
    "cotton": ("e6e1d8", "7d95a8", "c48d7c", "3f4a5e"),
    "velvet": ("2f4858", "6d3b4f", "3d5a45", "8a5a2b"),
    "felt": ("6f6f6d", "3d3f42", "a7a49c", "94705e"),
}
_LEATHERS = ("6a4028", "2b2523", "9a6a42", "54443a")
_METALS = {"steel": ("b9bbbd", 0.28), "brass": ("b8924f", 0.3), "black": ("26272a", 0.5), "copper": ("b0704e", 0.32)}
_CERAMICS = ("f1eee8", "e3d9c8", "8fa3a6", "4f6b7a", "b5654a", "2f3336", "c7cfb8", "d9b48f")
_PAINTS = ("f0eee9", "e4e0d6", "9fb0ae", "46545c", "c9b8a0", "6f7d68", "b9c4cc", "33363a")
_VIVIDS = ("b23a2e", "d9a12f", "2f6d8c", "3f7d57", "d97b4a", "5a4a7a", "e2ddd2", "1f2a36", "a9bfae", "c96f7b")
_PLASTICS = ("efefec", "2a2b2d", "c3c5c4", "5a7a8c", "b5564a", "d8b24a")
_LEAVES = ("3f6b35", "557f3f", "2f5a3a", "6f8f4f", "476f52")
_GLASSES = ("dfe9e6", "8fae8c", "a9c3cf", "b08a5a")
_SHADES = ("f6ecd8", "efe2c6", "f4f1ea", "e3c9a0")


class Finish(NamedTuple):
    """How a material takes light."""

    roughness: float
    metallic: float = 0.0
    opacity: float = 1.0
    emission: float = 0.0


def look(name: str, hex_color: str, finish: Finish) -> AssetMaterial:
    """Returns the material of a name and a colour such as 'b88d5a'."""
    red, green, blue = (round(channel / 255, 4) for channel in bytes.fromhex(hex_color))
    numbers = f"{finish.roughness:.2f}-{finish.emission:.2f}" if finish.emission else f"{finish.roughness:.2f}"
    return AssetMaterial(
        name=f"{name}-{hex_color}-{numbers}",
        color=(red, green, blue),
        opacity=finish.opacity,
        metallic=finish.metallic,
        roughness=finish.roughness,
        emission=finish.emission,
    )


def wood(rng: np.random.Generator) -> AssetMaterial:
    """Returns a wood, oiled to lacquered."""
    kind = str(rng.choice(list(_WOODS)))
    return look(f"wood:{kind}", tinted(rng, _WOODS[kind]), Finish(drawn(rng, 0.32, 0.6)))


def fabric(rng: np.random.Generator) -> AssetMaterial:
    """Returns an upholstery cloth."""
    kind = str(rng.choice(list(_FABRICS)))
    return look(f"fabric:{kind}", one_of(rng, _FABRICS[kind]), Finish(drawn(rng, 0.8, 0.95)))


def bedlinen(rng: np.random.Generator) -> AssetMaterial:
    """Returns a light cotton."""
    return look("fabric:cotton", one_of(rng, ("f2f0ea", "e8e2d6", "dfe5e8", "ece4df")), Finish(0.9))


def leather(rng: np.random.Generator) -> AssetMaterial:
    """Returns a leather."""
    return look("fabric:leather", one_of(rng, _LEATHERS), Finish(drawn(rng, 0.4, 0.6)))


def upholstery(rng: np.random.Generator) -> AssetMaterial:
    """Returns a cloth, or sometimes a leather."""
    return leather(rng) if rng.random() < 0.2 else fabric(rng)


def metal(rng: np.random.Generator) -> AssetMaterial:
    """Returns a bare or black metal."""
    kind = str(rng.choice(list(_METALS)))
    color, roughness = _METALS[kind]
    return look(f"metal:{kind}", color, Finish(roughness, metallic=1.0))


def ceramic(rng: np.random.Generator) -> AssetMaterial:
    """Returns a glazed or unglazed ceramic."""
    color = one_of(rng, _CERAMICS)
    return look("ceramic:glazed", tinted(rng, color), Finish(drawn(rng, 0.12, 0.55)))


def paint(rng: np.random.Generator) -> AssetMaterial:
    """Returns a quiet paint, as on cabinets."""
    return look("paint:satin", tinted(rng, one_of(rng, _PAINTS)), Finish(drawn(rng, 0.3, 0.6)))


def vivid(rng: np.random.Generator, name: str = "paper:print", roughness: float = 0.7) -> AssetMaterial:
    """Returns a strong colour, as on pictures and book covers."""
    return look(name, tinted(rng, one_of(rng, _VIVIDS)), Finish(roughness))


def wood_or_paint(rng: np.random.Generator) -> AssetMaterial:
    """Returns what cabinets are made of."""
    return wood(rng) if rng.random() < 0.6 else paint(rng)


def plastic(rng: np.random.Generator) -> AssetMaterial:
    """Returns a plastic."""
    return look("plastic:smooth", one_of(rng, _PLASTICS), Finish(drawn(rng, 0.25, 0.5)))


def leaf(rng: np.random.Generator) -> AssetMaterial:
    """Returns a leaf green."""
    return look("leaf:green", tinted(rng, one_of(rng, _LEAVES)), Finish(drawn(rng, 0.35, 0.6)))


def glass(rng: np.random.Generator) -> AssetMaterial:
    """Returns a clear or tinted glass."""
    return look("glass:blown", one_of(rng, _GLASSES), Finish(0.05, opacity=0.35))


def shade(rng: np.random.Generator) -> AssetMaterial:
    """Returns a lampshade that glows."""
    return look("shade:cloth", one_of(rng, _SHADES), Finish(0.9, emission=drawn(rng, 1.0, 4.0)))


WHITE_PAPER = look("paper:white", "ece7da", Finish(0.85))
SOIL = look("soil:dark", "3a2c22", Finish(0.95))
BLACK_PLASTIC = look("plastic:black", "17181a", Finish(0.35))
SCREEN = look("plastic:screen", "08090b", Finish(0.12))
WAX = look("plastic:wax", "efe6d2", Finish(0.45))


def one_of(rng: np.random.Generator, palette: tuple[str, ...]) -> str:
    """Returns a colour of a palette."""
    return palette[int(rng.integers(len(palette)))]


def drawn(rng: np.random.Generator, low: float, high: float) -> float:
    """Returns a number in a range, to two decimals, as names of looks have it."""
    return round(float(rng.uniform(low, high)), 2)


def tinted(rng: np.random.Generator, hex_color: str) -> str:
    """Returns the colour a little lighter or darker, and a little off its hue."""
    shift = rng.integers(-12, 13) + rng.integers(-5, 6, size=3)
    channels = zip(bytes.fromhex(hex_color), shift.tolist(), strict=True)
    return bytes(min(255, max(0, channel + step)) for channel, step in channels).hex()
