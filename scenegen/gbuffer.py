"""Exact buffers: one Embree ray through each pixel's centre against the evaluated triangles.

Ray directions are scaled to camera z = 1, so that the distance along a ray is planar depth already. A ray that meets a
hole of a cut-out texture goes on behind it. What was hit becomes depth and normal in `scenegen.surface_points`.
No surface: depth infinity, normal zero, ids 0.
"""

from typing import Literal

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from jaxtyping import Float32, Float64, Int, Int32

from scenegen.cutouts import Cutouts
from scenegen.stage import Sighting
from scenegen.surface_points import NO_HIT, ray_directions, surface_points
from scenegen.triangles import Triangles
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL
from schemas.scene_plan import ScenePlan, View, square

_PAST_HOLE = np.float32(1e-5)
"""Relative step with which a ray goes on behind a hole; it grows where rounding makes it meet the triangle again."""
_MOST_HOLES = 128
"""In a row, before what comes next counts as a surface; as `transparent_max_bounces` of the picture."""

Hits = tuple[Int32[np.ndarray, " n"], Float32[np.ndarray, " n"], Float32[np.ndarray, "n 2"]]
"""Triangle (NO_HIT for none), planar depth, weights of corners 1 and 2."""


class Tracer:
    """A scene's bounding volume hierarchy; built once, asked once for each view."""

    def __init__(self, triangles: Triangles, plan: ScenePlan) -> None:
        self._triangles = triangles
        self._cutouts = Cutouts(triangles) if triangles.alphas else None
        self._class_of_instance = _class_table(plan)
        self._scene = EmbreeScene()
        TriangleMesh(self._scene, triangles.vertices_m, triangles.vertex_of_corner)

    @property
    def materials(self) -> tuple[str, ...]:
        """Returns the name of material_id 1, 2, ..."""
        return self._triangles.materials

    def view(self, view: View, normals: Literal["smooth", "geometric"] = "smooth") -> Sighting:
        """Returns the exact buffers of one view, and where it sees backs; `normals`: two of the kinds of TruthSpec."""
        cam2world = square(view.cam2world)
        origin, shape = cam2world[:3, 3], (view.height_px, view.width_px)
        rays = ray_directions(square(view.intrinsics), cam2world, view.width_px, view.height_px)
        triangle, traced_m, barycentric = self._first_surfaces(origin, rays)
        z_depth_m, normal_cam, back = surface_points(
            origin,
            rays,
            triangle,
            traced_m,
            barycentric,
            self._triangles.vertices_m,
            self._triangles.vertex_of_corner,
            self._triangles.corner_normals,
            np.ascontiguousarray((cam2world @ CV_FROM_GL)[:3, :3].T),
            normals == "smooth",
        )
        instance_id = _looked_up(self._triangles.instance_id, triangle)
        gbuffer = GBuffer(
            z_depth_m.reshape(shape),
            normal_cam.reshape(*shape, 3),
            instance_id.reshape(shape),
            self._class_of_instance[instance_id].reshape(shape),
            _looked_up(self._triangles.material_id, triangle).reshape(shape),
        )
        return Sighting(gbuffer, back.reshape(shape))

    def _first_surfaces(self, origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "n 3"]) -> Hits:
        """Returns what the rays hit first, holes left out."""
        directions = rays.astype(np.float32)
        origins = np.broadcast_to(origin.astype(np.float32), directions.shape)
        triangle, depth_m, barycentric = self._hits(origins, directions)
        if self._cutouts is None:
            return triangle, depth_m, barycentric
        going, step = np.arange(len(rays)), np.full(len(rays), _PAST_HOLE)
        for _ in range(_MOST_HOLES):
            going = going[self._cutouts.holes(triangle[going], barycentric[going, 0], barycentric[going, 1])]
            if not going.size:
                break
            past_m = depth_m[going] * (1 + step[going])
            next_one, beyond_m, barycentric[going] = self._hits(
                origins[going] + past_m[:, None] * directions[going], directions[going]
            )
            step[going] = np.where(next_one == triangle[going], 2 * step[going], _PAST_HOLE)
            triangle[going], depth_m[going] = next_one, past_m + beyond_m
        return triangle, depth_m, barycentric

    def _hits(self, origins: Float32[np.ndarray, "n 3"], directions: Float32[np.ndarray, "n 3"]) -> Hits:
        hit = self._scene.run(np.ascontiguousarray(origins), directions, output=True)
        return hit["primID"], hit["tfar"], np.stack([hit["u"], hit["v"]], axis=1)


def _looked_up(of_triangle: Int32[np.ndarray, " t"], triangle: Int[np.ndarray, " n"]) -> Int32[np.ndarray, " n"]:
    """Returns the ids of the triangles, 0 where there is none."""
    return np.where(triangle == NO_HIT, np.int32(0), of_triangle[triangle])


def _class_table(plan: ScenePlan) -> Int32[np.ndarray, " n"]:
    """Returns class_id by instance_id; 0 stays 0."""
    table = np.zeros(max(planned.instance_id for planned in plan.objects) + 1, dtype=np.int32)
    for planned in plan.objects:
        table[planned.instance_id] = planned.class_id
    return table
