"""Cameras as others state them: K by a field of view, or from a file; what must hold of it; depth made planar by it.

`cameras.json` beside BlenderProc's frames: {"K": 3x3, "frames": [{"file": "0.hdf5", "cam2world": 4x4, "K": 3x3}, ...]};
K may stand once for all frames or with each, a pose may be left out, other keys are passed over. K counts the centres
of pixels at whole numbers, as BlenderProc and OpenCV do, so half a pixel is added to its principal point. cam2world is
that of a camera that looks along its own -z, y up.
"""

import math
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from jaxtyping import Float64
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from scenegen.ingest.files import content_of
from scenegen.ingest.ingester import FrameError
from schemas.errors import InputError
from schemas.geometry import CV_FROM_GL, intrinsics, pixel_rays
from schemas.model import first_fault

SIDECAR = "cameras.json"
_MOST_BYTES = 1 << 28
_SQUARE = 1e-6
"""How far fx / fy may be from 1: what is lost where numbers are written with seven digits."""
_RIGID = 1e-3
"""How far the product of a rotation with its transpose may be from the identity."""

Row3 = tuple[float, float, float]
Row4 = tuple[float, float, float, float]


class _Pose(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    file: str
    cam2world: tuple[Row4, Row4, Row4, Row4] | None = None
    K: tuple[Row3, Row3, Row3] | None = None


class _Stated(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    K: tuple[Row3, Row3, Row3] | None = Field(None, validation_alias=AliasChoices("K", "intrinsics"))
    cam2world: tuple[Row4, Row4, Row4, Row4] | None = None


class Cameras(BaseModel):
    """What a `cameras.json` says."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    K: tuple[Row3, Row3, Row3] | None = None
    frames: tuple[_Pose, ...] = Field(())

    @cached_property
    def _by_file(self) -> dict[str, _Pose]:
        return {each.file: each for each in reversed(self.frames)}

    def of_frame(self, file: str) -> tuple[Float64[np.ndarray, "3 3"] | None, Float64[np.ndarray, "4 4"] | None]:
        """Returns K, its pixels' centres at +0.5, and cam2world in OpenCV's axes, as far as they are known."""
        stated = self._by_file.get(file)
        k = stated.K if stated is not None and stated.K is not None else self.K
        pose = stated.cam2world if stated is not None else None
        return (
            None if k is None else checked_k(np.array(k) + np.array([[0, 0, 0.5], [0, 0, 0.5], [0, 0, 0]])),
            None if pose is None else checked_pose(np.array(pose)) @ CV_FROM_GL,
        )


@lru_cache(maxsize=64)
def cameras_in(path: Path) -> Cameras:
    """Returns what a file says; raises InputError where it can't be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path} is larger than {_MOST_BYTES >> 20} MiB")
        return Cameras.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}") from error
    except ValidationError as error:
        raise InputError(f"{path}: {first_fault(error)}") from error


def k_of_fov(fov_x_deg: float, width_px: int, height_px: int) -> Float64[np.ndarray, "3 3"]:
    """Returns K of square pixels with the principal point in the middle."""
    return intrinsics(math.radians(fov_x_deg), width_px, height_px)


def stated_in(path: Path) -> tuple[Float64[np.ndarray, "3 3"] | None, Float64[np.ndarray, "4 4"] | None]:
    """Returns K and cam2world of one frame, as a JSON file states them, unchecked; raises FrameError."""
    try:
        stated = _Stated.model_validate_json(content_of(path, "camera file"))
    except ValidationError as error:
        raise FrameError("camera file is off", first_fault(error)) from error
    k, pose = stated.K, stated.cam2world
    return None if k is None else np.array(k), None if pose is None else np.array(pose)


def checked_k(k: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, "3 3"]:
    """Returns K with fx = fy; raises FrameError where it is none, or its pixels are skewed or not square."""
    if not (k[0, 0] > 0 and k[1, 1] > 0 and np.allclose(k[[0, 1, 2, 2, 2], [1, 0, 0, 1, 2]], (0, 0, 0, 0, 1))):
        wanted = "must be [[fx, 0, cx], [0, fy, cy], [0, 0, 1]] with positive fx and fy"
        raise FrameError("K is that of no pinhole", f"{k.tolist()}, {wanted}")
    if abs(k[0, 0] / k[1, 1] - 1) > _SQUARE:
        raise FrameError("K has pixels that are not square", f"fx {k[0, 0]:.9g}, fy {k[1, 1]:.9g}")
    focal_px = math.sqrt(k[0, 0] * k[1, 1])
    return np.array([[focal_px, 0, k[0, 2]], [0, focal_px, k[1, 2]], [0, 0, 1]])


def planar(distance: Float64[np.ndarray, "h w"], k: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, "h w"]:
    """Returns planar depth of distances along the rays."""
    height_px, width_px = distance.shape
    return distance / np.linalg.norm(pixel_rays(k, width_px, height_px), axis=-1)


def checked_pose(pose: Float64[np.ndarray, "4 4"]) -> Float64[np.ndarray, "4 4"]:
    """Returns a pose; raises FrameError where it is not rigid."""
    turn = pose[:3, :3]
    is_rigid = np.abs(turn @ turn.T - np.eye(3)).max() <= _RIGID and np.linalg.det(turn) > 0
    if not (is_rigid and np.allclose(pose[3], (0, 0, 0, 1))):
        raise FrameError("a pose is no rotation and shift", str(pose.tolist()))
    return pose
