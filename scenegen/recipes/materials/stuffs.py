"""Stuffs: what things are made of, wherever they are."""

import numpy as np

from scenegen.recipes.draws import one_of
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Interval, Stuff
from schemas.surface import Surface

_NEW: Interval = (0.0, 0.3)


def draw_wood(rng: np.random.Generator, wear: Interval = _NEW) -> Surface:
    """Returns planed wood: oiled, lacquered or raw."""
    return Stuff("wood", charts.WOODS, roughness=(0.25, 0.65), scale_m=(0.08, 0.18), wear=wear).drawn(rng)


def draw_rough_wood(rng: np.random.Generator) -> Surface:
    """Returns sawn boards, as of pallets, crates and fences."""
    return Stuff(
        "wood", charts.WOODS, roughness=(0.75, 0.95), scale_m=(0.1, 0.2), wear=(0.3, 0.9), relief=(1.5, 3.0)
    ).drawn(rng)


def draw_metal(rng: np.random.Generator, wear: Interval = _NEW) -> Surface:
    """Returns bare metal: brushed, polished or dull."""
    return Stuff("metal", charts.METALS, roughness=(0.15, 0.5), wear=wear).drawn(rng)


def draw_painted_metal(rng: np.random.Generator, wear: Interval = (0.0, 0.5)) -> Surface:
    """Returns lacquered or powder-coated metal, as of shelves, lockers, doors and posts."""
    chart = (charts.PAINTED, charts.STRONG, charts.METALS)[int(rng.integers(3))]
    return Stuff("paint", chart, roughness=(0.25, 0.5), wear=wear, relief=(0.2, 0.6)).drawn(rng)


def draw_plastic(rng: np.random.Generator, wear: Interval = _NEW) -> Surface:
    """Returns plastic, coloured, white or dark."""
    chart = (charts.STRONG, charts.TRIMS, charts.PAINTED)[int(rng.integers(3))]
    return Stuff("plastic", chart, roughness=(0.15, 0.6), wear=wear).drawn(rng)


def draw_ceramic(rng: np.random.Generator, wear: Interval = (0.0, 0.2)) -> Surface:
    """Returns glazed ceramic, mostly pale."""
    chart = charts.TRIMS + charts.OFF_WHITES if rng.random() < 0.6 else charts.ACCENTS + charts.STRONG
    return Stuff("ceramic", chart, roughness=(0.05, 0.4), wear=wear).drawn(rng)


def draw_brick(rng: np.random.Generator, wear: Interval = (0.0, 0.6)) -> Surface:
    """Returns brickwork; `scale_m` is the length of a brick with its joint."""
    return Stuff(
        "brick", charts.BRICKS, second=charts.MORTARS, roughness=(0.8, 0.95), scale_m=(0.21, 0.26), wear=wear
    ).drawn(rng)


def draw_concrete(rng: np.random.Generator, wear: Interval = (0.0, 0.6), roughness: Interval = (0.6, 0.95)) -> Surface:
    """Returns concrete; `scale_m` is the side of the formwork's boards."""
    return Stuff("concrete", charts.CONCRETES, roughness=roughness, scale_m=(1.2, 2.8), wear=wear).drawn(rng)


def draw_stone(rng: np.random.Generator, wear: Interval = (0.0, 0.4)) -> Surface:
    """Returns natural stone in slabs, `scale_m` wide."""
    chart = charts.STONES if rng.random() < 0.65 else charts.MARBLES
    return Stuff("stone", chart, second=charts.JOINTS, roughness=(0.2, 0.9), scale_m=(0.3, 0.9), wear=wear).drawn(rng)


def draw_cloth(rng: np.random.Generator, wear: Interval = _NEW) -> Surface:
    """Returns woven cloth, plain or striped."""
    chart = (charts.CLOTHS, charts.OFF_WHITES, charts.ACCENTS)[int(rng.integers(3))]
    second = charts.CLOTHS + charts.OFF_WHITES if rng.random() < 0.3 else ()
    return Stuff("fabric", chart, second=second, roughness=(0.85, 1.0), scale_m=(0.001, 0.004), wear=wear).drawn(rng)


