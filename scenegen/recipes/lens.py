"""Lens: what a view takes in and how large its picture is, drawn from the camera of the spec; every recipe's views.

Shifts are of the principal point, in shares of the sides, right and down positive. The field of view is that of the
same lens without shift. What is off by default draws from a stream of its own, always as many numbers, so that turning
it on moves no other draw.
"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.draws import drawn_within
from schemas.geometry import intrinsics
from schemas.ranges import Range
from schemas.run_spec import CameraSpec
from schemas.scene_plan import Defocus, View, flat

SizePx = tuple[int, int]
"""Width and height of a picture."""


@dataclass(frozen=True)
class Extent:
    """The rectangle that a lens takes in at z = 1, OpenCV axes: x right, y down."""

    half: tuple[float, float]
    middle: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Lens:
    """One view's optics and size."""

    width_px: int
    height_px: int
    fov_x_rad: float
    shift_x: float = 0.0
    shift_y: float = 0.0
    f_number: float | None = None
    """None: all is sharp."""
    focus_rank: float = 0.5
    """Which of the depths that the view shows is sharp: 0 the nearest, 1 the farthest."""

    @property
    def size_px(self) -> SizePx:
        """Returns width and height."""
        return self.width_px, self.height_px

    @property
    def intrinsics(self) -> Float64[np.ndarray, "3 3"]:
        """Returns K."""
        k = intrinsics(self.fov_x_rad, self.width_px, self.height_px)
        k[:2, 2] += self.shift_x * self.width_px, self.shift_y * self.height_px
        return k

    @property
    def extent(self) -> Extent:
        """Returns what K takes in."""
        tan_x = math.tan(self.fov_x_rad / 2)
        tan_y = tan_x * self.height_px / self.width_px
        return Extent((tan_x, tan_y), (-2 * self.shift_x * tan_x, -2 * self.shift_y * tan_y))


def draw_lens(rng: np.random.Generator, options: np.random.Generator, spec: CameraSpec) -> Lens:
    """Returns a lens of the spec: the field of view is drawn from `rng`, all else from `options`."""
    size, across, down, blurred, opening, focus = options.random(6)
    width_px, height_px = _size_px(size, spec)
    return Lens(
        width_px,
        height_px,
        math.radians(drawn_within(rng, spec.fov_x_deg)),
        _between(spec.shift_x, across),
        _between(spec.shift_y, down),
        _between(spec.defocus.f_number, opening) if blurred < spec.defocus.share else None,
        float(focus),
    )


def grid_rays(
    cam2world: Float64[np.ndarray, "4 4"], extent: Extent, columns: int, rows: int
) -> Float64[np.ndarray, "r 3"]:
    """Returns directions in the world through the middles of a grid's cells, row after row, at z = 1 of the camera."""
    across, down = ((np.arange(count) + 0.5) / count * 2 - 1 for count in (columns, rows))
    x, y = np.meshgrid(extent.middle[0] + across * extent.half[0], extent.middle[1] + down * extent.half[1])
    return np.stack([x, y, np.ones_like(x)], axis=-1).reshape(-1, 3) @ cam2world[:3, :3].T


def draw_sizes(rng: np.random.Generator, spec: CameraSpec, count: int) -> list[SizePx]:
    """Returns sizes of pictures, drawn by their weights."""
    return [_size_px(float(drawn), spec) for drawn in rng.random(count)]


def view_of(
    lens: Lens, cam2world: Float64[np.ndarray, "4 4"], view_index: int, z_depths_m: Float64[np.ndarray, "n"]
) -> View:
    """Returns the view of a placed lens; `z_depths_m` are planar depths that it shows, one of which may be in focus."""
    return View(
        view_index=view_index,
        width_px=lens.width_px,
        height_px=lens.height_px,
        intrinsics=flat(lens.intrinsics),
        cam2world=flat(cam2world),
        defocus=_defocus(lens, z_depths_m),
    )


def _defocus(lens: Lens, z_depths_m: Float64[np.ndarray, "n"]) -> Defocus | None:
    """Where nothing is seen, there is nothing to be off focus either."""
    if lens.f_number is None or not z_depths_m.size:
        return None
    focus_m = np.quantile(z_depths_m, lens.focus_rank, method="nearest")
    return Defocus(f_number=lens.f_number, focus_m=float(focus_m))


def _size_px(drawn: float, spec: CameraSpec) -> SizePx:
    """Returns a size; each bucket's part of [0, 1) is as long as its share of the weights."""
    if not spec.buckets:
        return spec.width_px, spec.height_px
    ends = np.cumsum([bucket.weight for bucket in spec.buckets])
    number = np.searchsorted(ends, drawn * ends[-1], side="right")
    bucket = spec.buckets[min(int(number), len(spec.buckets) - 1)]
    return bucket.width_px, bucket.height_px


def _between(interval: Range, drawn: float) -> float:
    return interval.low + drawn * (interval.high - interval.low)
