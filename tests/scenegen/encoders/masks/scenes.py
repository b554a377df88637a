"""Maps of objects that hide each other: discs and bars drawn by hand, and yards of shapes by the analytic renderer."""

from functools import cache

import numpy as np
from jaxtyping import Int32, UInt8

from scenegen.analytic.stage import open_stage
from scenegen.encoders.legend import Rgb
from scenegen.recipes import plan_scene
from schemas.run_spec import CameraSpec, RunSpec
from tests.catalogs import catalog_of

SIDE_PX = 256
BACKGROUND: Rgb = (125, 0, 125)


def discs(seed: int, count: int = 30) -> Int32[np.ndarray, "256 256"]:
    """Returns discs of all sizes, later ones in front, behind three bars that are objects too."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    ids = np.zeros((SIDE_PX, SIDE_PX), np.int32)
    for each in range(1, count + 1):
        row, column = rng.integers(0, SIDE_PX, 2)
        ids[(y - row) ** 2 + (x - column) ** 2 < rng.uniform(1, 40) ** 2] = each
    for each, column in enumerate(rng.integers(0, SIDE_PX - 8, 3), count + 1):
        ids[:, column : column + rng.integers(3, 9)] = each
    return ids


@cache
def yard(seed: int) -> Int32[np.ndarray, "256 256"]:
    """Returns the objects of a yard of boxes, spheres and rectangles."""
    spec, catalog = (
        RunSpec(recipe="primitives", seed=seed, camera=CameraSpec(width_px=256, height_px=256)),
        catalog_of(),
    )
    plan = plan_scene(spec, 0, "train", catalog)
    return open_stage(plan, catalog, spec, 0).sight(plan.views[0]).gbuffer.instance_id


def objects_of(instance_id: Int32[np.ndarray, "h w"]) -> list[int]:
    return [int(each) for each in np.unique(instance_id) if each]


def colors_for(rng: np.random.Generator, count: int, apart: int) -> list[Rgb]:
    """Returns colours of a grid, `apart` from each other and from the background."""
    axis = np.arange(0, 256, apart)
    grid = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(-1, 3)
    far = grid[np.linalg.norm(grid - BACKGROUND, axis=1) >= apart]
    return [(int(red), int(green), int(blue)) for red, green, blue in rng.permutation(far)[:count]]


def noisy(seed: int, target: UInt8[np.ndarray, "h w 3"], sigma: float) -> UInt8[np.ndarray, "h w 3"]:
    noise = np.random.default_rng(seed).normal(0, sigma, target.shape)
    return np.clip(np.rint(target + noise), 0, 255).astype(np.uint8)
