"""Tracing: the nearest form behind each pixel's centre, and the exact buffers that follow.

One form after another, the nearest first, each within its own rectangle of pixels. Where two are equally near, the one
of the earlier object stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float64, Int, Int32

from scenegen.analytic.bounds import bounds
from scenegen.analytic.crossings import nearest
from scenegen.analytic.placed import Placed
from scenegen.analytic.turning import turned
from scenegen.stage import Sighting
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL
from schemas.scene_plan import View, square


@dataclass(frozen=True)
class Eye:
    """A view, and where each form lies in its axes."""

    x: Float64[np.ndarray, " w"]
    """Of the rays through the pixels' centres at z = 1."""
    y: Float64[np.ndarray, " h"]
    form2cam: Float64[np.ndarray, "n 4 4"]

    @cached_property
    def cam2form(self) -> Float64[np.ndarray, "n 3 3"]:
        """Returns the camera's axes in those of each form."""
        return np.ascontiguousarray(np.swapaxes(self.form2cam[:, :3, :3], 1, 2))

    @cached_property
    def position_m(self) -> Float64[np.ndarray, "n 3"]:
        """Returns where the eye is in the axes of each form."""
        x, y, z = (self.cam2form[:, :, axis] * self.form2cam[:, axis, 3, None] for axis in range(3))
        return -((x + y) + z)

    def rays_of(self, number: int, pixels: Int[np.ndarray, " n"]) -> Float64[np.ndarray, "3 n"]:
        """Returns the rays through single pixels, counted row after row."""
        rows, columns = np.divmod(pixels, len(self.x))
        return turned(self.cam2form[number], self.x[columns], self.y[rows], 1.0)


@dataclass(frozen=True)
class Hits:
    """What is nearest behind each pixel's centre."""

    z_depth_m: Float64[np.ndarray, "h w"]
    number: Int32[np.ndarray, "h w"]
    """Of the form; -1 where there is none."""


def sighting(placed: Sequence[Placed], view: View) -> Sighting:
    """Returns the exact buffers of a view."""
    eye = _eye(placed, view)
    hits = _nearest(placed, view, eye)
    normal_cam = np.zeros((hits.number.size, 3), dtype=np.float32)
    back_facing = np.zeros(hits.number.size, dtype=bool)
    for number, pixels in _pixels_of_forms(hits.number):
        form, position_m = placed[number].form, eye.position_m[number]
        inside = form.is_inside(position_m)
        outward = form.outward(position_m, eye.rays_of(number, pixels), hits.z_depth_m.ravel()[pixels])
        form2gl = CV_FROM_GL[:3, :3] @ eye.form2cam[number][:3, :3]
        normal_cam[pixels] = turned(-form2gl if inside else form2gl, *outward).T
        back_facing[pixels] = inside
    gbuffer = GBuffer(
        hits.z_depth_m.astype(np.float32),
        normal_cam.reshape(*hits.number.shape, 3),
        _column([each.instance_id for each in placed])[hits.number],
        _column([each.class_id for each in placed])[hits.number],
        _column([each.material_id for each in placed])[hits.number],
    )
    return Sighting(gbuffer, back_facing.reshape(hits.number.shape))


def _eye(placed: Sequence[Placed], view: View) -> Eye:
    k = square(view.intrinsics)
    world2cam = np.linalg.inv(square(view.cam2world))
    return Eye(
        (np.arange(view.width_px) + 0.5 - k[0, 2]) / k[0, 0],
        (np.arange(view.height_px) + 0.5 - k[1, 2]) / k[1, 1],
        world2cam @ np.array([each.form2world for each in placed]).reshape(-1, 4, 4),
    )


def _nearest(placed: Sequence[Placed], view: View, eye: Eye) -> Hits:
    half_m = np.array([each.form.half_m for each in placed]).reshape(-1, 3)
    where = bounds(half_m, eye.form2cam, square(view.intrinsics), view.width_px, view.height_px)
    windows = np.stack([where.top, where.bottom, where.left, where.right], axis=1)
    kinds = np.array([each.form.kind for each in placed], dtype=np.int64)
    order = np.argsort(where.nearest_m, kind="stable")
    forms = kinds, half_m, eye.position_m, eye.cam2form, windows, where.nearest_m, order
    return Hits(*nearest(*forms, eye.x, eye.y))


def _pixels_of_forms(numbers: Int32[np.ndarray, "h w"]) -> Iterator[tuple[int, Int[np.ndarray, " n"]]]:
    """Yields each form that is seen, with its pixels."""
    flat = numbers.ravel()
    order = np.argsort(flat, kind="stable")
    seen, starts = np.unique(flat[order], return_index=True)
    for number, pixels in zip(seen.tolist(), np.split(order, starts[1:]), strict=True):
        if number >= 0:
            yield number, pixels


def _column(ids: Sequence[int]) -> Int32[np.ndarray, " n"]:
    """Returns ids by number of the form; the last, which -1 finds, is that of no surface."""
    return np.array([*ids, 0], dtype=np.int32)
