"""Recipe primitives: a yard of balls, boxes and panels, 0.3 to 300 m away, under sun and sky.

No model of the catalog is used, so it works with any, and every renderer builds it exactly: what the analytic renderer
sees by formula, Blender must see in its meshes. Where the catalog has pictures taken outdoors, some yards lie in them
instead of under the sky, which changes nothing in the exact buffers. For tests, of ours and of users' pipelines.
"""

import math

import numpy as np

from assets_catalog.catalog import Catalog
from scenegen.recipes.environments import draw_outlook
from scenegen.recipes.recipe import Recipe, Scenery
from scenegen.recipes.yard.things import MIDDLE_M, draw_floor, draw_poles, draw_shapes, planned
from scenegen.recipes.yard.views import plan_views
from schemas.geometry import aimed
from schemas.run_spec import RunSpec
from schemas.scene_plan import Light, Sky, flat
from schemas.seeds import rng_for

_POLES = (5, 10)
_NEAR_SHAPES, _NEAR_M = (12, 20), (2.0 * MIDDLE_M, 40.0)
_FAR_SHAPES, _FAR_M = (12, 20), (60.0, 300.0)


def plan_yard(seed: int, spec: RunSpec, catalog: Catalog) -> Scenery:
    """Returns one yard: a pure function of its arguments."""
    eyes_m = spec.camera.height_m.low, spec.camera.height_m.high
    poles, near, far = (rng_for(seed, stream) for stream in ("poles", "near", "far"))
    things = [
        *draw_poles(poles, int(poles.integers(*_POLES)), eyes_m),
        *draw_shapes(near, int(near.integers(*_NEAR_SHAPES)), _NEAR_M),
        *draw_shapes(far, int(far.integers(*_FAR_SHAPES)), _FAR_M),
    ]
    count = spec.views_per_scene + spec.camera.spare_views
    sun, sky = _sun_and_sky(rng_for(seed, "sun"))
    outlook = draw_outlook(rng_for(seed, "outlook"), catalog.environments, sky, sun.power)
    return Scenery(
        objects=planned([draw_floor(rng_for(seed, "floor")), *things]),
        lights=(sun,) if outlook is None else (),
        sky=sky,
        environment=outlook.environment if outlook else None,
        views=plan_views(seed, things, spec.camera, count),
    )


def _sun_and_sky(rng: np.random.Generator) -> tuple[Light, Sky]:
    """Returns a sun at any height from late afternoon to noon, and the sky to it."""
    elevation_rad, azimuth_rad = math.radians(float(rng.uniform(18.0, 60.0))), float(rng.uniform(-math.pi, math.pi))
    away = -math.cos(elevation_rad) * math.cos(azimuth_rad), -math.cos(elevation_rad) * math.sin(azimuth_rad)
    shines = aimed((0.0, 0.0, 10.0), (*away, -math.sin(elevation_rad)))
    sun = Light(kind="sun", light2world=flat(shines), power=float(rng.uniform(4.0, 7.0)), color=(1.0, 0.95, 0.88))
    strength = float(rng.uniform(0.25, 0.4))
    return sun, Sky(sun_elevation_rad=elevation_rad, sun_azimuth_rad=azimuth_rad, strength=strength)


PRIMITIVES = Recipe(plan_yard, is_physical=False)
