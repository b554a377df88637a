"""`scenegen export-scene`: a scene of a dataset as glTF, with its cameras beside it."""

from pathlib import Path

from assets_catalog.opening import absolute
from ray_cluster.commands.extra import check_extra
from scenegen.dataset.places import Located


def run(out: Located, scene_index: int, catalog: str, target: Path) -> list[Path]:
    """Returns the files written; raises InputError for a dataset, a scene or a file ending that isn't there."""
    check_extra("export-scene")
    from scenegen.export import export_scene  # noqa: PLC0415 - imports Blender

    return export_scene(out, scene_index, absolute(catalog), target)
