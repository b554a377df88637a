"""Rooms: a real worker makes units, while its stages are timed; Ray's start-up and Blender's stand apart."""

import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table

from assets_catalog.opening import open_catalog
from bench.stopwatch import Spent, Stopwatch
from ray_cluster.cores import cores
from ray_cluster.driver import RENDERED
from ray_cluster.events import Lease
from ray_cluster.limits import WorkerLimits
from ray_cluster.run_folder import open_out
from ray_cluster.worker import Job, Worker
from render_configs.load import load_spec
from schemas.errors import ScenegenError
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec
from schemas.unit import Receipt, units_of

CYCLES = {"cycles.engine.reset": "Cycles: reset", "cycles.engine.render": "Cycles: sync, paths, denoising"}
"""Where Blender enters Cycles; the module exists once Blender's session was emptied for the first time."""
PER_SCENE = {
    "scenegen.produce.plan_scene": "plan",
    "scenegen.blender.stage.build_scene": "build",
    "scenegen.blender.stage.evaluated_triangles": "export of triangles",
    "scenegen.blender.stage.Tracer": "bounding volumes",
}
PER_FRAME = {
    "scenegen.gbuffer.Tracer.view": "exact buffers",
    "scenegen.produce.judge_sighting": "gates before",
    "scenegen.produce.judge_picture": "gates after",
    "scenegen.blender.stage.agreement": "second witness",
    "scenegen.blender.stage.develop": "developing",
    "scenegen.blender.pixels._take": "pixels from Cycles",
    "scenegen.dataset.pack.encode_picture": "input image",
    "scenegen.dataset.pack.triplets_of": "targets",
    "scenegen.dataset.pack.frame_row": "EXR and row",
    "ray_cluster.packer.pack_unit": "files",
    "ray_cluster.packer.publish": "commit",
}


def spec_of(preset: str, overrides: Sequence[str] = ()) -> RunSpec:
    """Returns a run of furnished rooms with a render preset."""
    return load_spec("quickstart", [f"render_preset={preset}", *overrides])


def rendered(spec: RunSpec, catalog: str) -> tuple[Stopwatch, float, int]:
    """Makes all units of a run; returns the stages, the wall seconds without start-up, and the frames."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        warm_up(spec, catalog, Path(folder))
        record = _record(spec, catalog)
        worker = _worker(record, Path(folder, "out"), catalog)
        with watch.watching(CYCLES | PER_SCENE | PER_FRAME):
            start = time.perf_counter()
            frames = sum(_made(worker, record))
            wall_s = time.perf_counter() - start
    return watch, wall_s, frames


def warm_up(spec: RunSpec, catalog: str, folder: Path) -> None:
    """Loads Blender, compiled code and tables by one tiny room."""
    camera = spec.camera.model_copy(update={"width_px": 64, "height_px": 64, "buckets": ()})
    render = spec.render.model_copy(update={"samples": 1})
    tiny = spec.model_copy(update={"scenes": 1, "camera": camera, "render": render, "seed": spec.seed + 1})
    record = _record(tiny, catalog)
    sum(_made(_worker(record, folder / "warm-up", catalog), record))


def _record(spec: RunSpec, catalog: str) -> RunRecord:
    return RunRecord(spec=spec, catalog_lock=open_catalog(catalog).lock(), versions={})


def _worker(record: RunRecord, out: Path, catalog: str) -> Worker:
    open_out(out, record)
    logs = out.with_name(f"{out.name}-logs")
    logs.mkdir()
    return Worker(Job(record, out, RENDERED, catalog, cores(), WorkerLimits()), logs)


def _made(worker: Worker, record: RunRecord) -> list[int]:
    """Returns the frames of each unit."""
    events = [event for unit in units_of(record.spec) for event in worker.make(Lease(unit))] + list(worker.finish())
    for event in events:
        if isinstance(fault := getattr(event, "error", None), ScenegenError):
            raise fault
    return [event.frames for event in events if isinstance(event, Receipt)]


def stages_table(watch: Stopwatch, wall_s: float, frames: int, scenes: int) -> Table:
    """Returns what a frame costs by stage, and the ratio of all to pure Cycles."""
    table = Table("stage", "calls", "wall ms a frame", "core ms a frame", title="one worker, all stages")
    for stage, spent in watch.rows.items():
        cells = (1e3 * spent.wall_s / frames, 1e3 * spent.core_s / frames)
        table.add_row(stage, str(spent.calls), *(f"{cell:.1f}" for cell in cells))
    pure_s = sum(watch.rows[stage].wall_s for stage in CYCLES.values())
    per_frame = total(watch, PER_FRAME.values())
    per_scene = total(watch, PER_SCENE.values())
    table.add_section()
    table.add_row("pure Cycles", "", f"{1e3 * pure_s / frames:.1f}", "")
    table.add_row("all", "", f"{1e3 * wall_s / frames:.1f}", "")
    table.add_row("[bold]all / pure Cycles", "", f"[bold]{wall_s / pure_s:.4f}", "")
    table.add_row("[bold]all but Cycles and scene building", "", "", f"[bold]{1e3 * per_frame.core_s / frames:.1f}")
    table.add_row("scene building, a scene", "", "", f"{1e3 * per_scene.core_s / scenes:.1f}")
    return table


def total(watch: Stopwatch, stages: Iterable[str]) -> Spent:
    """Returns the sum of some stages."""
    rows = [watch.rows[stage] for stage in stages if stage in watch.rows]
    return Spent(sum(r.calls for r in rows), sum(r.wall_s for r in rows), sum(r.core_s for r in rows))
