"""Exact buffers: one Embree ray through each pixel's centre against the evaluated triangles.

Ray directions are scaled to camera z = 1, so that the distance along a ray is planar depth already.
The normal is interpolated between the corners. The geometric normal decides which side is seen; an interpolated normal
that still faces away (a smooth silhouette) is bent until it is perpendicular to the ray.
No surface: depth infinity, normal zero, ids 0.
"""

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from jaxtyping import Float, Float64, Int

from scenegen.triangles import Triangles
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, pixel_rays, unit_length
from schemas.scene_plan import ScenePlan, View, square


class Tracer:
    """A scene's bounding volume hierarchy; built once, asked once for each view."""

    def __init__(self, triangles: Triangles, plan: ScenePlan) -> None:
        self._triangles = triangles
        self._class_of_instance = _class_table(plan)
        self._scene = EmbreeScene()
        TriangleMesh(self._scene, np.ascontiguousarray(triangles.corners_m))

    @property
    def materials(self) -> tuple[str, ...]:
        """Returns the name of material_id 1, 2, ..."""
        return self._triangles.materials

    def view(self, view: View) -> GBuffer:
        """Returns the buffers of one view."""
        cam2world = square(view.cam2world)
        rays_cam = pixel_rays(square(view.intrinsics), view.width_px, view.height_px).reshape(-1, 3)
        rays_world = rays_cam @ cam2world[:3, :3].T
        origins = np.broadcast_to(cam2world[:3, 3].astype(np.float32), rays_world.shape)
        hit = self._scene.run(np.ascontiguousarray(origins), rays_world.astype(np.float32), output=True)
        seen = np.flatnonzero(hit["primID"] >= 0)
        triangle = hit["primID"][seen]

        z_depth_m = np.full(len(rays_cam), np.inf, dtype=np.float32)
        z_depth_m[seen] = hit["tfar"][seen]
        normals = np.zeros((len(rays_cam), 3), dtype=np.float32)
        normals_world = self._facing_normals(triangle, hit["u"][seen], hit["v"][seen], rays_world[seen])
        normals[seen] = normals_world @ (cam2world @ CV_FROM_GL)[:3, :3]
        instance_id = np.zeros(len(rays_cam), dtype=np.int32)
        instance_id[seen] = self._triangles.instance_id[triangle]
        material_id = np.zeros(len(rays_cam), dtype=np.int32)
        material_id[seen] = self._triangles.material_id[triangle]

        shape = (view.height_px, view.width_px)
        return GBuffer(
            z_depth_m.reshape(shape),
            normals.reshape(*shape, 3),
            instance_id.reshape(shape),
            self._class_of_instance[instance_id].reshape(shape),
            material_id.reshape(shape),
        )

    def _facing_normals(
        self,
        triangle: Int[np.ndarray, " n"],
        u: Float[np.ndarray, " n"],
        v: Float[np.ndarray, " n"],
        rays_world: Float64[np.ndarray, "n 3"],
    ) -> Float64[np.ndarray, "n 3"]:
        """Returns unit normals in world axes that face the camera; u and v weigh corners 1 and 2."""
        weights = np.stack([1.0 - u - v, u, v], axis=1).astype(np.float64)
        normals = np.einsum("nc,ncx->nx", weights, self._triangles.corner_normals[triangle])
        corners = self._triangles.corners_m[triangle].astype(np.float64)
        geometric = unit_length(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
        outward = np.where(_dot(geometric, normals) < 0, -1.0, 1.0)[:, None] * geometric
        toward_camera = -unit_length(rays_world)
        behind = _dot(outward, toward_camera) < 0
        outward[behind] *= -1
        normals[behind] *= -1
        normals = np.where(_dot(normals, normals)[:, None] > 1e-12, normals, outward)
        return _bent_to_face(unit_length(normals), toward_camera, outward)


def _bent_to_face(
    normals: Float64[np.ndarray, "n 3"],
    toward_camera: Float64[np.ndarray, "n 3"],
    geometric: Float64[np.ndarray, "n 3"],
) -> Float64[np.ndarray, "n 3"]:
    """Returns the normals; those that face away are made perpendicular to the ray."""
    facing = _dot(normals, toward_camera)
    bent = normals - np.minimum(facing, 0.0)[:, None] * toward_camera
    opposite = _dot(bent, bent) < 1e-12
    return unit_length(np.where(opposite[:, None], geometric, bent))


def _dot(a: Float64[np.ndarray, "n 3"], b: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, " n"]:
    return np.einsum("nx,nx->n", a, b)


def _class_table(plan: ScenePlan) -> Int[np.ndarray, " n"]:
    """Returns class_id by instance_id; 0 stays 0."""
    table = np.zeros(max(planned.instance_id for planned in plan.objects) + 1, dtype=np.int32)
    for planned in plan.objects:
        table[planned.instance_id] = planned.class_id
    return table
