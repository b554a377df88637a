"""Exporters: a scene for other programs. One file each, and one line in EXPORTERS."""

from collections.abc import Callable
from pathlib import Path

from scenegen.dataset.exports.gltf import write_gltf
from scenegen.triangles import Triangles
from schemas.errors import InputError
from schemas.scene_plan import ScenePlan

Exporter = Callable[[Triangles, ScenePlan, Path], list[Path]]
"""Writes a scene to a file, and what belongs beside it; returns the files written."""

EXPORTERS: dict[str, Exporter] = {".glb": write_gltf}
"""File ending -> exporter."""


def exporter_for(target: Path) -> Exporter:
    """Returns the exporter of a file's ending; InputError for an unknown one or a folder that isn't there."""
    if target.suffix not in EXPORTERS:
        raise InputError(f"{target}: can't export to '{target.suffix}', allowed: {', '.join(EXPORTERS)}")
    if not target.parent.is_dir():
        raise InputError(f"{target}: the folder {target.parent} does not exist")
    return EXPORTERS[target.suffix]
