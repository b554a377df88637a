"""Hypersim (Roberts et al., arXiv:2011.02523), as its archives unpack, by the README of apple/ml-hypersim:

    ai_VVV_NNN/_detail/metadata_scene.csv                                       meters_per_asset_unit
    ai_VVV_NNN/_detail/cam_XX/camera_keyframe_{orientations,positions}.hdf5     of each frame; asset units
    ai_VVV_NNN/images/scene_cam_XX_final_hdf5/frame.IIII.color.hdf5             linear light, no tone mapping
    ai_VVV_NNN/images/scene_cam_XX_final_preview/frame.IIII.tonemap.jpg         the same, tone mapped
    ai_VVV_NNN/images/scene_cam_XX_geometry_hdf5/frame.IIII.KIND.hdf5           depth_meters, normal_cam, semantic,
                                                                                semantic_instance, render_entity_id
    metadata_camera_parameters.csv                                              of contrib/mikeroberts3000; above them

`depth_meters` is the distance to the camera's centre, in half precision. Cameras look along their own -z, y up; the
world is z up. Each scene has a lens of its own, by `M_cam_from_uv`: in 272 of 482 it is tilted or shifted. Such a
picture is that of a pinhole that looks elsewhere (`tilted`): its rotation goes into cam2world and the normals, and
depth is planar along the axis that is left. What no V-Ray node shows (render_entity_id -1) is no surface.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64, Shaped, UInt8
from pydantic import Field

from scenegen.ingest.camera import planar
from scenegen.ingest.classes import KnownClass, thing_of
from scenegen.ingest.files import checked_folder, files_below
from scenegen.ingest.hdf5 import hdf5
from scenegen.ingest.hypersim_tables import gl_pose, m_cam_from_uv, meters_per_unit
from scenegen.ingest.ingester import Found, FrameError, Ingester, Reading, Thing
from scenegen.ingest.pictures import picture
from scenegen.ingest.tilted import pinhole
from scenegen.ingest.tone_mapped import tone_mapped
from schemas.errors import InputError
from schemas.geometry import CV_FROM_GL
from schemas.model import Frozen

PARAMETERS = "metadata_camera_parameters.csv"
_PLACE = "ai_VVV_NNN/images/scene_cam_XX_geometry_hdf5/frame.IIII.depth_meters.hdf5"
_MERGED = 1 << 30
"""Added to the number of a class whose pixels are one object."""
CLASSES = {
    "1": "wall",
    "2": "floor",
    "3": "cabinet",
    "4": "bed",
    "5": "chair",
    "6": "sofa",
    "8": "door",
    "9": "window",
    "10": "bookcase",
    "11": "picture",
    "13": "blind",
    "14": "desk",
    "15": "shelf",
    "16": "curtain",
    "17": "dresser",
    "18": "pillow",
    "19": "mirror",
    "20": "rug",
    "21": "clothes",
    "22": "ceiling",
    "24": "refrigerator",
    "25": "television",
    "27": "towel",
    "28": "shower_curtain",
    "29": "box",
    "30": "whiteboard",
    "31": "person",
    "32": "bedside_table",
    "33": "toilet",
    "36": "bathtub",
    "37": "bag",
}
"""Of NYU40; the others are many things, or none of our classes alone: tables, sinks and lamps are of several."""
_CARD = """\
Hypersim (Apple, CC BY-SA 3.0) rendered these frames. Distances, in half precision, were made planar by each scene's own
lens, tilted ones included. Pictures are tone mapped as its authors do."""


class HypersimConventions(Frozen):
    """What a user may say of Hypersim."""

    picture: Literal["color", "tonemap"] = Field(
        "color", description="linear light, tone mapped here as its authors do, or their JPEG"
    )
    normals: Literal["normal_cam", "normal_world", "normal_bump_cam", "normal_bump_world"] = Field(
        "normal_cam", description="which normals; those with bump tell of finer things than the depth does"
    )
    classes: dict[str, KnownClass] = Field(
        {}, description="number of a NYU40 label as text -> class of the taxonomy, null for none; besides ours"
    )


def _find(root: Path, said: HypersimConventions) -> Sequence[Found]:
    checked_folder(root)
    paths = [PurePosixPath(name) for name in files_below(root, "frame.*.depth_meters.hdf5")]
    found = [_found(root, path, said) for path in paths if _is_frame(path)]
    if not found:
        raise InputError(f"{root} holds no {_PLACE}")
    return found


def _is_frame(path: PurePosixPath) -> bool:
    *scene, images, geometry, name = path.parts
    return bool(scene) and images == "images" and geometry.endswith("_geometry_hdf5") and _number_of(name).isdecimal()


def _number_of(name: str) -> str:
    return name.removeprefix("frame.").removesuffix(".depth_meters.hdf5")


def _found(root: Path, path: PurePosixPath, said: HypersimConventions) -> Found:
    scene, camera = path.parents[2], path.parts[-2].removesuffix("_geometry_hdf5")
    detail, frame = scene / "_detail", f"frame.{_number_of(path.name)}"
    geometry = ("depth_meters", said.normals, "render_entity_id", "semantic", "semantic_instance")
    color = {"color": f"final_hdf5/{frame}.color.hdf5", "tonemap": f"final_preview/{frame}.tonemap.jpg"}
    files = [
        scene / "images" / f"{camera}_{color[said.picture]}",
        *(path.with_name(f"{frame}.{kind}.hdf5") for kind in geometry),
        *(
            detail / camera.removeprefix("scene_") / f"camera_keyframe_{kind}.hdf5"
            for kind in ("orientations", "positions")
        ),
        detail / "metadata_scene.csv",
        _parameters(root, scene),
    ]
    name = f"{scene}/{camera.removeprefix('scene_')}/{_number_of(path.name)}"
    return Found(name, tuple(str(file) for file in files))


def _parameters(root: Path, scene: PurePosixPath) -> PurePosixPath:
    """Returns where the table of lenses lies: in the scene, or in a folder above."""
    for folder in (scene, *scene.parents):
        if (root / folder / PARAMETERS).is_file():
            return folder / PARAMETERS
    raise InputError(
        f"hypersim needs {PARAMETERS} in {root}: it lies in contrib/mikeroberts3000 of github.com/apple/ml-hypersim"
    )


def _read(root: Path, found: Found, said: HypersimConventions) -> Reading:
    color, *geometry, orientations, positions, scene_csv, parameters = (root / file for file in found.files)
    scene, _, frame = found.name.rsplit("/", 2)
    distance_m, normal, entities, labels, instances = _geometry(geometry)
    height_px, width_px = distance_m.shape
    px_from_uv = np.array([[2 / width_px, 0, -1], [0, -2 / height_px, 1], [0, 0, 1.0]])
    k, gl_from_ours = pinhole(m_cam_from_uv(parameters, PurePosixPath(scene).name) @ px_from_uv)
    cam2world_gl = gl_pose(orientations, positions, int(frame), meters_per_unit(scene_csv))
    surface = entities != -1
    ids, things = _objects(labels.astype(np.int64), instances.astype(np.int64), {**CLASSES, **said.classes})
    return Reading(
        rgb=_rgb(color, surface, said),
        z_depth_m=np.where(surface, planar(distance_m.astype(np.float64), k), np.inf).astype(np.float32),
        k=k,
        cam2world=_turned(cam2world_gl, gl_from_ours),
        normal_cam=_normals(normal.astype(np.float64), said, cam2world_gl, gl_from_ours),
        instance_id=ids,
        things=things,
        is_half=distance_m.dtype == np.float16,
    )


def _geometry(paths: Sequence[Path]) -> list[np.ndarray]:
    """Returns distance, normals, entities, labels and instances, of one size."""
    kinds = (("f", ()), ("f", (3,)), ("iu", ()), ("iu", ()), ("iu", ()))
    planes = [_plane(path, *kind) for path, kind in zip(paths, kinds, strict=True)]
    _check_sizes(planes)
    return planes


def _plane(path: Path, kinds: str, channels: tuple[int, ...]) -> Shaped[np.ndarray, "h w *c"]:
    what = path.name.split(".", 2)[-1]
    with hdf5(path, what) as file:
        return file.plane("dataset", kinds, channels)


def _check_sizes(planes: Sequence[np.ndarray]) -> None:
    sizes = {plane.shape[:2] for plane in planes}
    if len(sizes) > 1:
        raise FrameError("sizes differ", ", ".join(f"{width} x {height}" for height, width in sorted(sizes)))


def _rgb(path: Path, surface: Bool[np.ndarray, "h w"], said: HypersimConventions) -> UInt8[np.ndarray, "h w 3"]:
    found = picture(path, "tonemap") if said.picture == "tonemap" else _plane(path, "f", (3,))
    _check_sizes([found, surface])
    return found if said.picture == "tonemap" else tone_mapped(found.astype(np.float32), surface)


def _normals(
    normal: Float64[np.ndarray, "h w 3"],
    said: HypersimConventions,
    cam2world_gl: Float64[np.ndarray, "4 4"],
    gl_from_ours: Float64[np.ndarray, "3 3"],
) -> Float32[np.ndarray, "h w 3"]:
    """Returns normals in the axes of our camera's normals: x right, y up, z toward it."""
    in_cam = normal @ cam2world_gl[:3, :3] if said.normals.endswith("_world") else normal
    return (in_cam @ gl_from_ours @ CV_FROM_GL[:3, :3]).astype(np.float32)


