"""Cards of what a dataset shows: one small drawing for each distribution, with a line that says it in figures.

What was not measured, since frames are not kept, has no card.
"""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from scenegen.dataset.stats.distributions import Distributions
from scenegen.dataset.stats.figures import spreads
from scenegen.dataset.stats.pictures import HUES
from scenegen.dataset.stats.spread import Spread
from scenegen.dataset.stats.surfaces import BANDS_M, EDGES_M, SIDES, band_names
from scenegen.pages.plots import lying_bars, sphere_map, upright_bars

_CLASSES_SHOWN = 30
_TITLES = {
    "fov_x_deg": ("Field of view", "°"),
    "height_m": ("Height of the camera", " m"),
    "pitch_deg": ("Pitch, upward positive", "°"),
    "roll_deg": ("Roll, clockwise positive", "°"),
    "instances": ("Instances in sight", ""),
    "luminance_mean": ("Mean luminance", ""),
    "luminance_p1": ("Dark end: luminance, 1st percentile", ""),
    "luminance_p99": ("Light end: luminance, 99th percentile", ""),
    "saturation": ("Mean saturation", ""),
}
"""Of `spreads` -> title and unit."""


_Card = tuple[str, str, str]
"""Title, a line below it, a drawing."""


def stats_cards(found: Distributions, others: str = "") -> str:
    """Returns the cards as HTML; `others` are cards to stand behind them."""
    return f'<div class="cards">{"".join(map(_html, _cards(found)))}{others}</div>'


def named_card(title: str, counts: Mapping[str, int], whole: int, told: str) -> str:
    """Returns the card of counts by name, as HTML; `whole` is what all of them are a share of."""
    return _html(_named(title, counts, whole, told))


def _html(card: _Card) -> str:
    title, told, drawing = card
    return f'<article class="card"><h3>{escape(title)}</h3><p class="quiet">{escape(told)}</p>{drawing}</article>'


def _cards(found: Distributions) -> Iterator[_Card]:
    if found.frames_measured:
        yield _depth(found)
        yield _normals(found)
    yield _named("Recipes", dict(found.recipes.most_common()), found.recipes.total(), "of the frames")
    for name, each in spreads(found).items():
        if each is not None:
            yield _histogram(*_TITLES[name], each)
    if found.frames_measured:
        yield _luminance(found)
        yield _hues(found)
        yield _flaws(found)
        yield _classes(found)


def _depth(found: Distributions) -> _Card:
    surfaces = found.surfaces
    total = max(surfaces.with_surface, 1)
    bands = zip(band_names(), surfaces.bands, strict=True)
    told = " · ".join(f"{name} {count / total:.1%}" for name, count in bands)
    parts = len(surfaces.depth_counts) // (len(BANDS_M) + 1)
    ticks = {float(place): f"{EDGES_M[place]:g}" for place in range(0, len(EDGES_M), parts)}
    hints = [f"{low:.3g} to {high:.3g} m" for low, high in pairwise(EDGES_M)]
    shares = [count / total for count in surfaces.depth_counts.tolist()]
    nothing = f"{surfaces.without_surface / max(surfaces.pixels, 1):.1%} of the pixels show no surface"
    return "Depth of the surface pixels, m", f"{told} · {nothing}", upright_bars(shares, ticks, hints)


def _normals(found: Distributions) -> _Card:
    counts = found.surfaces.side_counts.tolist()
    told = " · ".join(f"{side} {count / max(sum(counts), 1):.0%}" for side, count in zip(SIDES, counts, strict=True))
    return (
        "Normals, as seen from the camera",
        f"Map of equal areas; its middle faces the camera. {told}",
        sphere_map(found.surfaces.direction_counts),
    )


def _histogram(title: str, unit: str, each: Spread) -> _Card:
    total = sum(each.counts)
    told = (
        f"median {each.median:.3g}{unit} · 5 to 95 %: {each.p5:.3g} to {each.p95:.3g}{unit} · "
        f"all: {each.least:.3g} to {each.most:.3g}{unit}"
    )
    step = 6 if len(each.counts) % 5 else 5
    ticks = {float(place): f"{each.edges[place]:.3g}" for place in range(0, len(each.edges), step)}
    hints = [
        f"{low:.3g} to {high:.3g}{unit}: {count:,} frames"
        for (low, high), count in zip(pairwise(each.edges), each.counts, strict=True)
    ]
    return title, told, upright_bars([count / total for count in each.counts], ticks, hints)


def _luminance(found: Distributions) -> _Card:
    counts = found.pictures.luminance_counts.reshape(64, -1).sum(axis=1)
    shares = (counts / max(counts.sum(), 1)).tolist()
    ticks = {float(place): f"{place / 64:g}" for place in range(0, 65, 16)}
    hints = [f"{place / 64:.3f}: {each:.2%}" for place, each in enumerate(shares)]
    return "Luminance of all pixels", "0 black, 1 white, as shown", upright_bars(shares, ticks, hints)


def _hues(found: Distributions) -> _Card:
    counts = found.pictures.hue_counts
    hued, step = int(counts.sum()), 360 // HUES
    shares = (counts / max(hued, 1)).tolist()
    ticks = {float(degrees // step): f"{degrees}°" for degrees in range(0, 361, 60)}
    hints = [f"{step * place}° to {step * (place + 1)}°: {each:.1%}" for place, each in enumerate(shares)]
    colors = [f"hsl({step * (place + 0.5):g} 62% 52%)" for place in range(HUES)]
    told = f"{hued / max(found.pictures.pixels, 1):.1%} of the pixels have one; the others are near grey"
    return "Hues", told, upright_bars(shares, ticks, hints, colors)


def _flaws(found: Distributions) -> _Card:
    frames = found.frames_measured
    told = f"{found.flawed / frames:.1%} of the frames have some; {found.defocused / frames:.1%} are out of focus"
    return "Flaws of the pictures", told, _named("", dict(found.flaws.most_common()), frames, "")[2]


def _classes(found: Distributions) -> _Card:
    shown = dict(sorted(found.class_frames.items(), key=lambda pair: (-pair[1], pair[0]))[:_CLASSES_SHOWN])
    told = f"{len(found.class_frames)} in all; the {len(shown)} that most frames show"
    texts = [f"{frames:,} frames, {found.class_instances[name]:,} times" for name, frames in shown.items()]
    return "Classes", told, lying_bars({name: float(frames) for name, frames in shown.items()}, texts)


def _named(title: str, counts: Mapping[str, int], whole: int, told: str) -> _Card:
    shares = {name: count / max(whole, 1) for name, count in counts.items()}
    return title, told, lying_bars(shares, [f"{each:.1%} ({counts[name]:,})" for name, each in shares.items()])
