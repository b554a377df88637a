"""Exporting: one scene of a stored run is planned and built again, and written for other programs.

A plan is a pure function of (spec, catalog, scene, attempt), so nothing of the scene need have been kept but its
triplets: their cameras tell which attempt became the scene, and which candidates its frames. The catalog must be the
one that the run was locked to.
"""

from collections.abc import Sequence
from pathlib import Path

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_locked
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.scene import build_scene
from scenegen.dataset.exports import exporter_for
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import read_column
from scenegen.dataset.places import Located
from scenegen.dataset.records import read_records
from scenegen.recipes import plan_scene
from schemas.errors import DatasetError, InputError
from schemas.frame import scene_id
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import ATTEMPTS
from schemas.unit import Unit
from schemas.unit_size import scenes_per_unit

Camera = tuple[tuple[float, ...], tuple[float, ...]]
"""K and cam2world."""


def export_scene(out: Located, scene_index: int, catalog_location: str, target: Path) -> list[Path]:
    """Writes a scene of the run in `out` to `target` by its ending, and returns the files written.

    Raises InputError for a scene or an ending that there isn't, and where the catalog is not that of the run.
    """
    exporter = exporter_for(target)
    record, unit = _planned(read_records(out), scene_index, out)
    if record.ingested is not None:
        raise InputError(f"{out} holds frames that others rendered: of their scenes nothing is known but what is seen")
    cameras = _cameras(out / unit.triplets_path, scene_id(scene_index))
    made = unit.as_made(unit_footer(out / unit.triplets_path).unit.replaced)
    catalog = open_locked(record.catalog_lock, catalog_location)
    plan = _plan_with(cameras, record.spec, scene_index, made, catalog)
    build_scene(plan, catalog)
    return exporter(evaluated_triangles(), plan, target)


def _cameras(triplets: Located, scene: str) -> list[Camera]:
    """Returns the cameras of a scene's frames, in their order."""
    if not triplets.exists():
        raise InputError(f"{triplets}: {scene} is not made yet")
    columns = (read_column(triplets, name) for name in ("scene_id", "frame_id", "intrinsics", "cam2world"))
    found = {frame: (tuple(k), tuple(pose)) for stored, frame, k, pose in zip(*columns, strict=True) if stored == scene}
    return [found[frame] for frame in sorted(found)]


def _plan_with(cameras: list[Camera], spec: RunSpec, scene_index: int, unit: Unit, catalog: Catalog) -> ScenePlan:
    """Returns the plan of the attempt that has these cameras, and no others."""
    first = ATTEMPTS * unit.times_replaced(scene_index)
    for attempt in range(first, first + ATTEMPTS):
        plan = plan_scene(spec, scene_index, unit.split, catalog, attempt)
        views = {(view.intrinsics, view.cam2world): view for view in plan.views}
        if all(camera in views for camera in cameras):
            return plan.model_copy(update={"views": tuple(views[camera] for camera in cameras)})
    raise DatasetError(f"{scene_id(scene_index)}: its cameras are of no plan; was it made by another version?")


def _planned(records: Sequence[RunRecord], scene_index: int, out: Located) -> tuple[RunRecord, Unit]:
    """Returns the record that plans a scene, of the run or of a generation, and the scene's unit."""
    for record in records:
        first = record.start.scene
        if first <= scene_index < record.end.scene:
            return record, record.units[(scene_index - first) // scenes_per_unit(record.spec)]
    raise InputError(f"{out}: there is no scene {scene_index}, allowed: 0 to {records[-1].end.scene - 1}")
