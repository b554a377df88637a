"""Defects of the exact buffers, or of what is said of the camera: everything that is stored agrees with them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Float32, Float64
from scipy.ndimage import uniform_filter

from bench.mutations.planted import Mutation, Plant, Planted
from bench.mutations.subject import Subject, contents_of, row_of
from scenegen.dataset.exr import encode_exr
from schemas.frame import Frame, GBuffer
from schemas.geometry import CV_FROM_GL, pixel_rays
from schemas.scene_plan import flat, square

Change = Callable[[Frame, np.random.Generator], GBuffer]


def _repacked(change: Change) -> Plant:
    """Plants it in the first frame, of which targets, tables and files are then made."""

    def plant(subject: Subject, rng: np.random.Generator) -> Planted | None:
        frame = subject.shots[0][1]
        changed = subject.with_frame(replace(frame, gbuffer=change(frame, rng)))
        return Planted(contents_of(changed.files), (frame.frame_id,))

    return plant


def _stored(change: Change) -> Plant:
    """Plants it in the first frame's EXR alone: no target can be made of such buffers."""

    def plant(subject: Subject, rng: np.random.Generator) -> Planted | None:
        frame = subject.shots[0][1]
        row = {**row_of(subject.shots[0]), "exr": encode_exr(change(frame, rng))}
        return Planted(contents_of(subject.with_packed(row=row).files), (frame.frame_id,))

    return plant


def _with(**how: Callable[[Frame], Any]) -> Change:
    return lambda frame, _: replace(frame.gbuffer, **{name: change(frame) for name, change in how.items()})


def _k(frame: Frame) -> Float64[np.ndarray, "3 3"]:
    return square(frame.view.intrinsics)


def _antialiased(frame: Frame) -> Float32[np.ndarray, "h w"]:
    """The mean of 3 x 3 pixels, as an antialiased pass has it; the sky stays."""
    z_depth_m = frame.gbuffer.z_depth_m
    surface = np.isfinite(z_depth_m)
    filled = np.where(surface, z_depth_m, z_depth_m[surface].max(initial=1.0))
    return np.where(surface, uniform_filter(filled.astype(np.float64), 3), np.inf).astype(np.float32)


def _ray_distance(frame: Frame) -> Float32[np.ndarray, "h w"]:
    rays = pixel_rays(_k(frame), frame.view.width_px, frame.view.height_px)
    return (frame.gbuffer.z_depth_m * np.linalg.norm(rays, axis=-1)).astype(np.float32)


def _in_world_axes(frame: Frame) -> Float32[np.ndarray, "h w 3"]:
    cam2world = (square(frame.view.cam2world) @ CV_FROM_GL)[:3, :3]
    return (frame.gbuffer.normal_cam @ cam2world.T).astype(np.float32)


def _mirrored(*signs: float) -> Callable[[Frame], Float32[np.ndarray, "h w 3"]]:
    return lambda frame: frame.gbuffer.normal_cam * np.array(signs, dtype=np.float32)


def _one_pixel(name: str, value: float) -> Change:
    def change(frame: Frame, rng: np.random.Generator) -> GBuffer:
        buffer = getattr(frame.gbuffer, name).copy()
        surface = np.argwhere(np.isfinite(frame.gbuffer.z_depth_m))
        row, column = surface[int(rng.integers(len(surface)))].tolist()
        buffer[row, column] = value
        return replace(frame.gbuffer, **{name: buffer})

    return change


def _unindexed(frame: Frame, rng: np.random.Generator) -> GBuffer:
    """The largest object is drawn, but nobody gave it an id."""
    ids = frame.gbuffer.instance_id
    return replace(frame.gbuffer, instance_id=np.where(ids == np.bincount(ids.ravel())[1:].argmax() + 1, 0, ids))


def _wrong_fov(factor: float) -> Plant:
    """Row, plan and triplets all say the same other K."""

    def plant(subject: Subject, rng: np.random.Generator) -> Planted | None:
        plan, frame = subject.shots[0]
        k = _k(frame) * [[factor, 1, 1], [1, factor, 1], [1, 1, 1]]
        view = frame.view.model_copy(update={"intrinsics": flat(k)})
        views = tuple(view if each.view_index == view.view_index else each for each in plan.views)
        changed = subject.with_frame(replace(frame, view=view), views=views)
        return Planted(contents_of(changed.files), (frame.frame_id,))

    return plant


def _duplicated(subject: Subject, rng: np.random.Generator) -> Planted | None:
    """The scene's second frame is its first once more, under its own name."""
    first, second = subject.shots[0][1], subject.shots[1][1]
    changed = subject.with_frame(replace(first, frame_id=second.frame_id), place=1)
    return Planted(contents_of(changed.files), (second.frame_id,))


BUFFERS: Mapping[str, Mutation] = {
    "depth averaged over edges": Mutation(("gate edges",), _repacked(_with(z_depth_m=_antialiased))),
    "normals flipped in x": Mutation(("gate axes",), _stored(_with(normal_cam=_mirrored(-1, 1, 1)))),
    "normals flipped in y": Mutation(("gate axes",), _stored(_with(normal_cam=_mirrored(1, -1, 1)))),
    "normals that face away": Mutation(("gate normals",), _stored(_with(normal_cam=_mirrored(-1, -1, -1)))),
    "normals in world axes": Mutation(("gate axes", "gate slope"), _stored(_with(normal_cam=_in_world_axes))),
    "ray distance for z": Mutation(("gate slope", "gate axes", "gate fov"), _repacked(_with(z_depth_m=_ray_distance))),
    "field of view too narrow": Mutation(("gate fov",), _wrong_fov(1.15)),
    "field of view too wide": Mutation(("gate fov",), _wrong_fov(0.87)),
    "NaN in the depth": Mutation(("gate depth",), _stored(_one_pixel("z_depth_m", np.nan))),
    "NaN in a normal": Mutation(("gate normals",), _stored(_one_pixel("normal_cam", np.nan))),
    "an object without an id": Mutation(("gate ids",), _stored(_unindexed)),
    "a frame stored twice": Mutation(("duplicates",), _duplicated),
}
"""What is planted -> who must name it, and how it is planted."""
