"""A contact sheet of a dataset: some frames with a target of each task, ids, and what is read back from targets.

Frames are taken evenly over the dataset, unless some are named. Of a task that is asked more than once of a frame, the
first target is shown; one that isn't asked leaves a blank cell. Depth and instances are read by what their prompts say.
Ids come from the stored frames, where those are kept.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Int32, UInt8

from scenegen.dataset.chosen_frames import Choice, open_chosen
from scenegen.dataset.false_color import depth_rgb, ids_rgb
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.frames import read_gbuffer
from scenegen.dataset.output import write_output
from scenegen.dataset.places import Located
from scenegen.dataset.png import encode_png
from scenegen.dataset.rows import DecodedTriplet, Triplets
from scenegen.dataset.sheet import CELL_PX, Cell, Key, draw_sheet, fitted
from scenegen.dataset.sheet_caption import Caption
from scenegen.dataset.sheet_keys import decoded_key, depth_key, normals_key
from scenegen.dataset.sheet_legend import legend_entries
from scenegen.dataset.triplets import depth_range_m
from scenegen.encoders import decode
from scenegen.encoders.depth import PowerCurve
from schemas.run_record import RunRecord

_USUAL = Choice()
_PROMPT_LINES = 4
_PROMPT_LINES_ABOVE_LEGEND = 3
_OF_SURFACES = ("depth", "normals")


def contact_sheet(out: str | Located, target: Path, choice: Choice = _USUAL) -> Path:
    """Writes a PNG of some frames under `out` to `target`, and returns its path.

    Raises InputError where `out` is no dataset with triplets or has no such frames, DatasetError where a row does not
    verify or none can be shown, and OutputError where `target` can't be written.
    """
    found = open_chosen(out, choice)
    kinds = _kinds_of_ids(found.records)
    cells = [_cells(found.root, found.triplets, frame.places, found.tasks, kinds) for frame in found.chosen]
    write_output(
        target, encode_png(draw_sheet(f"{found.name}: {found.told}", cells, _keys(found.records, found.tasks)))
    )
    return target


def _kinds_of_ids(records: Sequence[RunRecord]) -> tuple[str, ...]:
    """Returns which ids are shown: of frames that others rendered no material is known."""
    return ("instance",) if all(record.ingested is not None for record in records) else ("material", "instance")


def _cells(
    root: Located, triplets: Triplets, place: range, tasks: Sequence[str], kinds_of_ids: Sequence[str]
) -> list[Cell]:
    """Returns the cells of one frame: the picture, what tells of surfaces, ids, what tells of objects."""
    rows = [triplets[index] for index in place]
    frame, footer = rows[0], unit_footer(triplets.file_of(place.start))
    name = Caption(f"{frame.frame_id}, {frame.width_px} x {frame.height_px}")
    of_task = {task: _task_cells(task, [row for row in rows if row.task == task], frame, footer) for task in tasks}
    return [
        Cell("image", fitted(frame.input_rgb, smooth=True), name),
        *(cell for task in tasks if task in _OF_SURFACES for cell in of_task[task]),
        *_ids(root, footer, frame.frame_id, kinds_of_ids),
        *(cell for task in tasks if task not in _OF_SURFACES for cell in of_task[task]),
    ]


def _task_cells(task: str, rows: Sequence[DecodedTriplet], frame: DecodedTriplet, footer: UnitFooter) -> list[Cell]:
    """Returns a frame's first target of a task, and for some tasks what is read back from it."""
    head = f"{task} target"
    heads = [head, f"{task}, decoded"] if task in _DECODED else [head]
    if not rows:
        omitted = any(name.startswith(f"{frame.frame_id}-{task}-") for name in footer.omitted)
        why = Caption("nothing to ask for in this frame" if omitted else "not asked of this frame")
        return [Cell(head, None, why) for head in heads]
    row = rows[0]
    legend = legend_entries(row.legend, row.prompt)
    caption = Caption(row.prompt, _PROMPT_LINES_ABOVE_LEGEND if legend else _PROMPT_LINES, legend)
    target = Cell(head if len(rows) == 1 else f"{head}, 1 of {len(rows)}", fitted(row.target_rgb, False), caption)
    return [target, *(_DECODED[task](row) for _ in heads[1:])]


def _ids(root: Located, footer: UnitFooter, frame_id: str, kinds: Sequence[str]) -> list[Cell]:
    """Returns a frame's ids of some kinds, where the run keeps its frames."""
    if footer.frames_sha256 is None:
        return []
    gbuffer = read_gbuffer(root / footer.unit.frames_path(footer.frames_sha256), frame_id)
    ids = {"material": gbuffer.material_id, "instance": gbuffer.instance_id}
    return [Cell(f"{kind} ids", _ids_rgb(ids[kind]), Caption(_counted(ids[kind], kind))) for kind in kinds]


def _decoded_depth(row: DecodedTriplet) -> Cell:
    z_depth_m = decode(row.target_rgb, row.prompt)
    nearest_m, farthest_m = depth_range_m(z_depth_m)
    range_m = f"{nearest_m:.2f} to {farthest_m:.2f} m" if np.isfinite(nearest_m) else "no surface"
    caption = Caption(f"{range_m}, read by the prompt")
    return Cell("depth, decoded", fitted(depth_rgb(z_depth_m), smooth=False), caption)


def _decoded_instances(row: DecodedTriplet) -> Cell:
    ids = decode(row.target_rgb, row.prompt)
    caption = Caption(f"{_counted(ids, 'object')}, found by the five steps")
    return Cell("instance, decoded", _ids_rgb(ids), caption)


def _ids_rgb(ids: Int32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h2 w2 3"]:
    scale = max(1, round(CELL_PX / max(ids.shape)))
    return fitted(ids_rgb(ids.repeat(scale, axis=0).repeat(scale, axis=1)), smooth=True)


def _counted(ids: Int32[np.ndarray, "h w"], kind: str) -> str:
    count = np.count_nonzero(np.unique(ids))
    return f"{count} {kind}{'' if count == 1 else 's'}"


_DECODED: dict[str, Callable[[DecodedTriplet], Cell]] = {"depth": _decoded_depth, "instance": _decoded_instances}
"""Tasks whose targets are shown as they are read back, too."""


def _keys(records: Sequence[RunRecord], tasks: Sequence[str]) -> list[Key]:
    depths = dict.fromkeys(record.spec.targets.depth for record in records if "depth" in record.spec.tasks)
    of_depth = [depth_key(PowerCurve(depth.exponent, depth.scale_m)) for depth in depths]
    of_normals = [normals_key()] if "normals" in tasks else []
    return [*of_depth, *of_normals, *([decoded_key()] if of_depth else [])]
