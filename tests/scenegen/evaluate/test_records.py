"""A report on disk: the JSON and the table say what the report says, and nothing that JSON lacks."""

import io
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenegen.dataset.rows import DecodedTriplet
from scenegen.encoders import ENCODERS
from scenegen.evaluate import Report, evaluate
from scenegen.evaluate.records import SAMPLE_COLUMNS, report_json, samples_parquet
from scenegen.evaluate.scores import SCORERS

TargetsOf = Callable[[Path], Mapping[str, np.ndarray]]


@pytest.fixture
def partial_report(room: Path, targets_of: TargetsOf) -> Report:
    """Of which the first sample is missing, the second unreadable, and one too many."""
    given = dict(targets_of(room))
    first, second, *_ = sorted(given)
    del given[first]
    given[second] = np.zeros((3, 3), np.uint8)
    return evaluate({**given, "other": np.zeros((3, 3, 3), np.uint8)}, room)


def test_json_has_every_figure_count_and_list(partial_report: Report) -> None:
    told = json.loads(report_json(partial_report))
    for task, score in partial_report.tasks().items():
        of_task = told["tasks"][task]
        assert [of_task[name] for name in ("asked", "scored", "counted")] == [score.asked, score.scored, score.counted]
        assert {name: of_task[name] for name in score.figures} == pytest.approx(dict(score.figures))
    assert told["missing"] == list(partial_report.missing)
    assert [each["name"] for each in told["unreadable"]] == [partial_report.unreadable[0].name]
    assert "must be of uint8" in told["unreadable"][0]["why"]
    assert told["extra"] == ["other"]
    assert told["truth"] == {"frame": len(partial_report.scores), "target": 0}
    assert told["depth_range_m"] == [0.3, 60]
    assert told["depth_color_maps"].keys() == partial_report.kinds("depth").keys()


def test_json_tells_the_classes_that_miou_is_the_mean_of(
    rooms: Path, perfect: Callable[[DecodedTriplet], np.ndarray]
) -> None:
    told = json.loads(report_json(evaluate(perfect, rooms, tasks=["semantic"])))
    ious = {label: each["iou"] for label, each in told["semantic_classes"].items()}
    counted = [iou for iou in ious.values() if iou is not None]
    assert sum(counted) / len(counted) == pytest.approx(told["tasks"]["semantic"]["miou"])
    assert {label for label, iou in ious.items() if iou is None} == {
        label for label, each in told["semantic_classes"].items() if not each["union_px"]
    }
    assert 0 < len(counted) < len(ious)  # some are listed and nowhere to be seen


def test_what_can_not_be_told_is_null_and_the_json_is_strict(room: Path) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON")

    told = json.loads(report_json(evaluate({}, room, depth_range_m=(0.0, math.inf))), parse_constant=refuse)
    assert told["tasks"]["depth"]["delta1"] is None
    assert told["depth_range_m"] == [0, None]


def test_a_sample_is_a_row_in_the_order_of_the_ids(partial_report: Report) -> None:
    table = pq.read_table(io.BytesIO(samples_parquet(partial_report)), page_checksum_verification=True)
    assert table.schema.equals(SAMPLE_COLUMNS)
    rows = table.to_pylist()
    assert [row["sample_id"] for row in rows] == sorted(score.sample_id for score in partial_report.scores)
    for row, score in zip(rows, partial_report.scores, strict=True):
        own = {figure.name for figure in SCORERS[score.task].figures}
        others = {figure.name for scorer in SCORERS.values() for figure in scorer.figures} - own
        assert {name: row[name] for name in own} == {
            name: None if math.isnan(value) else value for name, value in score.score.figures.items()
        }
        assert [row[name] for name in others] == [None] * len(others)
        assert row["frame_id"] == row["sample_id"].partition(f"-{row['task']}")[0]
        assert (row["color_map"] is not None) == (row["task"] == "depth")
        assert (row["truth"], row["width_px"], row["height_px"]) == ("frame", 96, 96)


def test_equal_reports_give_equal_bytes(room: Path, perfect: Callable[[DecodedTriplet], np.ndarray]) -> None:
    first, second = evaluate(perfect, room), evaluate(perfect, room)
    assert samples_parquet(first) == samples_parquet(second)
    assert report_json(first) == report_json(second)


def test_no_sample_is_an_empty_table(room: Path) -> None:
    table = pq.read_table(pa.BufferReader(samples_parquet(evaluate({}, room))))
    assert (table.num_rows, table.schema.equals(SAMPLE_COLUMNS)) == (0, True)


def test_all_tasks_were_asked_for(partial_report: Report) -> None:
    assert set(partial_report.tasks()) == set(ENCODERS)
