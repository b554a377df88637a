"""`scenegen stats`: what a dataset shows, and whose it is; as tables, as JSON, as a page."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

from ray_cluster.columns import column_lines
from ray_cluster.commands.distribution_lines import distribution_lines
from ray_cluster.telling import plain
from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset
from scenegen.dataset.output import write_output
from scenegen.dataset.places import Located
from scenegen.dataset.stats.counts import Count, Stats, dataset_stats
from scenegen.dataset.stats.distributions import Distributions, distributions
from scenegen.dataset.stats.figures import figures
from scenegen.pages.stats_page import PICTURES, stats_page

_CREDITS = ("label", "class_name", "license", "creator", "source")
_FIGURES = ("frames", "instances", "pixels", "share")
_HEADS = {"class_name": "class", "license": "licence"}
_NOT_KEPT = (
    "frames are not kept: counted are the frames whose scene uses an asset, shown or not; instances and pixels "
    "can't be told, nor depths, normals, light, colours, flaws and near-duplicates"
)


def run(out: Located, by: str, as_json: bool, html: Path | None = None) -> None:
    """Prints counts and distributions; writes the page where one is asked for."""
    stats = dataset_stats(out, by)
    found = distributions(out, samples=PICTURES if html else 0)
    if html is not None:
        write_output(html, stats_page(found, f"Stats of {out.resolve().name}").encode())
    if as_json:
        typer.echo(json.dumps({**_json(stats), "distributions": figures(found)}, indent=1, allow_nan=False))
        return
    for line in _lines(stats, found):
        typer.echo(line)
    if html is not None:
        typer.echo(plain(f"wrote {html}"))


def _lines(stats: Stats, found: Distributions) -> Iterable[str]:
    yield from _table(stats)
    yield f"{stats.frames} frames"
    yield from _notes(stats)
    yield ""
    yield from map(plain, distribution_lines(found))


def _notes(stats: Stats) -> Iterable[str]:
    if not stats.frames_kept:
        yield _NOT_KEPT
    if any(asset_id not in stats.assets for count in stats.counts for asset_id in count.asset_ids):
        yield f"{ASSETS_FILE} lacks some assets: the run has not come to its end; give its command again"


def _table(stats: Stats) -> Iterable[str]:
    total = sum(count.pixels or 0 for count in stats.counts)
    credited = _CREDITS if stats.by == "asset" else ("assets", "licences")
    heads = [_HEADS.get(name, name) for name in (stats.by, *_FIGURES, *credited)]
    rows = []
    for count in stats.counts:
        figures = (str(count.frames), _figure(count.instances), _figure(count.pixels), _share(count, total))
        credit = _credit(count, stats.assets) if stats.by == "asset" else _summary(count, stats.assets)
        rows.append((count.key, *figures, *credit))
    return column_lines(heads, rows, figures=(*_FIGURES, "assets"))


def _figure(figure: int | None) -> str:
    return "-" if figure is None else str(figure)


def _share(count: Count, total: int) -> str:
    return "-" if count.pixels is None or not total else f"{count.pixels / total:.1%}"


def _credit(count: Count, assets: Mapping[str, UsedAsset]) -> list[str]:
    asset = assets.get(count.key)
    return [str(getattr(asset, name)) if asset else "-" for name in _CREDITS]


def _summary(count: Count, assets: Mapping[str, UsedAsset]) -> list[str]:
    licenses = {assets[asset_id].license for asset_id in count.asset_ids if asset_id in assets}
    return [str(len(count.asset_ids)), ", ".join(sorted(licenses)) or "-"]


def _json(stats: Stats) -> dict[str, Any]:
    used = sorted({asset_id for count in stats.counts for asset_id in count.asset_ids} & stats.assets.keys())
    return {
        "by": stats.by,
        "frames": stats.frames,
        "frames_kept": stats.frames_kept,
        "counts": [
            {
                "key": count.key,
                "frames": count.frames,
                "instances": count.instances,
                "pixels": count.pixels,
                "asset_ids": list(count.asset_ids),
            }
            for count in stats.counts
        ],
        "assets": {asset_id: stats.assets[asset_id].model_dump(mode="json") for asset_id in used},
    }
