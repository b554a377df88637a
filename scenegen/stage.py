"""Stage: a built scene, ready to be measured and photographed; the seam behind which every renderer stands.

A view is measured first, which is nearly free, and judged; only what passes is photographed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from assets_catalog.catalog import Catalog
from schemas.frame import Agreement, GBuffer
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, View


@dataclass(frozen=True)
class Sighting:
    """What is exactly known of a view before it is photographed."""

    gbuffer: GBuffer
    back_facing: Bool[np.ndarray, "h w"]
    """Where the camera sees a surface from inside, as its corner normals tell; False where there is none."""


@dataclass(frozen=True)
class Picture:
    """A view's photograph, and how far its renderer confirms the sighting."""

    rgb: UInt8[np.ndarray, "h w 3"]
    """Display-referred sRGB."""
    linear_light: Float32[np.ndarray, "h w 3"]
    """Rec.709 radiance as rendered, before exposure; may hold NaN and infinity, which a gate looks for."""
    agreement: Agreement


@runtime_checkable
class Stage(Protocol):
    """One scene, built."""

    @property
    def materials(self) -> tuple[str, ...]:
        """Name of material_id 1, 2, ..."""

    def sight(self, view: View) -> Sighting:
        """Returns the exact buffers of a view."""

    def picture(self, view: View, sighting: Sighting) -> Picture:
        """Returns the photograph of a view that was sighted."""


OpenStage: TypeAlias = Callable[[ScenePlan, Catalog, RunSpec, int], Stage]
"""(plan, catalog, spec, threads) -> the scene, built. Threads: 0 means all cores; no byte depends on them."""
