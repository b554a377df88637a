"""Scenes: what it takes to plan one, by recipe, and to build one in Blender, beside what either may take.

Plans are drawn with a catalog that is open and warm, checks of placement and refused draws included. Of each recipe the
scene nearest to OBJECTS is built several times in one Blender session, so that its assets are kept ones: built, turned
into triangles and made ready for exact buffers, but not rendered.
"""

import gc
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rich.table import Table

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from ray_cluster.cores import cores
from render_configs.load import load_spec
from scenegen.recipes import plan_scene
from scenegen.renderers import open_stage_of
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan

PLAN_S: Mapping[str, float] = {"room": 0.5, "tabletop": 3.0, "street": 0.5, "hall": 0.5}
"""Recipe -> core-seconds that planning a scene may take."""
BUILD_S, OBJECTS = 1.5, 60
"""Wall seconds that building may take, for that many objects."""
SCENES, WARM_UP, BUILDS = 20, 3, 5
_SPLIT = "train"


@dataclass(frozen=True)
class Planned:
    """Some scenes of one recipe."""

    recipe: str
    plans: tuple[ScenePlan, ...]
    core_s: tuple[float, ...]


def planned(recipe: str, location: str) -> Planned:
    """Plans scenes of one recipe, after some others that warm the catalog and compiled code."""
    spec, catalog = spec_of_recipe(recipe), open_catalog(location)
    for index in range(SCENES, SCENES + WARM_UP):
        plan_scene(spec, index, _SPLIT, catalog)
    timed = [_timed(spec, index, catalog) for index in range(SCENES)]
    return Planned(recipe, tuple(plan for plan, _ in timed), tuple(core_s for _, core_s in timed))


def spec_of_recipe(recipe: str) -> RunSpec:
    """Returns a run of one kind of scene, with the lenses and rigs of the preset for all kinds."""
    return load_spec("mixed", [f"recipe={recipe}"])


def _timed(spec: RunSpec, index: int, catalog: Catalog) -> tuple[ScenePlan, float]:
    gc.collect()
    started = time.process_time()
    plan = plan_scene(spec, index, _SPLIT, catalog)
    return plan, time.process_time() - started


def planning_table(groups: Sequence[Planned]) -> Table:
    """Returns median and 95th percentile of core-seconds, beside the most that planning may take."""
    columns = ("recipe", "objects, median", "core s, median", "core s, 95th percentile", "target")
    table = Table(*columns, title=f"planning a scene, {SCENES} of each recipe")
    for group in groups:
        objects = statistics.median(len(plan.objects) for plan in group.plans)
        median_s, high_s = np.percentile(group.core_s, [50, 95]).tolist()
        target_s = PLAN_S[group.recipe]
        table.add_row(group.recipe, f"{objects:.0f}", f"{median_s:.3f}", _beside(high_s, target_s), f"{target_s:.1f}")
    return table


def building_table(groups: Sequence[Planned], location: str) -> Table:
    """Returns what building takes in Blender, beside the most that it may take for OBJECTS."""
    columns = ("recipe", "objects", "first, s", "cached, wall s", "cached, core s", "target")
    table = Table(*columns, title=f"building a scene, the median of {BUILDS}, on {cores()} cores")
    catalog = open_catalog(location)
    for group in groups:
        plan = min(group.plans, key=lambda plan: abs(len(plan.objects) - OBJECTS))
        spec = spec_of_recipe(group.recipe)
        (first_s, _), *cached = [_built(plan, catalog, spec) for _ in range(1 + BUILDS)]
        wall_s, core_s = (statistics.median(each) for each in zip(*cached, strict=True))
        figures = (f"{first_s:.2f}", _beside(wall_s, BUILD_S), f"{core_s:.2f}", f"{BUILD_S:.1f} for {OBJECTS}")
        table.add_row(group.recipe, str(len(plan.objects)), *figures)
    return table


def _built(plan: ScenePlan, catalog: Catalog, spec: RunSpec) -> tuple[float, float]:
    wall, core = time.perf_counter(), time.process_time()
    open_stage_of("cycles")(plan, catalog, spec, cores())
    return time.perf_counter() - wall, time.process_time() - core


def _beside(figure_s: float, target_s: float) -> str:
    return f"{figure_s:.3f}" if figure_s <= target_s else f"[bold red]{figure_s:.3f}"
