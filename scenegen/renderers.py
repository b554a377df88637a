"""Renderers: how a planned scene becomes pictures. Adding one is one room and one line in RENDERERS."""

import os
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
    convention: str = ""
    """For a dataset's card: what its pictures and normals are, where not as the spec's `truth` and `camera` say."""


FAULTS = "SCENEGEN_FAULTS"
"""Variable that orders faults, for trials; see `scenegen.faults`."""
_BY_FORMULA = """\
Pictures are drawn by formula, not path traced: plain colours, no shadows, all of it sharp, and a model of furniture is
the box around it. They are for testing a pipeline. Depth, normals and ids are exact, of these shapes; whatever
`truth.normals` says, normals are those of the true surface, facing the camera."""


RENDERERS: Mapping[str, Renderer] = {
    "cycles": Renderer(
        stage="scenegen.blender.stage:open_stage",
        witnessed=True,
        libraries={"bpy": "bpy", "embreex": "embreex", "PyOpenColorIO": "opencolorio"},
    ),
    "analytic": Renderer(stage="scenegen.analytic.stage:open_stage", witnessed=False, convention=_BY_FORMULA),
}
"""Name in the spec -> renderer."""


def open_stage_of(renderer: str) -> OpenStage:
    """Returns the function that builds a scene for a member of RENDERERS."""
    open_stage: OpenStage = pkgutil.resolve_name(RENDERERS[renderer].stage)
    if orders := os.environ.get(FAULTS):
        from scenegen.faults import with_faults  # noqa: PLC0415 - for trials only

        return with_faults(open_stage, orders)
    return open_stage


def is_witnessed(renderer: str) -> bool:
    """Tells whether a renderer's own passes confirm the exact buffers; False for one that is unknown here."""
    return renderer in RENDERERS and RENDERERS[renderer].witnessed


def convention_of(renderer: str) -> str:
    """Returns what a dataset's card must say of a renderer; nothing for one that is unknown here."""
    return RENDERERS[renderer].convention if renderer in RENDERERS else ""
