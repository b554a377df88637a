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
    witnessed: bool
    """Whether passes of its own confirm the exact buffers; else a picture's agreement is `UNWITNESSED`."""
    libraries: Mapping[str, str] = field(default_factory=dict)
    """Module -> distribution that it needs beyond the base install; their versions shape the bytes."""


RENDERERS: Mapping[str, Renderer] = {
    "cycles": Renderer(
        stage="scenegen.blender.stage:open_stage",
        witnessed=True,
        libraries={"bpy": "bpy", "embreex": "embreex", "PyOpenColorIO": "opencolorio"},
    ),
    "analytic": Renderer(stage="scenegen.analytic.stage:open_stage", witnessed=False),
}
"""Name in the spec -> renderer."""


def open_stage_of(renderer: str) -> OpenStage:
    """Returns the function that builds a scene for a member of RENDERERS."""
    open_stage: OpenStage = pkgutil.resolve_name(RENDERERS[renderer].stage)
    return open_stage


def is_witnessed(renderer: str) -> bool:
    """Tells whether a renderer's own passes confirm the exact buffers; False for one that is unknown here."""
    return renderer in RENDERERS and RENDERERS[renderer].witnessed
