"""Distributions as lines for people: a table of figures by rank, then shares, then near-duplicates."""

from collections.abc import Iterator, Mapping

from ray_cluster.columns import column_lines
from scenegen.dataset.stats.distributions import Distributions
from scenegen.dataset.stats.figures import share, spreads
from scenegen.dataset.stats.surfaces import SIDES, band_names
from scenegen.dataset.stats.tries import FEW, within

_HEADS = ("figure of a frame", "least", "5%", "median", "95%", "most")
_NAMES = {
    "fov_x_deg": "field of view, deg",
    "height_m": "height, m",
    "pitch_deg": "pitch, deg",
    "roll_deg": "roll, deg",
    "instances": "instances in sight",
    "luminance_mean": "luminance, mean",
    "luminance_p1": "luminance, p1",
    "luminance_p99": "luminance, p99",
    "saturation": "saturation, mean",
}
_PAIRS_SHOWN = 10


def distribution_lines(found: Distributions) -> Iterator[str]:
    """Yields the lines; of what was not measured there are none."""
    rows = [
        (_NAMES[name], *(f"{rank:.3g}" for rank in each.ranks))
        for name, each in spreads(found).items()
        if each is not None
    ]
    if rows:
        yield from column_lines(_HEADS, rows, figures=_HEADS[1:])
    for name, parts in _shares(found).items():
        yield f"{name}: {', '.join(parts)}"
    yield from _duplicates(found)


def _shares(found: Distributions) -> Mapping[str, list[str]]:
    surfaces, frames = found.surfaces, found.frames_measured
    sides = dict(zip(SIDES, surfaces.side_counts.tolist(), strict=True))
    lines = {"recipes": _told(dict(found.recipes.most_common()), found.frames)}
    if frames:
        lines["depth of surfaces"] = _told(dict(zip(band_names(), surfaces.bands, strict=True)), surfaces.with_surface)
        lines["no surface"] = [_percent(surfaces.without_surface, surfaces.pixels)]
        lines["normals"] = _told(sides, sum(sides.values()))
        hued = int(found.pictures.hue_counts.sum())
        lines["pixels with a hue"] = [_percent(hued, found.pictures.pixels)]
        lines["classes in sight"] = [str(len(found.class_frames))]
        lines["frames with flaws"] = [_percent(found.flawed, frames), *_told(dict(found.flaws.most_common()), frames)]
        lines["frames with defocus"] = [_percent(found.defocused, frames)]
    lines["views accepted"] = [f"{_percent(found.frames, found.candidates)} of the candidates", *_within(found)]
    if found.rejections:
        lines["views rejected by"] = _told(dict(found.rejections.most_common()), found.candidates)
    return {name: parts for name, parts in lines.items() if parts and found.frames}


def _within(found: Distributions) -> list[str]:
    tries = found.tries
    return [f"{_percent(within(tries), tries.total())} of the views within {FEW} candidates"] if tries else []


def _told(counts: Mapping[str, int], whole: int) -> list[str]:
    return [f"{name} {_percent(count, whole)}" for name, count in counts.items()]


def _percent(part: int, whole: int) -> str:
    shown = share(part, whole)
    return "-" if shown is None else f"{shown:.1%}"


def _duplicates(found: Distributions) -> Iterator[str]:
    if not found.frames_measured:
        return
    pairs = found.near_duplicates
    yield f"near-duplicates: {len(pairs)} pairs" if pairs else "near-duplicates: none"
    yield from (f"  {first}  {second}" for first, second in pairs[:_PAIRS_SHOWN])
    if len(pairs) > _PAIRS_SHOWN:
        yield f"  and {len(pairs) - _PAIRS_SHOWN} more"
