"""Records of a report: as JSON, all figures, counts and lists; as Parquet, a row for each prediction that was scored.

What no figure can be told of is null. Parquet: zstd, page checksums and page index, rows in the order of sample ids; a
column for each figure, empty for the other tasks.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenegen.evaluate.report import Report, SampleScore, SetScore
from scenegen.evaluate.scores import SCORERS, Figures

_FIGURES = tuple(dict.fromkeys(figure.name for scorer in SCORERS.values() for figure in scorer.figures))

SAMPLE_COLUMNS = pa.schema(
    [
        pa.field("sample_id", pa.string(), nullable=False),
        pa.field("frame_id", pa.string(), nullable=False),
        pa.field("task", pa.string(), nullable=False),
        pa.field("split", pa.string(), nullable=False),
        pa.field("color_map", pa.string()),
        pa.field("truth", pa.string(), nullable=False),
        pa.field("width_px", pa.int32(), nullable=False),
        pa.field("height_px", pa.int32(), nullable=False),
        *(pa.field(name, pa.float64()) for name in _FIGURES),
    ]
)
"""`color_map`: of depth. `truth`: frame, or target where the frame is not there. `width_px`, `height_px`: of the
prediction as it was given. Then the figures, by the names that the JSON has too."""


def report_json(report: Report) -> str:
    """Returns a report as JSON, without its samples."""
    depth = report.kinds("depth")
    record = {
        "tasks": {task: _set_record(score) for task, score in report.tasks().items()},
        "depth_color_maps": {kind: _set_record(score) for kind, score in depth.items()},
        "semantic_classes": {
            label: {"iou": overlap.iou if overlap.union_px else None, **vars(overlap)}
            for label, overlap in report.classes().items()
        },
        "depth_range_m": [_number(limit_m) for limit_m in report.depth_range_m],
        "truth": {"frame": report.exact, "target": len(report.scores) - report.exact},
        "missing": list(report.missing),
        "unreadable": [vars(each) for each in report.unreadable],
        "extra": list(report.extra),
    }
    return f"{json.dumps(record, indent=1, allow_nan=False)}\n"


def samples_parquet(report: Report) -> bytes:
    """Returns a row for each prediction that was scored, as a Parquet file."""
    table = pa.Table.from_pylist([_row(score) for score in report.scores], schema=SAMPLE_COLUMNS)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", write_page_index=True, write_page_checksum=True)
    return bytes(sink.getvalue())


def _row(score: SampleScore) -> dict[str, object]:
    return {
        "sample_id": score.sample_id,
        "frame_id": score.frame_id,
        "task": score.task,
        "split": score.split,
        "color_map": score.kind or None,
        "truth": "frame" if score.is_exact else "target",
        "width_px": score.width_px,
        "height_px": score.height_px,
        **_numbers(score.score.figures),
    }


def _set_record(score: SetScore) -> dict[str, Any]:
    counts = {"asked": score.asked, "scored": score.scored, "counted": score.counted}
    return {**counts, **_numbers(score.figures)}


def _numbers(figures: Figures) -> Mapping[str, float | None]:
    return {name: _number(figure) for name, figure in figures.items()}


def _number(figure: float) -> float | None:
    return figure if math.isfinite(figure) else None
