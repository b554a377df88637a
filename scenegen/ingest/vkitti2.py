"""Virtual KITTI 2 (Cabon, Murray, Humenberger, arXiv:2001.10773), as its archives unpack: over each other, or each into
a folder of its own, `vkitti_2.0.3_rgb` beside `vkitti_2.0.3_depth`.

    SceneX/Y/frames/rgb/Camera_Z/rgb_%05d.jpg
    SceneX/Y/frames/depth/Camera_Z/depth_%05d.png                               16 bits, planar centimetres; 65535: sky
    SceneX/Y/frames/classsegmentation/Camera_Z/classgt_%05d.png                 RGB, by colors.txt: name r g b
    SceneX/Y/frames/instancesegmentation/Camera_Z/instancegt_%05d.png           index: 0, or trackID + 1 of a vehicle
    SceneX/Y/{intrinsic,extrinsic,colors}.txt

intrinsic.txt: frame, camera, fx fy cx cy, with (620.5, 187) in the middle of 1242 x 375: pixels' centres at whole
numbers. extrinsic.txt: frame, camera, world2camera row after row, OpenCV's axes; its world is y down. Vehicles are told
apart; of the other classes all pixels are one object, called by the plural. There are no normals.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

import numpy as np
from jaxtyping import Float32, Float64, Int64, UInt8
from pydantic import Field

from scenegen.ingest.camera import checked_k, checked_pose
from scenegen.ingest.classes import KnownClass, thing_of
from scenegen.ingest.files import checked_folder, content_of, files_below
from scenegen.ingest.ingester import Found, FrameError, Ingester, Reading, Thing
from scenegen.ingest.pictures import numbers, picture
from schemas.errors import InputError
from schemas.model import Frozen

_SKY_CM = 65535
_MERGED = 1 << 20
"""Added to the number of a class whose pixels are one object."""
_SHOWN = 80
"""Characters of a damaged line."""
_ZUP_FROM_YDOWN = np.array([[1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, -1.0, 0, 0], [0, 0, 0, 1.0]])
_PARTS = 6
"""Of SceneX/Y/frames/rgb/Camera_Z/rgb_00000.jpg."""
CLASSES = {
    "Terrain": "ground",
    "Tree": "tree",
    "Building": "building",
    "Road": "road",
    "GuardRail": "road_barrier",
    "TrafficSign": "traffic_sign",
    "TrafficLight": "traffic_light",
    "Car": "car",
    "Truck": "truck",
    "Van": "van",
}
_CARD = """\
Virtual KITTI 2 (NAVER LABS Europe, CC BY-NC-SA 3.0) rendered these frames. Depth is in steps of a centimetre and ends
at 655.34 m; what is farther is sky. Vehicles are told apart, all else is one object a class."""


class Vkitti2Conventions(Frozen):
    """What a user may say of Virtual KITTI 2."""

    cameras: tuple[int, ...] = Field((0, 1), description="which of the two")
    scenes: tuple[str, ...] = Field((), description="such as Scene01; none named: all")
    variations: tuple[str, ...] = Field((), description="such as clone, fog, 15-deg-left; none named: all")
    classes: dict[str, KnownClass] = Field(
        {}, description="name in colors.txt -> class of the taxonomy, null for none; of others than those we know"
    )


def _find(root: Path, said: Vkitti2Conventions) -> Sequence[Found]:
    checked_folder(root)
    rgbs = [PurePosixPath(name) for name in files_below(root, "rgb_*.jpg")]
    found = [_found(root, rgb) for rgb in rgbs if _is_asked(rgb, said)]
    if not found:
        raise InputError(f"{root} holds no SceneX/Y/frames/rgb/Camera_Z/rgb_00000.jpg of what was asked for")
    return found


def _is_asked(rgb: PurePosixPath, said: Vkitti2Conventions) -> bool:
    if len(rgb.parts) < _PARTS or not rgb.stem.removeprefix("rgb_").isdecimal():
        return False
    scene, variation, frames, kind, camera, _ = rgb.parts[-_PARTS:]
    return (
        (frames, kind) == ("frames", "rgb")
        and camera in {f"Camera_{number}" for number in said.cameras}
        and (not said.scenes or scene in said.scenes)
        and (not said.variations or variation in said.variations)
    )


def _found(root: Path, rgb: PurePosixPath) -> Found:
    """Returns a frame with its files: those of each archive, and the tables."""
    scene, variation, _, _, camera, _ = rgb.parts[-_PARTS:]
    above, variant = PurePosixPath(*rgb.parts[:-_PARTS]), f"{scene}/{variation}"
    number = rgb.stem.removeprefix("rgb_")
    lies_in = {
        "depth": [f"frames/depth/{camera}/depth_{number}.png"],
        "classSegmentation": [f"frames/classsegmentation/{camera}/classgt_{number}.png"],
        "instanceSegmentation": [f"frames/instancesegmentation/{camera}/instancegt_{number}.png"],
        "textgt": ["intrinsic.txt", "extrinsic.txt", "colors.txt"],
    }
    files = [_place(root, above, archive, f"{variant}/{path}") for archive, paths in lies_in.items() for path in paths]
    prefix = "" if above == PurePosixPath() else f"{above.as_posix()}/"
    return Found(f"{prefix}{variant}/{camera}/{number}", (str(rgb), *files))


def _place(root: Path, above: PurePosixPath, archive: str, path: str) -> str:
    """Returns where a file lies: beside the pictures, or below its archive's own folder."""
    beside = above / path
    if "_rgb" not in above.name or (root / beside).is_file():
        return str(beside)
    return str(above.with_name(above.name.replace("_rgb", f"_{archive}")) / path)


