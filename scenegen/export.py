"""Exporting: one scene of a stored run is planned and built again, and written for other programs.

A plan is a pure function of (spec, catalog, scene), so nothing of the scene need have been kept. The catalog must be
the one that the run was locked to.
"""

from pathlib import Path

from assets_catalog.sources import open_locked
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.scene import build_scene
from scenegen.dataset.exports import exporter_for
from scenegen.dataset.reader import read_record
from scenegen.recipes import plan_scene
from schemas.errors import InputError
from schemas.run_spec import RunSpec
from schemas.unit import split_of


def export_scene(out: Path, scene_index: int, catalog_path: Path | None, target: Path) -> list[Path]:
    """Writes a scene of the run in `out` to `target` by its ending, and returns the files written.

    Raises InputError for a scene or an ending that there isn't, and where the catalog is not that of the run.
    """
    exporter = exporter_for(target)
    record = read_record(out)
    split = _split_of_scene(record.spec, scene_index, out)
    catalog = open_locked(record.catalog_lock, catalog_path)
    plan = plan_scene(record.spec, scene_index, split, catalog)
    build_scene(plan, catalog)
    return exporter(evaluated_triangles(), plan, target)


def _split_of_scene(spec: RunSpec, scene_index: int, out: Path) -> str:
    if not 0 <= scene_index < spec.scenes:
        raise InputError(f"{out}: there is no scene {scene_index}, allowed: 0 to {spec.scenes - 1}")
    return split_of(spec, scene_index // spec.scenes_per_unit)
