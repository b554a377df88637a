"""`scenegen stats`: what a dataset shows, and whose it is."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

from ray_cluster.columns import column_lines
from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset
from scenegen.dataset.stats import Count, Stats, dataset_stats

_CREDITS = ("label", "class_name", "license", "creator", "source")
_FIGURES = ("frames", "instances", "pixels", "share")
_HEADS = {"class_name": "class", "license": "licence"}
_NOT_KEPT = (
    "frames are not kept: counted are the frames whose scene uses an asset, shown or not; "
    "instances and pixels can't be told"
)


def run(out: Path, by: str, as_json: bool) -> None:
    """Prints the counts."""
    stats = dataset_stats(out, by)
    if as_json:
        typer.echo(json.dumps(_json(stats), indent=1))
        return
    for line in _lines(stats):
        typer.echo(line)
    typer.echo(f"{stats.frames} frames")
    for line in _notes(stats):
        typer.echo(line)


def _notes(stats: Stats) -> Iterable[str]:
    if not stats.frames_kept:
        yield _NOT_KEPT
    if any(asset_id not in stats.assets for count in stats.counts for asset_id in count.asset_ids):
        yield f"{ASSETS_FILE} lacks some assets: the run has not come to its end; give its command again"


def _lines(stats: Stats) -> Iterable[str]:
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
