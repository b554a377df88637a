"""What is said at the end of a run is told from one pass: each commit record is opened once."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from assets_catalog.opening import open_catalog
from ray_cluster.commands.rejections import rejection_lines
from ray_cluster.commands.summary import summary_lines
from ray_cluster.credits import credits_of_catalog
from ray_cluster.papers import write_papers
from scenegen.dataset import parquet
from scenegen.dataset.places import Located
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of

MadeHere = Callable[..., Receipt]


def test_papers_and_summary_open_each_commit_record_once(
    record: RunRecord, tmp_path: Path, made_here: MadeHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = units_of(record.spec)[:2]
    receipts = [made_here(record, tmp_path, first, "rejects"), made_here(record, tmp_path, second)]
    opened: Counter[str] = Counter()
    source = parquet._source

    def noted(path: Located) -> object:
        opened[path.parent.parent.name] += 1
        return source(path)

    monkeypatch.setattr(parquet, "_source", noted)
    held = write_papers(tmp_path, credits_of_catalog(open_catalog("builtin")))
    told = [*summary_lines(tmp_path, held), *rejection_lines(tmp_path, held)]
    assert opened == {"triplets": 2, "failures": 1}  # frames that a witness denied: their rows are counted
    triplets = sum(receipt.triplets for receipt in receipts)
    assert told[0] == f"{tmp_path} holds 4 frames, {triplets} triplets"
    assert told[-2:] == [
        "views rejected and replaced: 2 (2 by witness_ids)",
        f"frames set aside, as their witnesses disagree: 2, in {tmp_path / 'failures'}",
    ]