def _read(root: Path, found: Found, said: Vkitti2Conventions) -> Reading:
    rgb, depth, classes, instances, intrinsic, extrinsic, colors = (root / file for file in found.files)
    *_, camera, frame = found.name.split("/")
    key = (int(frame), int(camera.removeprefix("Camera_")))
    color, z_depth_m = picture(rgb, "rgb"), _z_depth_m(depth)
    class_rgb, tracks = picture(classes, "classgt"), numbers(instances, "instancegt").astype(np.int64)
    sizes = {plane.shape[:2] for plane in (color, z_depth_m, class_rgb, tracks)}
    if len(sizes) > 1:
        raise FrameError("sizes differ", ", ".join(f"{width} x {height}" for height, width in sorted(sizes)))
    ids, things = _objects(class_rgb, tracks, _colors(colors), {**CLASSES, **said.classes})
    return Reading(
        rgb=color,
        z_depth_m=z_depth_m,
        k=_k(_row(intrinsic, 4, key)),
        cam2world=_ZUP_FROM_YDOWN @ np.linalg.inv(checked_pose(np.array(_row(extrinsic, 16, key)).reshape(4, 4))),
        instance_id=ids,
        things=things,
    )


def _z_depth_m(path: Path) -> Float32[np.ndarray, "h w"]:
    depth_cm = numbers(path, "depth")
    if depth_cm.dtype.itemsize == 1:
        raise FrameError("depth has 8 bits, must have 16")
    return np.where(depth_cm >= _SKY_CM, np.inf, depth_cm / 100).astype(np.float32)


def _objects(
    class_rgb: UInt8[np.ndarray, "h w 3"],
    tracks: Int64[np.ndarray, "h w"],
    colors: Mapping[int, str],
    classes: Mapping[str, str | None],
) -> tuple[Int64[np.ndarray, "h w"], dict[int, Thing]]:
    """Returns numbers: a vehicle's, else that of its class; and what each is."""
    codes = class_rgb.astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])
    _, inverse = np.unique(codes, return_inverse=True)
    ids = np.where(tracks > 0, tracks, _MERGED + inverse.reshape(codes.shape))
    things: dict[int, Thing] = {}
    for id_, place in zip(*np.unique(ids, return_index=True), strict=True):
        name = colors.get(int(codes.ravel()[place]), "unknown color")
        things[int(id_)] = thing_of(name, None, classes, are_many=bool(id_ >= _MERGED))
    return ids, things


def _k(row: Sequence[float]) -> Float64[np.ndarray, "3 3"]:
    fx, fy, cx, cy = row
    return checked_k(np.array([[fx, 0, cx + 0.5], [0, fy, cy + 0.5], [0, 0, 1]]))


def _row(path: Path, columns: int, key: tuple[int, int]) -> tuple[float, ...]:
    row = _rows(path, columns).get(key)
    if row is None:
        raise FrameError(f"{path.name} has no such frame", "{} of camera {}".format(*key))
    return row


@lru_cache(maxsize=16)
def _rows(path: Path, columns: int) -> Mapping[tuple[int, int], tuple[float, ...]]:
    """Returns the rows of a table below a line of names, by frame and camera."""
    found = {}
    for line in _lines(path)[1:]:
        try:
            frame, camera, *fields = line.split()
            values = tuple(map(float, fields))
            found[int(frame), int(camera)] = values
        except ValueError as error:
            raise FrameError(f"{path.name} is damaged", line[:_SHOWN]) from error
        if len(values) != columns or not np.isfinite(values).all():
            raise FrameError(f"{path.name} is damaged", line[:_SHOWN])
    return found


@lru_cache(maxsize=16)
def _colors(path: Path) -> Mapping[int, str]:
    """Returns the names of classes by their colour, r << 16 | g << 8 | b."""
    found = {}
    for line in _lines(path)[1:]:
        name, *color = line.split()
        if len(color) != 3 or not all(part.isdecimal() and int(part) < 256 for part in color):
            raise FrameError(f"{path.name} is damaged", line[:_SHOWN])
        red, green, blue = map(int, color)
        found[red << 16 | green << 8 | blue] = name
    return found


def _lines(path: Path) -> list[str]:
    lines = content_of(path, path.name).decode("utf-8", "replace").splitlines()
    return [line for line in lines if line.strip()]


VKITTI2 = Ingester(Vkitti2Conventions, _find, _read, _CARD)
