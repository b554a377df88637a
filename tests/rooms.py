"""Datasets of furnished rooms by the analytic renderer, written in this process: models stand as boxes."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from scenegen.dataset.pack import PackedFrame, UnitFiles, pack_frame, pack_unit
from scenegen.produce import frames_of_unit
from schemas.frame import Redrawn, Rejection
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import Unit, units_of


def write_rooms(out: Path, scenes: int, side_px: int, tasks: Sequence[str], **changes: object) -> Path:
    """Writes run.json and all units of a run of two views a room; `changes` are keys of its spec."""
    catalog = open_catalog("builtin")
    fields: dict[str, object] = {
        "recipe": "room",
        "scenes": scenes,
        "scenes_per_unit": 4,
        "tasks": tuple(tasks),
        "camera": CameraSpec(width_px=side_px, height_px=side_px),
        "render": RenderSpec(renderer="analytic"),
    }
    spec = RunSpec.model_validate(fields | changes)
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={"pyarrow": pa.__version__})
    out.mkdir(parents=True)
    (out / "run.json").write_text(record.model_dump_json())
    for unit in units_of(spec):
        _write(out, _made(record, unit, catalog))
    return out


def _made(record: RunRecord, unit: Unit, catalog: Catalog) -> UnitFiles:
    frames: list[PackedFrame] = []
    rejections: list[Rejection] = []
    for outcome in frames_of_unit(record, unit, catalog, 1):
        match outcome:
            case Redrawn():
                del frames[len(frames) - outcome.frames :]
            case Rejection():
                rejections.append(outcome)
            case plan, frame:
                frames.append(pack_frame(record, plan, frame))
    return pack_unit(record, unit, frames, rejections)


def _write(out: Path, files: UnitFiles) -> None:
    for path, content in ((files.frames_path, files.frames), (files.unit.triplets_path, files.triplets)):
        if path is not None and content is not None:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
