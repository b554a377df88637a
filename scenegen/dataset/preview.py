"""A contact sheet of a dataset: some frames with their targets, ids, and depth as read back from the target.

Frames are taken evenly over the dataset. The keys at the foot are painted by the encoders themselves. Instances and
materials come from the stored frames; where those are not kept, their columns stay blank.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int32

from scenegen.dataset.false_color import depth_rgb, ids_rgb, viridis
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.frames import read_gbuffer
from scenegen.dataset.output import write_output
from scenegen.dataset.png import encode_png
from scenegen.dataset.reader import DecodedTriplet, Triplets, open_triplets, read_record
from scenegen.dataset.sheet import CELL_PX, GAP_PX, Cell, Key, draw_sheet, fitted
from scenegen.dataset.triplets import depth_range_m
from scenegen.encoders import ENCODERS
from scenegen.encoders.depth import PowerCurve
from schemas.errors import DatasetError, InputError, first_few
from schemas.frame import GBuffer
from schemas.run_record import RUN_FILE
from schemas.run_spec import RunSpec

_BAR_PX = 16
_BALL_PX = 48
_NAMES_SHOWN = 3


def contact_sheet(out: str | Path, target: Path, frames: int = 8) -> Path:
    """Writes a PNG of up to `frames` frames under `out` to `target`, and returns its path.

    Raises InputError where `out` is no dataset with triplets, DatasetError where a row does not verify or none can be
    shown, and OutputError where `target` can't be written.
    """
    if frames < 1:
        raise InputError(f"a contact sheet of {frames} frames; must be 1 or more")
    root = Path(out)
    spec = read_record(root).spec
    of_task = _of_task(root, spec)
    total = min(map(len, of_task.values()))
    picks = np.unique(np.linspace(0, total - 1, min(frames, total)).round().astype(int)).tolist()
    heads = ["image", *(f"{task} target" for task in of_task), "instances", "materials"]
    heads += ["depth, decoded"] if "depth" in of_task else []
    rows = [_row(root, of_task, index) for index in picks]
    title = f"{root.resolve().name}: {spec.recipe}, {len(picks)} of {total} frames"
    write_output(target, encode_png(draw_sheet(title, heads, rows, _keys(list(of_task)))))
    return target


def _of_task(root: Path, spec: RunSpec) -> dict[str, Triplets]:
    """Returns the triplets of each task that is known here; raises DatasetError where that leaves none."""
    known = [task for task in spec.tasks if task in ENCODERS]
    if not known:
        strange = first_few(spec.tasks, _NAMES_SHOWN)
        raise DatasetError(f"{root / RUN_FILE}: tasks {strange} are unknown here; known are {', '.join(ENCODERS)}")
    of_task = {task: open_triplets(root, task=task) for task in known}
    empty = [task for task, triplets in of_task.items() if not len(triplets)]
    if empty:
        raise DatasetError(f"{root}: no row has the task {' or '.join(empty)}, which {RUN_FILE} names")
    return of_task


def _row(root: Path, of_task: Mapping[str, Triplets], index: int) -> list[Cell]:
    rows = {task: triplets[index] for task, triplets in of_task.items()}
    first = next(iter(rows.values()))
    targets = [Cell(fitted(row.target_rgb, smooth=False), row.prompt) for row in rows.values()]
    ids = _ids(root, next(iter(of_task.values())).file_of(index), first.frame_id)
    depth = [_decoded_depth(rows["depth"])] if "depth" in rows else []
    caption = f"{first.frame_id}, {first.width_px} x {first.height_px}"
    return [Cell(fitted(first.input_rgb, smooth=True), caption), *targets, *ids, *depth]


def _ids(root: Path, triplets_path: Path, frame_id: str) -> list[Cell]:
    """Returns a frame's instances and materials."""
    footer = unit_footer(triplets_path)
    if footer.frames_sha256 is None:
        return 2 * [Cell(None, "frames not kept")]
    gbuffer = read_gbuffer(root / footer.unit.frames_path(footer.frames_sha256), frame_id)
    return [_ids_cell("instance", gbuffer.instance_id), _ids_cell("material", gbuffer.material_id)]


