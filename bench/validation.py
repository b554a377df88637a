"""Validation: frames a second of one core, by its own processor time, and the most memory, in a fresh process."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from assets_catalog.opening import open_catalog
from scenegen.dataset.pack import pack_frame, pack_unit
from scenegen.dataset.validate import validate
from scenegen.encoders import ENCODERS
from scenegen.produce import frames_of_unit
from schemas.frame import Rejection
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import units_of

_SCENES = 16
_SIDES_PX = (512, 1024)
LEAST_FRAMES_S, MOST_MB = 5.0, 1024.0


def validation_table() -> Table:
    """Returns what validating frames of five tasks costs; limits: 5 frames/s at 512 x 512, 1 GB."""
    table = Table("size", "frames", "frames/s a core", "MB at most", title="validation, five tasks, analytic yards")
    for side_px in _SIDES_PX:
        with TemporaryDirectory() as folder:
            write_dataset(Path(folder), side_px)
            command = [sys.executable, "-m", "bench.validation", folder]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        speed = f"{told['frames'] / told['core_s']:.1f}"
        table.add_row(f"{side_px} x {side_px}", str(told["frames"]), speed, f"{told['most_mb']:.0f}")
    return table


def write_dataset(out: Path, side_px: int) -> None:
    """Writes one unit of analytic yards, two frames a scene."""
    catalog = open_catalog("builtin")
    spec = RunSpec(
        scenes=_SCENES,
        views_per_scene=2,
        scenes_per_unit=_SCENES,
        recipe="primitives",
        catalog="builtin",
        tasks=tuple(ENCODERS),
        camera=CameraSpec(width_px=side_px, height_px=side_px),
        render=RenderSpec(renderer="analytic", device="cpu"),
    )
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={"scenegen": "bench"})
    (unit,) = units_of(spec)
    packed, rejections = [], []
    for outcome in frames_of_unit(record, unit, catalog, 1):
        if isinstance(outcome, Rejection):
            rejections.append(outcome)
        elif isinstance(outcome, tuple):
            packed.append(pack_frame(record, *outcome))
    files = pack_unit(record, unit, packed, rejections)
    (out / "run.json").write_text(record.model_dump_json())
    for path, content in ((files.frames_path, files.frames), (unit.triplets_path, files.triplets)):
        assert path is not None and content is not None  # noqa: PT018 - for the types
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)


def measured(out: Path) -> dict[str, float]:
    """Validates a dataset twice; returns what the second time cost, when all is compiled, and the most memory."""
    validate(out)
    begun = time.process_time()
    report = validate(out)
    assert report.ok, report.faults
    core_s = time.process_time() - begun
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return {"frames": report.frames, "core_s": core_s, "most_mb": most_mb}


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