def draw_curtain(rng: np.random.Generator) -> Surface:
    """Returns the cloth of curtains: plain."""
    return Stuff(
        "fabric", charts.CLOTHS + charts.OFF_WHITES, roughness=(0.85, 1.0), scale_m=(0.001, 0.003), wear=(0.0, 0.2)
    ).drawn(rng)


def draw_rug(rng: np.random.Generator) -> Surface:
    """Returns a rug woven in bands `scale_m` apart, of two colours."""
    chart = charts.CLOTHS + charts.ACCENTS + charts.STRONG
    second = charts.OFF_WHITES if rng.random() < 0.6 else charts.CLOTHS
    return Stuff("rug", chart, second=second, roughness=(0.9, 1.0), scale_m=(0.06, 0.4), wear=(0.0, 0.4)).drawn(rng)


def draw_leather(rng: np.random.Generator, wear: Interval = (0.0, 0.5)) -> Surface:
    """Returns leather, grained."""
    return Stuff("leather", charts.LEATHERS, roughness=(0.35, 0.6), scale_m=(0.002, 0.005), wear=wear).drawn(rng)


def draw_paper(rng: np.random.Generator, wear: Interval = _NEW) -> Surface:
    """Returns paper: white, cream or brown."""
    return Stuff("paper", charts.PAPERS, roughness=(0.7, 0.95), wear=wear).drawn(rng)


def draw_cardboard(rng: np.random.Generator, wear: Interval = (0.1, 0.7)) -> Surface:
    """Returns cardboard, as of boxes, mostly with tape along the top."""
    tape = charts.TAPES if rng.random() < 0.65 else ()
    return Stuff("paper", charts.CARDBOARDS, second=tape, roughness=(0.8, 0.95), wear=wear, relief=(1.0, 2.0)).drawn(
        rng
    )


def draw_canvas(rng: np.random.Generator) -> Surface:
    """Returns an abstract painting."""
    return Stuff(
        "canvas", charts.ACCENTS + charts.CLOTHS + charts.STRONG, second=charts.OFF_WHITES, roughness=(0.55, 0.85)
    ).drawn(rng)


def draw_pane(rng: np.random.Generator) -> Surface:
    """Returns clear glass."""
    return Stuff("glass", charts.GLASSES, roughness=(0.0, 0.05), wear=(0.0, 0.3)).drawn(rng)


def draw_mirror(rng: np.random.Generator) -> Surface:
    """Returns a mirror."""
    return Stuff("mirror", charts.GLASSES, roughness=(0.0, 0.03), wear=(0.0, 0.2)).drawn(rng)


def draw_table_top(rng: np.random.Generator) -> Surface:
    """Returns what small things lie on: wood, laminate, stone, metal, cloth, paper, leather or glaze."""
    shares = {
        "wood": 0.46,
        "painted": 0.12,
        "plastic": 0.1,
        "stone": 0.12,
        "metal": 0.05,
        "cloth": 0.1,
        "leather": 0.05,
    }
    kind = one_of(rng, shares)
    if kind == "wood":
        return draw_wood(rng, wear=(0.0, 0.8))
    if kind == "painted":
        return Stuff("paint", charts.PAINTED, roughness=(0.25, 0.6), wear=(0.0, 0.6), relief=(0.2, 0.8)).drawn(rng)
    if kind == "plastic":
        return Stuff("plastic", charts.TRIMS + charts.PAINTED, roughness=(0.25, 0.6), wear=(0.0, 0.6)).drawn(rng)
    if kind == "stone":
        return Stuff(
            "stone", charts.MARBLES + charts.STONES, roughness=(0.1, 0.45), scale_m=(3.0, 4.0), relief=(0.1, 0.4)
        ).drawn(rng)
    if kind == "metal":
        return draw_metal(rng, wear=(0.1, 0.7))
    return draw_cloth(rng) if kind == "cloth" else draw_leather(rng)