def _ids_cell(kind: str, ids: Int32[np.ndarray, "h w"]) -> Cell:
    scale = max(1, round(CELL_PX / max(ids.shape)))
    drawn = ids_rgb(ids.repeat(scale, axis=0).repeat(scale, axis=1))
    count = np.count_nonzero(np.unique(ids))
    return Cell(fitted(drawn, smooth=True), f"{count} {kind}{'' if count == 1 else 's'}")


def _decoded_depth(row: DecodedTriplet) -> Cell:
    z_depth_m = ENCODERS["depth"].decode(row.target_rgb)
    nearest_m, farthest_m = depth_range_m(z_depth_m)
    range_m = f"{nearest_m:.2f} to {farthest_m:.2f} m" if np.isfinite(nearest_m) else "no surface"
    return Cell(fitted(depth_rgb(z_depth_m), smooth=False), f"{range_m}, read back from the target")


def _keys(tasks: list[str]) -> list[Key]:
    keys = []
    if "depth" in tasks:
        keys += [_depth_key(2), _decoded_key(len(tasks) + 3)]
    if "normals" in tasks:
        keys.append(_normals_key(2 if "depth" in tasks else 0))
    return keys


def _depth_key(columns: int) -> Key:
    """Returns the path of colours from 0 m to infinity as the encoder paints it, marked where it turns a corner."""
    curve, corners = PowerCurve(), np.arange(8) / 7
    width_px = columns * CELL_PX + (columns - 1) * GAP_PX
    z_depth_m = curve.z_depth_m(np.linspace(0, 1, width_px, dtype=np.float64))
    strip = ENCODERS["depth"].encode(_surfaces(np.tile(z_depth_m, (_BAR_PX, 1))))
    corners_m = abs(curve.z_depth_m(corners))  # or the first would be -0.0 m
    labels = [f"{corner_m:.1f} m" if np.isfinite(corner_m) else "infinity" for corner_m in corners_m]
    return Key("depth target", strip, tuple(zip(corners.tolist(), labels, strict=True)))


def _normals_key(column: int) -> Key:
    """Returns a ball as the encoder paints it: each colour where a surface facing that way would be seen."""
    x, minus_y = np.meshgrid(*[(np.arange(_BALL_PX) + 0.5) * 2 / _BALL_PX - 1] * 2)
    radius = np.hypot(x, minus_y)
    z = np.sqrt(np.maximum(1 - radius**2, 0))
    normal = np.stack([x, -minus_y, z], axis=-1)
    normal[radius >= 1] = (0, 0, 1)
    depth = np.ones((_BALL_PX, _BALL_PX), np.float32)
    ball = ENCODERS["normals"].encode(_surfaces(depth, normal.astype(np.float32)))
    ball[radius >= 1] = 255
    text = "facing left: red,\nup: green,\nthe camera: blue"
    return Key("normals target", ball, text=text, column=column)


def _decoded_key(column: int) -> Key:
    strip = np.tile(viridis(np.linspace(1, 0, CELL_PX)), (_BAR_PX, 1, 1))
    return Key("depth, decoded (logarithmic)", strip, ((0.0, "nearest"), (1.0, "farthest")), column=column)


def _surfaces(z_depth_m: Float32[np.ndarray, "h w"], normal: Float32[np.ndarray, "h w 3"] | None = None) -> GBuffer:
    ids = np.ones(z_depth_m.shape, np.int32)
    facing = np.tile(np.array([0, 0, 1], np.float32), (*z_depth_m.shape, 1))
    return GBuffer(z_depth_m, facing if normal is None else normal, ids, ids, ids)
