"""The analytic stage: a plan's shapes by formula; milliseconds a frame, and no second witness.

All three kinds of normals are the same here: those of the true surface. Threads and the render's settings change
nothing.
"""

from assets_catalog.catalog import Catalog
from scenegen.analytic.display import displayed
from scenegen.analytic.placed import placed_forms
from scenegen.analytic.shading import materials_of, shade
from scenegen.analytic.trace import sighting
from scenegen.stage import Picture, Sighting
from schemas.frame import UNWITNESSED
from schemas.run_spec import RunSpec, TruthSpec
from schemas.scene_plan import ScenePlan, View


def open_stage(plan: ScenePlan, catalog: Catalog, spec: RunSpec, threads: int) -> "AnalyticStage":
    """Returns the scene; see `scenegen.stage.OpenStage`."""
    return AnalyticStage(plan, catalog, spec.truth)


class AnalyticStage:
    """One scene's forms."""

    def __init__(self, plan: ScenePlan, catalog: Catalog, truth: TruthSpec) -> None:
        self._plan = plan
        self._placed, self._materials = placed_forms(plan, catalog, truth.glass)
        self._looks = materials_of(self._placed, len(self._materials))

    @property
    def materials(self) -> tuple[str, ...]:
        """Returns the name of material_id 1, 2, ..."""
        return self._materials

    def sight(self, view: View) -> Sighting:
        """Returns the exact buffers of a view."""
        return sighting(self._placed, view)

    def picture(self, view: View, sighting: Sighting) -> Picture:
        """Returns a plain picture of a view that was sighted."""
        light = shade(self._plan, self._looks, view, sighting.gbuffer)
        return Picture(displayed(light), light, UNWITNESSED)
