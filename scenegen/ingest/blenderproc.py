"""BlenderProc: one HDF5 file a frame, as `bproc.writer.write_hdf5` of BlenderProc 2 writes them.

`colors` is display-referred RGB. `depth` is planar, of one sample at the pixel's centre; 1e10 where there is no
surface. `distance` is along the ray, averaged over a pixel, and ends at a distance of 50 m unless another was set
(docs/tutorials/renderer.md, RendererUtility.py). `normals` are (n + 1) / 2 in the camera's axes, x right, y up, z
toward it; Cycles averages them over a pixel, so that they are shorter than 1 where a pixel shows several surfaces.
`instance_segmaps` and `class_segmaps` or `category_id_segmaps` are not averaged; `instance_attribute_maps` names what
they show. Files hold no camera: K and poses stand in a `cameras.json` beside them, or K is told by a field of view.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64
from pydantic import Field

from scenegen.ingest.camera import SIDECAR, cameras_in, k_of_fov, planar
from scenegen.ingest.classes import KnownClass, thing_of
from scenegen.ingest.files import checked_folder, files_below
from scenegen.ingest.hdf5 import Hdf5, hdf5
from scenegen.ingest.ingester import Found, FrameError, Ingester, Reading, Thing
from schemas.errors import InputError
from schemas.model import Frozen

_NOWHERE_M = 1e6
"""From here on `depth` says that there is no surface."""
_ONE_SURFACE = 0.99
"""Length of a normal below which it was averaged over several surfaces."""
_CLASS_KEYS = ("category_id_segmaps", "class_segmaps")

_CARD = """\
BlenderProc rendered these frames. Depth is of one sample at the pixel's centre. **Normals are averaged** over a pixel
by Cycles: where several surfaces share one, the slope of the depth stands in their place, or where it has none, the
average made unit."""


class BlenderprocConventions(Frozen):
    """What a user may say of BlenderProc's files."""

    fov_x_deg: Annotated[float, Field(gt=0, lt=180)] | None = Field(
        None, description=f"horizontal field of view, the principal point in the middle; where no {SIDECAR} gives K"
    )
    depth: Literal["depth", "distance"] = Field(
        "depth", description="which key; distance is averaged over a pixel, and made planar by K"
    )
    far_m: float = Field(50.0, gt=0, description="of distance: from here on there is no surface")
    classes: dict[str, KnownClass] = Field(
        {}, description="name of an object, or number of a category as text -> class of the taxonomy"
    )


def _find(root: Path, conventions: BlenderprocConventions) -> Sequence[Found]:
    checked_folder(root)
    names = files_below(root, "*.hdf5")
    if not names:
        raise InputError(f"{root} holds no .hdf5 file, as BlenderProc's write_hdf5 writes them")
    sidecars = {folder for folder in {Path(name).parent for name in names} if (root / folder / SIDECAR).is_file()}
    return [Found(name, (name, *_sidecar(Path(name), sidecars))) for name in names]


def _sidecar(name: Path, folders: set[Path]) -> tuple[str, ...]:
    return ((name.parent / SIDECAR).as_posix(),) if name.parent in folders else ()


def _read(root: Path, found: Found, conventions: BlenderprocConventions) -> Reading:
    with hdf5(root / found.name) as file:
        colors = file.plane("colors", "u", (3, 4))
        if colors.dtype != np.uint8:
            raise FrameError("colors has the wrong kind of number", f"{colors.dtype}, must be uint8")
        planes = {"colors": colors[..., :3], "depth": file.plane(conventions.depth, "f").astype(np.float32)}
        given = file.plane("normals", "f", (3,)) if "normals" in file else None
        ids = file.plane("instance_segmaps", "iuf").astype(np.int64) if "instance_segmaps" in file else None
        things = _things(file, ids, conventions.classes)
    sizes = {
        name: plane.shape[:2] for name, plane in {**planes, "normals": given, "ids": ids}.items() if plane is not None
    }
    if len(set(sizes.values())) > 1:
        raise FrameError("sizes differ", str(sizes))
    height_px, width_px = sizes["depth"]
    k, pose = _camera(root, found, conventions, width_px, height_px)
    normals = None if given is None else given.astype(np.float32) * 2 - 1
    z_depth_m, doubtful = _z_depth_m(planes["depth"], k, conventions), _averaged(normals)
    return Reading(planes["colors"], z_depth_m, k, pose, normals, doubtful, ids, things)


