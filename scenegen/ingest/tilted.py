"""Tilted lenses: a picture whose plane is not square to the camera's axis is that of a pinhole that looks elsewhere.

Any invertible matrix M takes pixels to rays: M = R K^-1 up to length, by RQ decomposition of its inverse. R turns the
axes of the pinhole into those of the camera as it was stated; a shift alone moves the principal point and leaves R at
the identity. Where K has skew, no pinhole of square pixels sees that picture.
"""

import numpy as np
from jaxtyping import Float64
from scipy.linalg import rq

from scenegen.ingest.ingester import FrameError

_SKEWED = 1e-3
"""Of a focal length: a third of a pixel at the border of 768 rows."""


def pinhole(
    ray_from_px: Float64[np.ndarray, "3 3"],
) -> tuple[Float64[np.ndarray, "3 3"], Float64[np.ndarray, "3 3"]]:
    """Returns K and what turns our camera's axes, OpenCV's, into those in which the rays are; (x, y, 1) are pixels.

    Raises FrameError where pixels would be skewed, or the picture mirrored.
    """
    try:
        upper, turn = rq(np.linalg.inv(ray_from_px))
    except (np.linalg.LinAlgError, ValueError) as error:
        raise FrameError("the lens is none", str(error)) from error
    signs = np.sign(np.diag(upper))
    k, turn = upper * signs / np.abs(upper[2, 2]), signs[:, None] * turn
    if np.linalg.det(turn) < 0:
        raise FrameError("the lens mirrors the picture")
    skew, aspect = k[0, 1] / k[0, 0], k[0, 0] / k[1, 1] - 1
    if max(abs(skew), abs(aspect)) > _SKEWED:
        raise FrameError("the lens is tilted so that pixels are skewed", f"by {skew:.3g}, fx / fy - 1 is {aspect:.3g}")
    focal_px = np.sqrt(k[0, 0] * k[1, 1])
    return np.array([[focal_px, 0, k[0, 2]], [0, focal_px, k[1, 2]], [0, 0, 1]]), turn.T
