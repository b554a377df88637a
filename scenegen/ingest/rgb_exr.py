"""Plain folders: a picture and an EXR for each frame, or several EXRs; what they mean is said by conventions.

    rgb: "NAME.png"            PNG or JPEG, display-referred
    exr: "NAME.exr"            depth, by `channels`; normals and ids too, where `normals_exr` and `ids_exr` don't say
    camera: "NAME.json"        optional: {"K": 3x3, "cam2world": 4x4}

These are patterns below FRAMES, in which NAME stands for the frame and may hold folders. What depth is must be said;
the gates tell what was said wrongly. Conversions: distance along the ray by K into planar depth, units into metres,
normals and poses into our axes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64, Shaped
from pydantic import AfterValidator, Field

from scenegen.ingest.camera import checked_k, checked_pose, k_of_fov, planar, stated_in
from scenegen.ingest.classes import KnownClass, thing_of
from scenegen.ingest.exr import exr_planes
from scenegen.ingest.files import checked_folder, files_below
from scenegen.ingest.ingester import Found, FrameError, Ingester, Reading, Thing
from scenegen.ingest.pictures import picture
from schemas.errors import InputError
from schemas.geometry import CV_FROM_GL, YUP_FROM_ZUP
from schemas.model import Frozen

_NAME = "NAME"
_NORMAL = ("normal_x", "normal_y", "normal_z")
_MOST_ID = 2**31 - 1
_CARD = """\
Frames from a plain folder: pictures and EXRs, read by the conventions that stand in `run.json` under `ingested`."""


def _inside(pattern: str) -> str:
    path = PurePosixPath(pattern)
    if path.is_absolute() or ".." in path.parts or pattern.count(_NAME) != 1 or set(pattern) & set("*?["):
        raise ValueError(f"must be a path below the folder, with {_NAME} in it once and none of .. * ? [")
    return pattern


_Planes = Mapping[str, Shaped[np.ndarray, "h w"]]
"""By the fields of `Channels`."""
Pattern = Annotated[str, AfterValidator(_inside)]


class Channels(Frozen):
    """Names of channels in the EXRs; what is not there is not known, but for depth."""

    depth: str = "Z"
    normal_x: str = "N.X"
    normal_y: str = "N.Y"
    normal_z: str = "N.Z"
    instance: str = "instance_id"
    category: str = "class_id"


class RgbExrConventions(Frozen):
    """What a user must or may say of a plain folder."""

    rgb: Pattern = "NAME.png"
    exr: Pattern = "NAME.exr"
    normals_exr: Pattern | None = Field(None, description="where normals lie, if not beside depth")
    ids_exr: Pattern | None = Field(None, description="where instances and categories lie, if not beside depth")
    camera: Pattern | None = Field(None, description="JSON of a frame: K, cam2world")
    channels: Channels = Channels()
    depth: Literal["planar", "distance"] | None = Field(
        None, description="planar: along the camera's axis; distance: along the ray; must be said"
    )
    unit_m: float = Field(1.0, gt=0, le=1e6, description="metres of one unit of depth, and of poses")
    background: float | None = Field(
        None, description="depth, in that unit, that means no surface, as infinity does; a positive one and all beyond"
    )
    nan_is_background: bool = Field(False, description="whether a depth that is no number means no surface")
    normals: Literal["opencv", "opengl", "world"] = Field(
        "opengl", description="axes: opengl: x right, y up, z toward the camera; opencv: y down, z away; or the world's"
    )
    normals_range: Literal["-1..1", "0..1"] = "-1..1"
    pose: Literal["opencv", "opengl"] = Field("opencv", description="axes of the camera in cam2world")
    world_up: Literal["z", "y"] = Field("z", description="axis of the world that points up, in poses and normals")
    pixel_centers: Literal["half", "whole"] = Field(
        "half", description="where K has the centre of the top-left pixel: half: (0.5, 0.5); whole: (0, 0), as OpenCV"
    )
    fov_x_deg: Annotated[float, Field(gt=0, lt=180)] | None = Field(None, description="where no camera gives K")
    classes: dict[str, KnownClass] = Field({}, description="number of a category as text -> class of the taxonomy")


def _find(root: Path, said: RgbExrConventions) -> Sequence[Found]:
    checked_folder(root)
    if said.depth is None:
        raise InputError("rgb_exr must be told what depth is: --set rgb_exr.depth=planar or distance (along the ray)")
    if said.camera is None and said.fov_x_deg is None:
        raise InputError("rgb_exr needs K: --set rgb_exr.camera=NAME.json, with K in it, or rgb_exr.fov_x_deg")
    before, _, after = said.exr.partition(_NAME)
    names = [
        exr[len(before) : len(exr) - len(after)]
        for exr in files_below(root, f"*{PurePosixPath(said.exr).suffix}")
        if exr.startswith(before) and exr.endswith(after) and len(exr) > len(before) + len(after)
    ]
    if not names:
        raise InputError(f"{root} holds no file {said.exr}")
    patterns = {said.rgb, said.exr, said.normals_exr, said.ids_exr, said.camera} - {None}
    return [Found(name, tuple(_path(pattern, name) for pattern in sorted(filter(None, patterns)))) for name in names]


def _path(pattern: str, name: str) -> str:
    return pattern.replace(_NAME, name)


def _read(root: Path, found: Found, said: RgbExrConventions) -> Reading:
    exr, rgb = _planes(root, found, said), picture(root / _path(said.rgb, found.name), "picture")
    height_px, width_px = exr["depth"].shape
    sizes = {plane.shape[:2] for plane in (rgb, *exr.values())}
    if len(sizes) > 1:
        raise FrameError("sizes differ", ", ".join(f"{width} x {height}" for height, width in sorted(sizes)))
    k, pose = _camera(root, found, said, width_px, height_px)
    ids, things = _objects(exr, said)
    return Reading(
        rgb=rgb,
        z_depth_m=_z_depth_m(exr, k, said),
        k=k,
        cam2world=pose,
        normal_cam=_normals(exr, said, pose),
        instance_id=ids,
        things=things,
        is_half=exr["depth"].dtype == np.float16,
    )


def _planes(root: Path, found: Found, said: RgbExrConventions) -> dict[str, np.ndarray]:
    """Returns what the EXRs hold, by the fields of `Channels`; depth is among them."""
    names = said.channels.model_dump()
    planes: dict[str, np.ndarray] = {}
    for pattern, fields in _fields(said).items():
        what = "EXR" if pattern == said.exr else f"EXR {_path(pattern, found.name)}"
        held = exr_planes(root / _path(pattern, found.name), what, [names[field] for field in fields])
        planes |= {field: held[names[field]] for field in fields if names[field] in held}
    if "depth" not in planes:
        raise FrameError(f"EXR has no channel {names['depth']}")
    return planes


def _fields(said: RgbExrConventions) -> dict[str, list[str]]:
    """Returns which fields of `Channels` lie in the EXRs of which pattern."""
    normals, ids = said.normals_exr or said.exr, said.ids_exr or said.exr
    lies_in = {"depth": said.exr, **dict.fromkeys(_NORMAL, normals), "instance": ids, "category": ids}
    return {pattern: [field for field, at in lies_in.items() if at == pattern] for pattern in lies_in.values()}


def _z_depth_m(exr: _Planes, k: Float64[np.ndarray, "3 3"], said: RgbExrConventions) -> Float32[np.ndarray, "h w"]:
    given = exr["depth"].astype(np.float64)
    z_depth = planar(given, k) if said.depth == "distance" else given
    return np.where(_empty(given, said), np.inf, z_depth * said.unit_m).astype(np.float32)


def _empty(given: Float64[np.ndarray, "h w"], said: RgbExrConventions) -> Bool[np.ndarray, "h w"]:
    empty = np.isposinf(given)
    if said.background is not None:
        empty |= given >= said.background if said.background > 0 else given == said.background
    return empty | np.isnan(given) if said.nan_is_background else empty


def _normals(
    exr: _Planes, said: RgbExrConventions, pose: Float64[np.ndarray, "4 4"] | None
) -> Float32[np.ndarray, "h w 3"] | None:
    missing = [getattr(said.channels, field) for field in _NORMAL if field not in exr]
    if len(missing) == len(_NORMAL):
        return None
    if missing:
        raise FrameError(f"normals lack the channel {missing[0]}")
    normals = np.stack([exr[field].astype(np.float64) for field in _NORMAL], axis=-1)
    if said.normals_range == "0..1":
        normals = normals * 2 - 1
    return (normals @ _ours_from(said, pose).T).astype(np.float32)


def _ours_from(said: RgbExrConventions, pose: Float64[np.ndarray, "4 4"] | None) -> Float64[np.ndarray, "3 3"]:
    """Returns what turns their normals into our axes."""
    if said.normals != "world":
        return np.eye(3) if said.normals == "opengl" else CV_FROM_GL[:3, :3]
    if pose is None:
        raise FrameError("no cam2world is stated, which normals in world axes need", "name rgb_exr.camera")
    return np.asarray((pose @ CV_FROM_GL)[:3, :3].T @ _upright(said)[:3, :3])


def _upright(said: RgbExrConventions) -> Float64[np.ndarray, "4 4"]:
    """Returns what turns their world into ours, in which z is up."""
    return np.eye(4) if said.world_up == "z" else YUP_FROM_ZUP.T


def _objects(exr: _Planes, said: RgbExrConventions) -> tuple[Int64[np.ndarray, "h w"] | None, dict[int, Thing]]:
    if "instance" not in exr:
        return None, {}
    ids = _whole(exr["instance"], said.channels.instance)
    if "category" not in exr:
        return ids, {}
    categories = _whole(exr["category"], said.channels.category)
    numbers, first = np.unique(ids, return_index=True)
    pairs = zip(numbers.tolist(), categories.ravel()[first].tolist(), strict=True)
    return ids, {number: thing_of(f"object {number}", str(category), said.classes) for number, category in pairs}


def _whole(plane: Shaped[np.ndarray, "h w"], name: str) -> Int64[np.ndarray, "h w"]:
    given = plane.astype(np.float64)
    if not (np.isfinite(given).all() and (given == np.rint(given)).all() and np.abs(given).max() <= _MOST_ID):
        raise FrameError(f"the channel {name} must hold whole numbers of 31 bits")
    return given.astype(np.int64)


def _camera(
    root: Path, found: Found, said: RgbExrConventions, width_px: int, height_px: int
) -> tuple[Float64[np.ndarray, "3 3"], Float64[np.ndarray, "4 4"] | None]:
    k, pose = (None, None) if said.camera is None else stated_in(root / _path(said.camera, found.name))
    if k is not None:
        half = 0.5 if said.pixel_centers == "whole" else 0.0
        k = checked_k(k + np.array([[0, 0, half], [0, 0, half], [0, 0, 0]]))
    elif said.fov_x_deg is not None:
        k = k_of_fov(said.fov_x_deg, width_px, height_px)
    else:
        raise FrameError("camera file states no K", "nor is rgb_exr.fov_x_deg given")
    return k, None if pose is None else _our_pose(checked_pose(pose), said)


def _our_pose(pose: Float64[np.ndarray, "4 4"], said: RgbExrConventions) -> Float64[np.ndarray, "4 4"]:
    scaled = pose.copy()
    scaled[:3, 3] *= said.unit_m
    ours = _upright(said) @ scaled
    return ours if said.pose == "opencv" else ours @ CV_FROM_GL


RGB_EXR = Ingester(RgbExrConventions, _find, _read, _CARD)
