"""The page of a dataset: its distributions as plots, a few pictures, and near-duplicates, in one HTML file of its own.

No script, nothing from a network: plots are SVG in the page, pictures are data in it, and the page forbids itself all
else. What was not measured, since frames are not kept, is left out and the page says so.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from scenegen.dataset.stats.distributions import Distributions
from scenegen.dataset.stats.figures import share, spreads
from scenegen.dataset.stats.pictures import HUES
from scenegen.dataset.stats.samples import Sample
from scenegen.dataset.stats.spread import Spread
from scenegen.dataset.stats.surfaces import BANDS_M, EDGES_M, SIDES, band_names
from scenegen.dataset.stats.svg import lying_bars, sphere_map, upright_bars
from scenegen.dataset.stats.tries import FEW, within

PICTURES = 12
_CLASSES_SHOWN = 30
_PAIRS_SHOWN = 100
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

_STYLE = """\
body{margin:0;background:#f5f6f8;color:#1f2933;font:15px/1.45 system-ui,sans-serif}
main{max-width:1500px;margin:0 auto;padding:24px}
h1{font-size:24px;margin:0}h2{font-size:15px;margin:0 0 2px}
p{margin:4px 0;color:#52606d}
.cards{columns:400px;column-gap:16px;margin-top:16px}.cards section{margin:0 0 16px}
section{background:#fff;border:1px solid #e1e5ea;border-radius:8px;padding:14px 16px;margin:16px 0 0;break-inside:avoid}
svg{width:100%;display:block;margin-top:8px;font:12px system-ui,sans-serif}
.pictures{display:flex;flex-wrap:wrap;gap:10px;margin-top:10px}
figure{margin:0}figcaption{font-size:12px;color:#66727f;max-width:200px;overflow-wrap:anywhere}
img{display:block;border-radius:4px}li{font-family:ui-monospace,monospace;font-size:13px}
"""


def stats_page(found: Distributions, name: str) -> str:
    """Returns the HTML of a dataset's page; `name` is what to call it."""
    cards = "".join(_card(*card) for card in _cards(found))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(name)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(name)}</h1>{''.join(f'<p>{escape(line)}</p>' for line in _head(found))}"
        f'{_pictures(found)}<div class="cards">{cards}</div>{_duplicates(found)}</main></body></html>\n'
    )


def _head(found: Distributions) -> Iterator[str]:
    classes, accepted = len(found.class_frames), share(found.frames, found.candidates)
    in_sight = f", {classes} classes in sight" if found.frames_measured else ""
    yield f"{found.frames:,} frames{in_sight}"
    if accepted is not None:
        yield f"{accepted:.1%} of the {found.candidates:,} views that were looked at became frames"
    if found.tries:
        soon = within(found.tries) / found.tries.total()
        yield f"{soon:.1%} of the views wanted were found within {FEW} candidates"
    if missing := found.frames - found.frames_measured:
        yield f"of {missing:,} frames only cameras and recipes are told: they are not kept"


Card = tuple[str, str, str]
"""Title, a line below it, a drawing."""


def _cards(found: Distributions) -> Iterator[Card]:
    if found.frames_measured:
        yield _depth(found)
        yield _normals(found)
    yield _named("Recipes", dict(found.recipes.most_common()), found.frames, "of the frames")
    for name, each in spreads(found).items():
        if each is not None:
            yield _histogram(*_TITLES[name], each)
    if found.frames_measured:
        yield _luminance(found)
        yield _hues(found)
        yield _flaws(found)
        yield _classes(found)
    if found.rejections:
        yield _named("Rejected views", dict(found.rejections.most_common()), found.candidates, "of the views, by gate")


def _depth(found: Distributions) -> Card:
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


def _normals(found: Distributions) -> Card:
    counts = found.surfaces.side_counts.tolist()
    told = " · ".join(f"{side} {count / max(sum(counts), 1):.0%}" for side, count in zip(SIDES, counts, strict=True))
    return (
        "Normals, as seen from the camera",
        f"Map of equal areas; its middle faces the camera. {told}",
        sphere_map(found.surfaces.direction_counts),
    )


def _histogram(title: str, unit: str, each: Spread) -> Card:
    total = sum(each.counts)
    told = (
        f"median {each.median:.3g}{unit} · 5 to 95 %: {each.p5:.3g} to {each.p95:.3g}{unit} · "
        f"all: {each.least:.3g} to {each.most:.3g}{unit}"
    )
    step = 6 if len(each.counts) % 5 else 5
    ticks = {float(place): f"{each.edges[place]:.3g}" for place in range(0, len(each.edges), step)}
    hints = [
        f"{low:.3g} to {high:.3g}{unit}: {count} frames"
        for (low, high), count in zip(pairwise(each.edges), each.counts, strict=True)
    ]
    return title, told, upright_bars([count / total for count in each.counts], ticks, hints)


def _luminance(found: Distributions) -> Card:
    counts = found.pictures.luminance_counts.reshape(64, -1).sum(axis=1)
    shares = (counts / max(counts.sum(), 1)).tolist()
    ticks = {float(place): f"{place / 64:g}" for place in range(0, 65, 16)}
    hints = [f"{place / 64:.3f}: {each:.2%}" for place, each in enumerate(shares)]
    return "Luminance of all pixels", "0 black, 1 white, as shown", upright_bars(shares, ticks, hints)


def _hues(found: Distributions) -> Card:
    counts = found.pictures.hue_counts
    hued, step = int(counts.sum()), 360 // HUES
    shares = (counts / max(hued, 1)).tolist()
    ticks = {float(degrees // step): f"{degrees}°" for degrees in range(0, 361, 60)}
    hints = [f"{step * place}° to {step * (place + 1)}°: {each:.1%}" for place, each in enumerate(shares)]
    colors = [f"hsl({step * (place + 0.5):g} 62% 52%)" for place in range(HUES)]
    told = f"{hued / max(found.pictures.pixels, 1):.1%} of the pixels have one; the others are near grey"
    return "Hues", told, upright_bars(shares, ticks, hints, colors)


def _flaws(found: Distributions) -> Card:
    frames = found.frames_measured
    told = f"{found.flawed / frames:.1%} of the frames have some; {found.defocused / frames:.1%} are out of focus"
    return "Flaws of the pictures", told, _named("", dict(found.flaws.most_common()), frames, "")[2]


def _classes(found: Distributions) -> Card:
    shown = dict(sorted(found.class_frames.items(), key=lambda pair: (-pair[1], pair[0]))[:_CLASSES_SHOWN])
    told = f"{len(found.class_frames)} in all; the {len(shown)} that most frames show"
    texts = [f"{frames} frames, {found.class_instances[name]} times" for name, frames in shown.items()]
    return "Classes", told, lying_bars({name: float(frames) for name, frames in shown.items()}, texts)


def _named(title: str, counts: Mapping[str, int], whole: int, told: str) -> Card:
    shares = {name: count / max(whole, 1) for name, count in counts.items()}
    return title, told, lying_bars(shares, [f"{each:.1%} ({counts[name]})" for name, each in shares.items()])


def _card(title: str, told: str, drawing: str) -> str:
    return f"<section><h2>{escape(title)}</h2><p>{escape(told)}</p>{drawing}</section>"


def _pictures(found: Distributions) -> str:
    if not found.samples.chosen:
        return ""
    shown = "".join(map(_picture, found.samples.chosen))
    return f'<section><h2>A few of the pictures</h2><div class="pictures">{shown}</div></section>'


def _picture(sample: Sample) -> str:
    size = f'width="{sample.width_px}" height="{sample.height_px}"'
    data, name = b64encode(sample.jpeg).decode(), escape(sample.frame_id)
    return (
        f'<figure><img src="data:image/jpeg;base64,{data}" {size} alt="{name}"><figcaption>{name}</figcaption></figure>'
    )


def _duplicates(found: Distributions) -> str:
    if not found.frames_measured:
        return ""
    pairs = found.near_duplicates
    told = f"{len(pairs):,} pairs of frames show nearly the same" if pairs else "No two frames show nearly the same."
    more = f"<p>and {len(pairs) - _PAIRS_SHOWN:,} more</p>" if len(pairs) > _PAIRS_SHOWN else ""
    items = "".join(f"<li>{escape(first)} · {escape(second)}</li>" for first, second in pairs[:_PAIRS_SHOWN])
    listed = f"<ul>{items}</ul>{more}" if pairs else ""
    return f"<section><h2>Near-duplicates</h2><p>{told}</p>{listed}</section>"
