"""Producing: a unit's scenes are planned, built, measured and photographed, one frame after another.

The exact buffers come from the evaluated scene before any path is traced; the picture never touches them.
"""

from collections.abc import Iterator

from assets_catalog.catalog import Catalog
from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.develop import develop
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.scene import build_scene
from scenegen.gbuffer import Tracer
from scenegen.recipes import plan_scene
from schemas.frame import Frame, Shot, frame_id
from schemas.run_record import RunRecord
from schemas.run_spec import ColorSpec, RenderSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import rng_for, seed_for
from schemas.unit import Unit


def frames_of_unit(record: RunRecord, unit: Unit, catalog: Catalog, threads: int = 0) -> Iterator[Shot]:
    """Yields every frame of the unit with the plan of its scene, in the order of `Unit.frame_ids`.

    `threads`: for Cycles, 0 means all cores; the pixels don't depend on it.
    """
    for scene_index in range(unit.scene_start, unit.scene_stop):
        plan = plan_scene(record.spec, scene_index, unit.split, catalog)
        for frame in frames_of_scene(plan, catalog, record.spec.render, threads):
            yield plan, frame


def frames_of_scene(plan: ScenePlan, catalog: Catalog, render: RenderSpec, threads: int = 0) -> Iterator[Frame]:
    """Yields a frame for each view of the plan."""
    scene = build_scene(plan, catalog)
    configure(scene, render, threads)
    tracer = Tracer(evaluated_triangles(), plan)
    for view in plan.views:
        gbuffer = tracer.view(view)
        aim(scene, view)
        light = render_view(scene, seed_for(plan.seed, "paths", view.view_index))["Combined"][..., :3]
        rgb = develop(light, ColorSpec(), rng_for(plan.seed, "develop", view.view_index))
        yield Frame(frame_id(plan.scene_index, view.view_index), view, rgb, gbuffer, tracer.materials)