def _turned(
    cam2world_gl: Float64[np.ndarray, "4 4"], gl_from_ours: Float64[np.ndarray, "3 3"]
) -> Float64[np.ndarray, "4 4"]:
    turn = np.eye(4)
    turn[:3, :3] = gl_from_ours
    return cam2world_gl @ turn


def _objects(
    labels: Int64[np.ndarray, "h w"], instances: Int64[np.ndarray, "h w"], classes: Mapping[str, str | None]
) -> tuple[Int64[np.ndarray, "h w"], dict[int, Thing]]:
    """Returns numbers: of an instance, else of a class as a whole, 0 where there is no label; and what each is."""
    if max(labels.max(), instances.max()) >= _MERGED:
        raise FrameError("a label or an instance is out of range", f"{_MERGED} or beyond")
    ids = np.select([(labels > 0) & (instances > 0), labels > 0], [instances, _MERGED + labels], 0)
    things = {}
    for id_, place in zip(*np.unique(ids, return_index=True), strict=True):
        if id_:
            label = str(labels.ravel()[place])
            things[int(id_)] = thing_of(f"NYU40 {label}", label, classes, are_many=bool(id_ >= _MERGED))
    return ids, things


HYPERSIM = Ingester(HypersimConventions, _find, _read, _CARD, ("h5py",))
