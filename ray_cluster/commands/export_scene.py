"""`scenegen export-scene`: a scene of a dataset as glTF, with its cameras beside it."""

from pathlib import Path

from ray_cluster.commands.catalog_path import path_for
from ray_cluster.commands.extra import check_extra
from scenegen.dataset.reader import read_record


def run(out: Path, scene_index: int, catalog_path: Path | None, target: Path) -> list[Path]:
    """Returns the files written; raises InputError for a dataset, a scene or a file ending that isn't there."""
    source = read_record(out).spec.catalog
    check_extra("export-scene")
    from scenegen.export import export_scene  # noqa: PLC0415 - imports Blender

    return export_scene(out, scene_index, path_for(source, catalog_path), target)
