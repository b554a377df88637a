"""Figures: distributions as plain values, for JSON, tables and pages: shares, spreads, histograms with their edges."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scenegen.dataset.stats.distributions import Distributions
from scenegen.dataset.stats.pictures import HUES
from scenegen.dataset.stats.spread import Spread, spread
from scenegen.dataset.stats.surfaces import EDGES_M, SIDES, band_names
from scenegen.dataset.stats.tries import FEW, within

Figures = Mapping[str, Any]


def spreads(found: Distributions) -> dict[str, Spread | None]:
    """Returns what one figure a frame tells, with its unit in its name."""
    cameras, pictures = found.cameras, found.pictures
    return {
        "fov_x_deg": spread([each.fov_x_deg for each in cameras], 0.0, 150.0, 30),
        "height_m": spread([each.height_m for each in cameras], 0.0, 8.0, 40),
        "pitch_deg": spread([each.pitch_deg for each in cameras], -90.0, 90.0, 36),
        "roll_deg": spread([each.roll_deg for each in cameras], -15.0, 15.0, 30),
        "instances": spread([float(count) for count in found.instances], 0.0, 150.0, 30),
        "luminance_mean": spread(pictures.mean, 0.0, 1.0, 25),
        "luminance_p1": spread(pictures.p1, 0.0, 1.0, 25),
        "luminance_p99": spread(pictures.p99, 0.0, 1.0, 25),
        "saturation": spread(pictures.saturation, 0.0, 1.0, 25),
    }


def figures(found: Distributions) -> Figures:
    """Returns all figures as JSON takes them; None where nothing was measured."""
    return {
        "frames": found.frames,
        "frames_measured": found.frames_measured,
        "views": _views(found),
        "recipes": _frames_and_shares(found.recipes, found.frames),
        "spreads": {name: None if each is None else asdict(each) for name, each in spreads(found).items()},
        "depth": _depth(found),
        "normals": _normals(found),
        "luminance_counts": found.pictures.luminance_counts.tolist(),
        "hues": _hues(found),
        "classes": _classes(found),
        "flaws": _flaws(found),
        "near_duplicates": [list(pair) for pair in found.near_duplicates],
    }


def share(part: int, whole: int) -> float | None:
    """Returns part / whole; None where there is no whole."""
    return part / whole if whole else None


def _views(found: Distributions) -> Figures:
    return {
        "looked_at": found.candidates,
        "accepted": found.frames,
        "accepted_share": share(found.frames, found.candidates),
        f"within_{FEW}_candidates_share": share(within(found.tries), found.tries.total()),
        "rejected_by": dict(found.rejections.most_common()),
    }


def _frames_and_shares(counts: Mapping[str, int], frames: int) -> Figures:
    by_frames = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {name: {"frames": count, "share": share(count, frames)} for name, count in by_frames}


def _depth(found: Distributions) -> Figures:
    surfaces = found.surfaces
    names, counts = band_names(), surfaces.bands
    return {
        "pixels": surfaces.pixels,
        "no_surface_share": share(surfaces.without_surface, surfaces.pixels),
        "bands": {
            name: {"pixels": count, "share": share(count, surfaces.with_surface)}
            for name, count in zip(names, counts, strict=True)
        },
        "edges_m": EDGES_M.tolist(),
        "counts": surfaces.depth_counts.tolist(),
    }


def _normals(found: Distributions) -> Figures:
    counts = found.surfaces.side_counts.tolist()
    return {
        "sides": {side: share(count, sum(counts)) for side, count in zip(SIDES, counts, strict=True)},
        "equal_area_counts": found.surfaces.direction_counts.tolist(),
    }


def _hues(found: Distributions) -> Figures:
    counts: Sequence[int] = found.pictures.hue_counts.tolist()
    return {
        "edges_deg": [360 * place / HUES for place in range(HUES + 1)],
        "counts": counts,
        "hued_share": share(sum(counts), found.pictures.pixels),
    }


def _classes(found: Distributions) -> Figures:
    by_frames = sorted(found.class_frames.items(), key=lambda pair: (-pair[1], pair[0]))
    return {name: {"frames": frames, "instances": found.class_instances[name]} for name, frames in by_frames}


def _flaws(found: Distributions) -> Figures:
    return {
        "share": share(found.flawed, found.frames_measured),
        "defocus_share": share(found.defocused, found.frames_measured),
        "each": _frames_and_shares(found.flaws, found.frames_measured),
    }
