"""Wall things: a steel door with its sign in the blind end, a painted band, posters, pipes that go down."""

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.markings import blue_paint, yellow_paint
from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import charts, draw_canvas, draw_painted_metal
from scenegen.recipes.materials.draw import Stuff


def dress_walls(rng: np.random.Generator, site: Site) -> None:
    """Adds all of them; the end toward -x is the blind one."""
    own = {name: rng.spawn(1)[0] for name in ("door", "band", "posters", "pipes")}
    _door(own["door"], site)
    if site.hall.kind != "shop" and own["band"].random() < 0.6:
        _band(own["band"], site)
    if site.hall.kind == "shop":
        _posters(own["posters"], site)
    else:
        _pipes(own["pipes"], site)


def _door(rng: np.random.Generator, site: Site) -> None:
    """Adds a leaf in a frame, a handle, and a green sign above."""
    x, y = -site.hall.half_m[0], uniform(rng, -0.7, 0.7) * site.hall.half_m[1]
    leaf, wide = draw_painted_metal(rng, wear=(0.1, 0.6)), 0.48
    frame = [
        box((x, y - wide - 0.06, 0.001), (x + 0.05, y - wide, 2.12)),
        box((x, y + wide, 0.001), (x + 0.05, y + wide + 0.06, 2.12)),
        box((x, y - wide, 2.06), (x + 0.05, y + wide, 2.12)),
    ]
    site.boxes(
        "door", "steel door", [box((x + 0.001, y - wide + 0.003, 0.01), (x + 0.03, y + wide - 0.003, 2.057))], leaf
    )
    site.boxes("wall", "door frame", frame, draw_painted_metal(rng))
    sign = Stuff("plastic", ((0.1, 0.55, 0.28),), roughness=(0.3, 0.4)).drawn(rng)
    if site.hall.height_m > 2.45:
        site.boxes("sign", "exit sign", [box((x + 0.001, y - 0.18, 2.2), (x + 0.03, y + 0.18, 2.38))], sign)
    site.take_box((x, y - 0.6), (x + 0.75, y + 0.6))


def _band(rng: np.random.Generator, site: Site) -> None:
    """Paints a band along the blind end."""
    x, half_y = -site.hall.half_m[0], site.hall.half_m[1]
    low, high = 0.0, uniform(rng, 0.8, 1.3)
    surface = blue_paint(rng) if rng.random() < 0.7 else yellow_paint(rng)
    strips = [box((x, -half_y + 0.001, low + 0.003), (x + 0.0006, half_y - 0.001, high))]
    site.boxes("road_marking", "painted band", strips, surface)


def _posters(rng: np.random.Generator, site: Site) -> None:
    """Hangs posters high on the blind end and over the shelves along the walls."""
    (half_x, half_y), top = site.hall.half_m, site.hall.height_m - 0.4
    for _ in range(int(rng.integers(3, 9))):
        high = uniform(rng, 0.5, 0.9)
        low = top - high
        if low < 2.42:
            continue
        side, wide = int(rng.integers(3)), uniform(rng, 0.8, 2.2)
        at: Span
        if side == 2:
            y = uniform(rng, -0.8, 0.8) * half_y
            at = box((-half_x + 0.001, y - wide / 2, low), (-half_x + 0.02, y + wide / 2, top))
        else:
            x, wall = uniform(rng, -0.8, 0.7) * half_x, (half_y, -half_y)[side]
            edges = sorted((wall - np.sign(wall) * 0.001, wall - np.sign(wall) * 0.02))
            at = box((x - wide / 2, float(edges[0]), low), (x + wide / 2, float(edges[1]), top))
        if any(_meet(at, other) for other in site.posters_m):
            continue
        site.posters_m.append(at)
        surface = draw_canvas(rng) if rng.random() < 0.6 else Stuff("paper", charts.STRONG).drawn(rng)
        site.boxes("picture", "poster", [at], surface)


def _meet(a: Span, b: Span) -> bool:
    return all(a[axis] < b[axis + 3] + 0.05 and b[axis] < a[axis + 3] + 0.05 for axis in range(3))


def _pipes(rng: np.random.Generator, site: Site) -> None:
    """Adds pipes that go down the blind end."""
    x, surface = -site.hall.half_m[0], Stuff("paint", charts.METALS + charts.STRONG[:1], wear=(0.1, 0.6)).drawn(rng)
    for side in (-1, 1):
        y, thick = side * (site.hall.half_m[1] - uniform(rng, 0.3, 0.9)), uniform(rng, 0.05, 0.12)
        run = [box((x + 0.02, y - thick / 2, 0.001), (x + 0.02 + thick, y + thick / 2, site.hall.height_m - 0.6))]
        clips = np.arange(0.6, site.hall.height_m - 0.8, 1.4).tolist()
        run += [box((x, y - thick / 2 - 0.03, z), (x + 0.02, y + thick / 2 + 0.03, z + 0.04)) for z in clips]
        site.boxes("pipe", "pipe", run, surface)
        site.take_box((x, y - 0.15), (x + 0.25, y + 0.15), site.hall.height_m)