def _z_depth_m(
    given: Float32[np.ndarray, "h w"], k: Float64[np.ndarray, "3 3"], conventions: BlenderprocConventions
) -> Float32[np.ndarray, "h w"]:
    """Returns planar depth; what is NaN stays so, and is told later."""
    if conventions.depth == "depth":
        return np.where(given >= _NOWHERE_M, np.float32(np.inf), given)
    return np.where(given >= conventions.far_m, np.inf, planar(given.astype(np.float64), k)).astype(np.float32)


def _averaged(normals: Float32[np.ndarray, "h w 3"] | None) -> Bool[np.ndarray, "h w"] | None:
    return None if normals is None else np.linalg.norm(normals, axis=-1) < _ONE_SURFACE


def _camera(
    root: Path, found: Found, conventions: BlenderprocConventions, width_px: int, height_px: int
) -> tuple[Float64[np.ndarray, "3 3"], Float64[np.ndarray, "4 4"] | None]:
    k, pose = None, None
    for sidecar in found.files[1:]:
        k, pose = cameras_in(root / sidecar).of_frame(Path(found.name).name)
    if k is None and conventions.fov_x_deg is not None:
        k = k_of_fov(conventions.fov_x_deg, width_px, height_px)
    if k is None and found.files[1:]:
        raise FrameError(f"{SIDECAR} states no K of it", "nor is blenderproc.fov_x_deg given")
    if k is None:
        raise InputError(
            f"{root / found.name} does not say its camera, BlenderProc writes none: put a {SIDECAR} with K beside it, "
            "or give --set blenderproc.fov_x_deg=DEGREES"
        )
    return k, pose


def _things(file: Hdf5, ids: Int64[np.ndarray, "h w"] | None, classes: Mapping[str, str | None]) -> dict[int, Thing]:
    if ids is None:
        return {}
    told = _told(file) if "instance_attribute_maps" in file else {}
    by_pixel = _by_pixel(file, ids) if not told else {}
    things = {}
    for id_ in np.unique(ids).tolist():
        name, category = told.get(id_, (f"object {id_}", by_pixel.get(id_)))
        things[id_] = thing_of(name, category, classes)
    return things


def _told(file: Hdf5) -> dict[int, tuple[str, str | None]]:
    """Returns what `instance_attribute_maps` says: number -> name and category."""
    try:
        rows = json.loads(file.text("instance_attribute_maps"))
        return {int(row["idx"]): (_name(row), _category(row)) for row in rows}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FrameError("instance_attribute_maps is no list of objects with idx and name", str(error)) from error


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("name", f"object {row['idx']}"))[:200]


def _category(row: Mapping[str, Any]) -> str | None:
    category = row.get("category_id", row.get("class"))
    return None if category is None else str(category)


def _by_pixel(file: Hdf5, ids: Int64[np.ndarray, "h w"]) -> dict[int, str]:
    """Returns the category of each object by the map of classes, at the first of its pixels."""
    key = next((key for key in _CLASS_KEYS if key in file), None)
    if key is None:
        return {}
    categories = file.plane(key, "iuf").astype(np.int64)
    if categories.shape != ids.shape:
        raise FrameError("sizes differ", f"{key} {categories.shape}, instance_segmaps {ids.shape}")
    numbers, first = np.unique(ids, return_index=True)
    return {int(number): str(categories.ravel()[place]) for number, place in zip(numbers, first, strict=True)}


BLENDERPROC = Ingester(BlenderprocConventions, _find, _read, _CARD, ("h5py",))
