"""Surfaces against the truth: metric depth and surface normals, with no alignment of scale.

Depth: delta1 = share of pixels with max(d/d*, d*/d) < 1.25, AbsRel = mean |d - d*| / d*, RMSE = root of the mean of
(d - d*) squared, in metres; d* the truth.
Normals: the angle between prediction and truth; its mean, its median, and the shares under 11.25, 22.5 and 30 degrees.

Only pixels whose truth has a surface count. Where the prediction has none there (infinite or NaN depth, zero or NaN
normal), it is counted as wrong and not left out: outside delta1 and every share under an angle, with an error of
all of the depth in AbsRel (1) and RMSE and of 180 degrees among the angles. `missing` is the share of such pixels.
With no pixel to count, every figure but `pixels` is NaN.
"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Float64


@dataclass(frozen=True)
class DepthMetrics:
    """Figures of `depth_metrics`; shares are 0 to 1."""

    delta1: float
    abs_rel: float
    rmse_m: float
    missing: float
    pixels: int
    """Pixels whose truth has a surface."""


@dataclass(frozen=True)
class NormalMetrics:
    """Figures of `normal_metrics`; shares are 0 to 1."""

    mean_deg: float
    median_deg: float
    under_11_25_deg: float
    under_22_5_deg: float
    under_30_deg: float
    missing: float
    pixels: int
    """Pixels whose truth has a surface."""


def depth_metrics(predicted_m: Float[np.ndarray, "*shape"], true_m: Float[np.ndarray, "*shape"]) -> DepthMetrics:
    """Compares planar depths in metres, of one image or a stack; the truth has a surface where finite and positive."""
    counted = np.isfinite(true_m) & (true_m > 0)
    true = true_m[counted].astype(np.float64)
    predicted = predicted_m[counted].astype(np.float64)
    missing = ~np.isfinite(predicted)
    error_m = np.abs(np.where(missing, 0.0, predicted) - true)
    near = np.maximum(predicted, true) < 1.25 * np.minimum(predicted, true)  # False where missing
    return DepthMetrics(
        delta1=_mean(near),
        abs_rel=_mean(error_m / true),
        rmse_m=math.sqrt(_mean(error_m**2)),
        missing=_mean(missing),
        pixels=true.size,
    )


def normal_metrics(predicted: Float[np.ndarray, "*shape 3"], true: Float[np.ndarray, "*shape 3"]) -> NormalMetrics:
    """Compares directions, of one image or a stack; lengths don't matter, but zero is no surface."""
    counted = _has_direction(true)
    missing = ~_has_direction(predicted)[counted]
    angle_deg = np.where(missing, 180.0, angles_deg(predicted[counted], true[counted]))
    return NormalMetrics(
        mean_deg=_mean(angle_deg),
        median_deg=float(np.median(angle_deg)) if angle_deg.size else float("nan"),
        under_11_25_deg=_mean(angle_deg < 11.25),
        under_22_5_deg=_mean(angle_deg < 22.5),
        under_30_deg=_mean(angle_deg < 30),
        missing=_mean(missing),
        pixels=angle_deg.size,
    )


def _has_direction(vectors: Float[np.ndarray, "*shape 3"]) -> Bool[np.ndarray, "*shape"]:
    return np.isfinite(vectors).all(axis=-1) & vectors.any(axis=-1)


def angles_deg(
    left: Float[np.ndarray, "*shape 3"], right: Float[np.ndarray, "*shape 3"]
) -> Float64[np.ndarray, "*shape"]:
    """Returns angles by atan2, which loses nothing near 0 and 180 degrees where the arc cosine does."""
    left, right = left.astype(np.float64), right.astype(np.float64)
    sine = np.linalg.norm(np.cross(left, right), axis=-1)
    return np.degrees(np.arctan2(sine, np.sum(left * right, axis=-1)))


def _mean(values: Bool[np.ndarray, " n"] | Float64[np.ndarray, " n"]) -> float:
    return float(values.mean()) if values.size else float("nan")
