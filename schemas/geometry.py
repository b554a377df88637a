"""Axes, poses and pixels: the conventions of the whole project, stated once.

World: metres, z up, right-handed. Poses are 4x4 rigid `<from>2<to>` matrices that act on column vectors.
Camera of `cam2world` and K: OpenCV axes, x right, y down, z forward; the centre of the top-left pixel is (0.5, 0.5).
Camera of `normal_cam`: the paper's axes, x right, y up, z toward the camera (arXiv:2604.20329), as Blender's.
Object axes of an asset: z up, front -y, origin at the bottom centre of its box.
"""

import math

import numpy as np
from jaxtyping import Float64

Vec3 = tuple[float, float, float]

CV_FROM_GL = np.diag([1.0, -1.0, -1.0, 1.0])
"""Turns camera axes of Blender and OpenGL into OpenCV's, and back: `cam2world_gl = cam2world @ CV_FROM_GL`."""

YUP_FROM_ZUP = np.array([[1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, -1.0, 0, 0], [0, 0, 0, 1.0]])
"""Turns our world (z up, front -y) into glTF's (y up, front +z)."""


def pose(position_m: Vec3, yaw_rad: float) -> Float64[np.ndarray, "4 4"]:
    """Returns the object2world of an upright object turned by `yaw_rad` about z (counter-clockwise from above)."""
    c, s = math.cos(yaw_rad), math.sin(yaw_rad)
    x, y, z = position_m
    return np.array([[c, -s, 0, x], [s, c, 0, y], [0, 0, 1, z], [0, 0, 0, 1]], dtype=np.float64)


def look_along(position_m: Vec3, yaw_rad: float, pitch_rad: float, roll_rad: float = 0.0) -> Float64[np.ndarray, "4 4"]:
    """Returns the cam2world of a camera at `position_m`.

    `yaw_rad`: heading from world +x, counter-clockwise from above. `pitch_rad`: upward positive.
    `roll_rad`: turns the camera clockwise about its own viewing axis.
    """
    cos_pitch, sin_pitch = math.cos(pitch_rad), math.sin(pitch_rad)
    forward = np.array([cos_pitch * math.cos(yaw_rad), cos_pitch * math.sin(yaw_rad), sin_pitch])
    right = np.array([math.sin(yaw_rad), -math.cos(yaw_rad), 0.0])
    down = np.cross(forward, right)
    c, s = math.cos(roll_rad), math.sin(roll_rad)
    cam2world = np.eye(4)
    cam2world[:3, 0] = c * right + s * down
    cam2world[:3, 1] = c * down - s * right
    cam2world[:3, 2] = forward
    cam2world[:3, 3] = position_m
    return cam2world


def aimed(position_m: Vec3, toward: Vec3) -> Float64[np.ndarray, "4 4"]:
    """Returns the light2world of a light that shines along `toward`, which is its own -z; its x is level."""
    back = -np.asarray(toward, dtype=np.float64) / np.linalg.norm(toward)
    side = np.cross((0.0, 0.0, 1.0), back)
    side = np.array([1.0, 0.0, 0.0]) if np.linalg.norm(side) < 1e-6 else side / np.linalg.norm(side)
    light2world = np.eye(4)
    light2world[:3, :3] = np.stack([side, np.cross(back, side), back], axis=1)
    light2world[:3, 3] = position_m
    return light2world


def intrinsics(fov_x_rad: float, width_px: int, height_px: int) -> Float64[np.ndarray, "3 3"]:
    """Returns K of a pinhole camera with square pixels and the principal point in the middle of the picture."""
    focal_px = 0.5 * width_px / math.tan(0.5 * fov_x_rad)
    return np.array([[focal_px, 0, 0.5 * width_px], [0, focal_px, 0.5 * height_px], [0, 0, 1]], dtype=np.float64)


def pixel_rays(k: Float64[np.ndarray, "3 3"], width_px: int, height_px: int) -> Float64[np.ndarray, "h w 3"]:
    """Returns the directions through all pixel centres in OpenCV camera axes, scaled to z = 1.

    A distance along such a ray, counted in units of its direction, is planar z-depth.
    """
    x = (np.arange(width_px) + 0.5 - k[0, 2]) / k[0, 0]
    y = (np.arange(height_px) + 0.5 - k[1, 2]) / k[1, 1]
    rays = np.ones((height_px, width_px, 3))
    rays[..., 0] = x[None, :]
    rays[..., 1] = y[:, None]
    return rays


def unit_length(vectors: Float64[np.ndarray, "*n 3"]) -> Float64[np.ndarray, "*n 3"]:
    """Returns the vectors at length 1; a zero vector stays zero."""
    lengths = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
