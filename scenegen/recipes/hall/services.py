"""Services: what runs along under a ceiling: air ducts, pipes, cable trays; each hangs from it by rods or straps."""

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import Grid
from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import charts, draw_metal
from scenegen.recipes.materials.draw import Stuff
from schemas.surface import Surface

_PIPE_COLORS = charts.STRONG[:2] + charts.METALS + charts.TRIMS


def run_services(rng: np.random.Generator, site: Site, grid: Grid, lines_m: tuple[float, ...], free_m: float) -> None:
    """Hangs a run along each line, below the beams and above `free_m`."""
    top = site.hall.height_m - grid.beam_m - 0.02
    for y in lines_m:
        drawn = rng.random()
        if drawn < 0.35 and top - free_m > 0.5:
            deep, wide = uniform(rng, 0.25, min(0.6, top - free_m - 0.1)), uniform(rng, 0.4, 0.9)
            surface = draw_metal(rng, wear=(0.0, 0.4)).model_copy(update={"color": (0.72, 0.72, 0.73)})
            _hang(site, "air duct", _duct(site, y, wide, deep, top), surface, grid, (y - wide / 2, y + wide / 2), top)
        elif drawn < 0.85:
            for number in range(int(rng.integers(1, 4))):
                thick = uniform(rng, 0.04, 0.11)
                at = y + 0.2 * number
                surface = Stuff("paint", _PIPE_COLORS, roughness=(0.3, 0.5), wear=(0.0, 0.6)).drawn(rng)
                half_x = site.hall.half_m[0] - 0.01
                pipe = [box((-half_x, at - thick / 2, top - thick), (half_x, at + thick / 2, top))]
                _hang(site, "pipe", pipe, surface, grid, (at,), top)
        else:
            surface = draw_metal(rng, wear=(0.1, 0.5))
            _hang(site, "cable tray", _tray(site, y, 0.3, top - 0.06), surface, grid, (y - 0.15, y + 0.15), top)


def _hang(  # noqa: PLR0913, PLR0917 - measures
    site: Site, label: str, run: list[Span], surface: Surface, grid: Grid, rods_m: tuple[float, ...], low_m: float
) -> None:
    """Adds a run with rods halfway between the beams."""
    ceiling_m, r = site.hall.height_m - 0.001, 0.006
    middles = [(a + b) / 2 + 0.35 for a, b in zip(grid.xs_m, grid.xs_m[1:], strict=False)]
    rods = [box((x - r, y - r, low_m), (x + r, y + r, ceiling_m)) for x in middles for y in rods_m]
    site.boxes("pipe", label, [*run, *rods], surface)


def _duct(site: Site, y: float, wide: float, deep: float, top: float) -> list[Span]:
    """A duct of sections with a flange at each joint."""
    half_x = site.hall.half_m[0] - 0.02
    joints = np.arange(-half_x + 1.5, half_x, 1.5).tolist()
    run = [box((-half_x, y - wide / 2, top - deep), (half_x, y + wide / 2, top))]
    rim = 0.02
    return run + [
        box((x - 0.015, y - wide / 2 - rim, top - deep - rim), (x + 0.015, y + wide / 2 + rim, top + 0.015))
        for x in joints
    ]


def _tray(site: Site, y: float, wide: float, low: float) -> list[Span]:
    half_x = site.hall.half_m[0] - 0.02
    sides = [
        box((-half_x, y + i * wide / 2 - 0.005, low), (half_x, y + i * wide / 2 + 0.005, low + 0.06)) for i in (-1, 1)
    ]
    bars = [box((x, y - wide / 2, low), (x + 0.03, y + wide / 2, low + 0.01)) for x in np.arange(-half_x, half_x, 0.5)]
    return sides + bars
