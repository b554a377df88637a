"""Checks of a frame's exact buffers against their conventions and their plan; each returns lines that say what is off.

Depth is positive or infinite. A normal has unit length and faces the camera: its product with the ray to its pixel,
turned into the axes of the normals (x right, y up, z toward the camera), is not positive. Where one channel says "no
surface", all do. Every id is an object of the plan, and of its class; every material has a name.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64

from schemas.errors import first_few
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, pixel_rays
from schemas.scene_plan import PlannedObject

_LENGTH_TOLERANCE = 1e-3
_LOW = 2**32 - 1
_FACING_TOLERANCE = 1e-4
"""Of a cosine; float32 normals at grazing angles round to either side of zero."""


def gbuffer_faults(
    gbuffer: GBuffer, intrinsics: Float64[np.ndarray, "3 3"], objects: Sequence[PlannedObject]
) -> list[str]:
    """Returns what is off with the buffers of a view with these intrinsics and objects; nothing if all is right."""
    return [*buffer_faults(gbuffer, intrinsics), *id_faults(gbuffer, objects)]


def buffer_faults(gbuffer: GBuffer, intrinsics: Float64[np.ndarray, "3 3"]) -> list[str]:
    """Returns what is off with depth and normals of a view with these intrinsics; nothing if all is right."""
    return [*_depth_faults(gbuffer), *_normal_faults(gbuffer, intrinsics), *_surface_faults(gbuffer)]


def id_faults(gbuffer: GBuffer, objects: Sequence[PlannedObject]) -> list[str]:
    """Returns what is off with the ids, of which each must be an object's, under its class."""
    class_of = {0: 0} | {planned.instance_id: planned.class_id for planned in objects}
    pairs = (gbuffer.instance_id.astype(np.int64) << 32) | gbuffer.class_id
    seen, pixels = np.unique(pairs, return_counts=True)
    return [
        f"{count} pixels of instance {instance} with class {klass}, planned: {class_of.get(instance, 'no such object')}"
        for instance, klass, count in zip((seen >> 32).tolist(), (seen & _LOW).tolist(), pixels.tolist(), strict=True)
        if class_of.get(instance) != klass and instance * klass != 0
    ]


def material_faults(gbuffer: GBuffer, materials: Sequence[Mapping[str, Any]]) -> list[str]:
    """Returns what is off with the table of a frame's materials, as a row stores it, against the buffers."""
    ids, pixels = np.unique(gbuffer.material_id[gbuffer.material_id != 0], return_counts=True)
    shown = list(zip(ids.tolist(), pixels.tolist(), strict=True))
    stored = [(material["material_id"], material["pixels"]) for material in materials]
    odd = [f"{id_} with {count} pixels" for id_, count in stored if (id_, count) not in shown]
    lacking = [f"{id_} with {count} pixels" for id_, count in shown if (id_, count) not in stored]
    nameless = [str(material["material_id"]) for material in materials if not material["name"]]
    return [
        *([f"materials has {first_few(odd, 3)}, which the EXR does not show"] if odd else []),
        *([f"materials lacks {first_few(lacking, 3)}, which the EXR shows"] if lacking else []),
        *([f"materials {first_few(nameless, 3)} have no name"] if nameless else []),
        *(["materials are not in the order of their ids"] if stored != sorted(stored) else []),
    ]


def _depth_faults(gbuffer: GBuffer) -> list[str]:
    off = ~(gbuffer.z_depth_m > 0)
    return [f"z_depth_m is {_first(gbuffer.z_depth_m, off)}, must be positive or infinite"] if off.any() else []


def _normal_faults(gbuffer: GBuffer, intrinsics: Float64[np.ndarray, "3 3"]) -> list[str]:
    normal = gbuffer.normal_cam.astype(np.float64)
    length = np.linalg.norm(normal, axis=-1)
    odd = ~((np.abs(length - 1) <= _LENGTH_TOLERANCE) | (length == 0))
    height_px, width_px = length.shape
    rays = pixel_rays(intrinsics, width_px, height_px) @ CV_FROM_GL[:3, :3]
    cosine = (normal * rays).sum(axis=-1) / np.linalg.norm(rays, axis=-1)
    away = cosine > _FACING_TOLERANCE
    return [
        *([f"normal_cam has length {_first(length, odd)}, must be 1 or 0"] if odd.any() else []),
        *([f"normal_cam faces away: its cosine with the ray is {_first(cosine, away)}"] if away.any() else []),
    ]


def _surface_faults(gbuffer: GBuffer) -> list[str]:
    """Returns the channels that tell otherwise than the depth where there is a surface."""
    empty = np.isposinf(gbuffer.z_depth_m)
    none = {
        "normal_cam": ~gbuffer.normal_cam.any(axis=-1),
        "instance_id": gbuffer.instance_id == 0,
        "class_id": gbuffer.class_id == 0,
        "material_id": gbuffer.material_id == 0,
    }
    return [
        f"{name} and z_depth_m disagree on where there is a surface: {_first(gbuffer.z_depth_m, off != empty)} m"
        for name, off in none.items()
        if (off != empty).any()
    ]


def _first(values: np.ndarray, where: Bool[np.ndarray, "h w"]) -> str:
    """Returns the first value among those that are off, its pixel, and how many they are."""
    y, x = np.argwhere(where)[0].tolist()
    return f"{values[y, x]:.6g} at pixel ({x}, {y}), one of {int(where.sum())}"
