"""The end of a run tells what the gates turned down, from what is committed."""

from collections.abc import Callable
from pathlib import Path

from ray_cluster.commands.rejections import rejection_lines
from ray_cluster.holdings import holdings
from ray_cluster.run_folder import open_out
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of

MadeHere = Callable[..., Receipt]


def test_rejected_views_are_counted_by_gate_and_frames_set_aside_are_located(
    record: RunRecord, tmp_path: Path, made_here: MadeHere
) -> None:
    open_out(tmp_path, record)
    units = units_of(record.spec)
    made_here(record, tmp_path, units[2])
    assert rejection_lines(tmp_path, holdings(tmp_path)) == []
    for unit in units[:2]:
        made_here(record, tmp_path, unit, "rejects")
    assert rejection_lines(tmp_path, holdings(tmp_path)) == [
        "views rejected and replaced: 4 (4 by witness_ids)",
        f"frames set aside, as their witnesses disagree: 2, in {tmp_path / 'failures'}",
    ]
