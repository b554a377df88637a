"""Cycles' stage: a plan built in Blender, sighted by Embree, photographed and witnessed by Cycles.

The passes of the picture itself are the second witness. Where they can't be, since the lens is open or panes are taken
out of the truth but not out of the picture, a render of one sample witnesses instead.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace

import bpy
import numpy as np
from jaxtyping import Float32

from assets_catalog.catalog import Catalog
from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.develop import develop
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.roles import panes_absent
from scenegen.blender.scene import build_scene
from scenegen.gbuffer import Tracer
from scenegen.shading_normals import shading_normals
from scenegen.stage import Picture, Sighting
from scenegen.witness import agreement
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, View
from schemas.seeds import rng_for, seed_for

Passes = Mapping[str, Float32[np.ndarray, "h w c"]]


def open_stage(plan: ScenePlan, catalog: Catalog, spec: RunSpec, threads: int) -> "CyclesStage":
    """Returns the scene, built in the Blender session; it ends when the next one is opened."""
    scene = build_scene(plan, catalog)
    configure(scene, spec.render, threads)
    return CyclesStage(scene, plan, spec)


class CyclesStage:
    """One scene in the Blender session."""

    def __init__(self, scene: bpy.types.Scene, plan: ScenePlan, spec: RunSpec) -> None:
        triangles = evaluated_triangles()
        self._scene, self._plan, self._spec = scene, plan, spec
        self._through = spec.truth.glass == "through" and bool(triangles.panes)
        self._tracer = Tracer(triangles.without_panes() if self._through else triangles, plan)

    @property
    def materials(self) -> tuple[str, ...]:
        """Returns the name of material_id 1, 2, ..."""
        return self._tracer.materials

    def sight(self, view: View) -> Sighting:
        """Returns the exact buffers of a view."""
        kind = self._spec.truth.normals
        sighting = self._tracer.view(view, "geometric" if kind == "geometric" else "smooth")
        return self._shaded(view, sighting) if kind == "shading" else sighting

    def picture(self, view: View, sighting: Sighting) -> Picture:
        """Returns the photograph of a view, and how far Cycles confirms the sighting."""
        aim(self._scene, view)
        passes = render_view(self._scene, seed_for(self._plan.seed, "paths", view.view_index))
        witness = self._one_sample(view) if self._through or view.defocus is not None else passes
        light = passes["Combined"][..., :3]
        return Picture(
            rgb=develop(light, self._spec.color, rng_for(self._plan.seed, "develop", view.view_index)),
            linear_light=light,
            agreement=agreement(sighting.gbuffer, witness["Depth"][..., 0], witness["Object Index"][..., 0]),
        )

    def _shaded(self, view: View, sighting: Sighting) -> Sighting:
        layer = self._scene.view_layers[0]
        layer.use_pass_normal = True
        try:
            passes = self._one_sample(view)
        finally:
            layer.use_pass_normal = False  # the session's scene is one for good
        normals = shading_normals(sighting.gbuffer, view, passes["Normal"], passes["Object Index"][..., 0])
        return replace(sighting, gbuffer=replace(sighting.gbuffer, normal_cam=normals))

    def _one_sample(self, view: View) -> Passes:
        """Renders what the exact buffers know: a sharp lens, and no panes where the truth lies behind them."""
        aim(self._scene, view, sharp=True)
        with panes_absent(self.materials) if self._through else nullcontext():
            return render_view(self._scene, 0, samples=1, denoise=False)
