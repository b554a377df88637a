"""`scenegen status`: what is done of a run, read from its store alone."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from ray_cluster.columns import column_lines
from ray_cluster.status import Share, Status, run_status
from scenegen.dataset.places import Located

_HEADS = ("split", "frames", "of", "units", "of")


def run(out: Located, as_json: bool) -> Iterable[str]:
    """Yields the lines to print."""
    status = run_status(out)
    if as_json:
        yield json.dumps({**asdict(status), "total": asdict(status.total)}, indent=1)
        return
    rows = [_row(split, share) for split, share in status.splits.items()]
    yield from column_lines(_HEADS, [*rows, _row("all", status.total)], figures=_HEADS[1:])
    yield from _notes(status)


def _row(split: str, share: Share) -> tuple[str, ...]:
    return (split, *map(str, (share.frames, share.frames_planned, share.units, share.units_planned)))


def _notes(status: Status) -> Iterable[str]:
    if status.units_set_aside:
        yield f"units set aside: {status.units_set_aside}; failures/ says why, --retry-failed tries them again"
    if status.units_with_frames_set_aside:
        yield f"units with frames that a witness denied, and others replaced: {status.units_with_frames_set_aside}"
    if status.units_with_scenes_replaced:
        yield f"units with scenes replaced by the next seeds: {status.units_with_scenes_replaced}; failures/ says why"
    if status.generations:
        yield f"generations appended: {status.generations}"
    yield f"size: {status.size_bytes / 1e9:.3g} GB"
    yield f"last activity: {datetime.fromtimestamp(status.last_activity_s, UTC):%Y-%m-%d %H:%M:%S} UTC"
