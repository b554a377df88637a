"""Good frames: candidate views of rooms, traced in Blender's evaluated scene, and of yards, whose buffers are formulae.

No picture is rendered. Rooms of real furniture join where it is installed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.scene import build_scene
from scenegen.gates.gate import Case
from scenegen.gbuffer import Tracer
from scenegen.recipes import plan_scene
from scenegen.renderers import open_stage_of
from scenegen.stage import Sighting
from schemas.geometry import Vec3, intrinsics, look_along
from schemas.run_spec import CameraSpec, GateSpec, RunSpec
from schemas.scene_plan import ScenePlan, View, flat

SIDE_PX = 128
CAMERA = CameraSpec(width_px=SIDE_PX, height_px=SIDE_PX, spare_views=4)


@dataclass(frozen=True)
class Scene:
    """A plan, and what is seen of it."""

    plan: ScenePlan
    sight: Callable[[View], Sighting]

    def case(self, view: View) -> Case:
        """Returns a view for the gates to judge."""
        return Case(self.sight(view), view, self.plan, GateSpec())

    def from_place(self, position_m: Vec3, heading_rad: float) -> Case:
        """Returns a level view from anywhere."""
        k, cam2world = intrinsics(1.2, SIDE_PX, SIDE_PX), look_along(position_m, heading_rad, 0.0)
        return self.case(
            View(view_index=0, width_px=SIDE_PX, height_px=SIDE_PX, intrinsics=flat(k), cam2world=flat(cam2world))
        )


def _room(spec: RunSpec, catalog: Catalog, scene_index: int) -> Scene:
    plan = plan_scene(spec, scene_index, "train", catalog)
    build_scene(plan, catalog)
    return Scene(plan, Tracer(evaluated_triangles(), plan).view)


@pytest.fixture(scope="session")
def rooms(request: pytest.FixtureRequest) -> list[Scene]:
    """Returns a few rooms."""
    spec = RunSpec(camera=CAMERA)
    made = [_room(spec, open_catalog("builtin"), index) for index in range(2)]
    try:
        location: str = request.getfixturevalue("furniture_catalog")
    except pytest.skip.Exception:
        return made
    catalog = open_catalog(location)
    return made + [_room(spec, catalog, index) for index in range(2)]


@pytest.fixture(scope="session")
def yards() -> list[Scene]:
    """Returns a few yards."""
    spec, catalog = RunSpec(recipe="primitives", catalog="builtin", camera=CAMERA), open_catalog("builtin")
    plans = [plan_scene(spec, index, "train", catalog) for index in range(2)]
    return [Scene(plan, open_stage_of("analytic")(plan, catalog, spec, 1).sight) for plan in plans]


@pytest.fixture(scope="session")
def room_cases(rooms: list[Scene]) -> list[Case]:
    """Returns every candidate view of the rooms."""
    return [room.case(view) for room in rooms for view in room.plan.views]


@pytest.fixture(scope="session")
def yard_cases(yards: list[Scene]) -> list[Case]:
    """Returns every candidate view of the yards."""
    return [yard.case(view) for yard in yards for view in yard.plan.views]


@pytest.fixture(scope="session")
def cases(room_cases: list[Case], yard_cases: list[Case]) -> list[Case]:
    """Returns all good frames."""
    return room_cases + yard_cases


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(5))
