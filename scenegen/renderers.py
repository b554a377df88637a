"""Renderers: how a planned scene becomes pictures. Adding one is one room and one line in RENDERERS."""

import pkgutil
from collections.abc import Mapping

from scenegen.stage import OpenStage

RENDERERS: Mapping[str, str] = {
    "cycles": "scenegen.blender.stage:open_stage",
    "analytic": "scenegen.analytic.stage:open_stage",
}
"""Name in the spec -> import path of an `OpenStage`; a renderer is imported only where it renders."""


def open_stage_of(renderer: str) -> OpenStage:
    """Returns the function that builds a scene for a member of RENDERERS."""
    open_stage: OpenStage = pkgutil.resolve_name(RENDERERS[renderer])
    return open_stage
