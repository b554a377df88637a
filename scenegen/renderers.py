"""Renderers: how a planned scene becomes pictures. Adding one is one room and one line in RENDERERS."""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field

from scenegen.stage import OpenStage


@dataclass(frozen=True)
class Renderer:
    """Where a renderer stands, and what it needs."""

    stage: str
    """Import path of an `OpenStage`; imported only where it renders."""
    libraries: Mapping[str, str] = field(default_factory=dict)
    """Module -> distribution that it needs beyond the base install; their versions shape the bytes."""


RENDERERS: Mapping[str, Renderer] = {
    "cycles": Renderer(
        "scenegen.blender.stage:open_stage", {"bpy": "bpy", "embreex": "embreex", "PyOpenColorIO": "opencolorio"}
    ),
    "analytic": Renderer("scenegen.analytic.stage:open_stage"),
}
"""Name in the spec -> renderer."""


def open_stage_of(renderer: str) -> OpenStage:
    """Returns the function that builds a scene for a member of RENDERERS."""
    open_stage: OpenStage = pkgutil.resolve_name(RENDERERS[renderer].stage)
    return open_stage
