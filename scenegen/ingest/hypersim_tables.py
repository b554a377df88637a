"""Hypersim's tables: the lens of each scene, its unit, and the poses of a camera; read once for many frames."""

import csv
import io
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from jaxtyping import Float64

from scenegen.ingest.camera import checked_pose
from scenegen.ingest.files import content_of
from scenegen.ingest.hdf5 import hdf5
from scenegen.ingest.ingester import FrameError

_MOST_FRAMES = 1 << 16
_M_NAMES = [f"M_cam_from_uv_{row}{column}" for row in range(3) for column in range(3)]


def gl_pose(orientations: Path, positions: Path, frame: int, unit_m: float) -> Float64[np.ndarray, "4 4"]:
    """Returns cam2world in metres, of a camera that looks along its own -z, y up; raises FrameError."""
    turns, places = _keyframes(orientations, (3, 3)), _keyframes(positions, (3,))
    if not frame < len(turns) == len(places):
        raise FrameError("camera_keyframe files have no such frame", f"{frame}, they have {len(turns)}, {len(places)}")
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = turns[frame], places[frame] * unit_m
    return checked_pose(pose)


@lru_cache(maxsize=16)
def _keyframes(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    with hdf5(path, path.name) as file:
        return file.rows("dataset", shape, _MOST_FRAMES).astype(np.float64)


@lru_cache(maxsize=16)
def meters_per_unit(path: Path) -> float:
    """Returns the metres of an asset unit; raises FrameError."""
    rows = _csv(path, ("parameter_name", "parameter_value"))
    stated = {row["parameter_name"]: row["parameter_value"] for row in rows}.get("meters_per_asset_unit", "")
    value = _number(stated, path)
    if value <= 0:
        raise FrameError(f"{path.name} has no positive meters_per_asset_unit", stated)
    return value


@lru_cache(maxsize=64)
def m_cam_from_uv(path: Path, scene: str) -> Float64[np.ndarray, "3 3"]:
    """Returns what takes (u, v, 1), from -1 to 1 over the picture with v up, to rays; raises FrameError."""
    for row in _csv(path, ("scene_name", *_M_NAMES)):
        if row["scene_name"] == scene:
            return np.array([_number(row[name], path) for name in _M_NAMES]).reshape(3, 3)
    raise FrameError(f"{path.name} has no such scene", scene)


def _number(text: str, path: Path) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise FrameError(f"{path.name} is damaged", f"{text[:40]!r} is no number") from error
    if not math.isfinite(value):
        raise FrameError(f"{path.name} is damaged", f"{text} is no number")
    return value


def _csv(path: Path, names: Sequence[str]) -> list[dict[str, str]]:
    """Returns the rows that have all columns, without the spaces round them; raises FrameError."""
    text = content_of(path, path.name).decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise FrameError(f"{path.name} is damaged", str(error)) from error
    columns = [name.strip() for name in rows[0]] if rows else []
    if missing := [name for name in names if name not in columns]:
        raise FrameError(f"{path.name} lacks a column", missing[0])
    return [
        {name: value.strip() for name, value in zip(columns, row, strict=True)}
        for row in rows[1:]
        if len(row) == len(columns)
    ]
