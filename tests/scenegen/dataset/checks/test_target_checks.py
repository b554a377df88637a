"""The five tasks' targets are held against their prompts, their rows and their frames."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import filled_row, read_row_group
from scenegen.dataset.png import decode_png, encode_png
from scenegen.dataset.triplets import triplet_from_row, triplets_file
from scenegen.dataset.validate import validate
from schemas.run_record import RunRecord
from schemas.triplet import TRIPLET_COLUMNS, Triplet

TASKS = ("depth", "normals", "semantic", "instance", "referring")
MASKS = TASKS[2:]
UNIT_0 = "triplets/train/unit-00000000.parquet"
FIRST = "scene-00000000-view-00"
Edit = Callable[[Triplet], Triplet]


@pytest.fixture(scope="module")
def all_tasks(
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[bool], Path]:
    """Says where a small whole dataset of all tasks is, with or without its frames."""
    folder = tmp_path_factory.mktemp("five")
    records = {kept: new_record(tasks=TASKS, keep_frames=kept) for kept in (True, False)}
    made = {kept: new_dataset(folder / str(kept), record) for kept, record in records.items()}
    return made.__getitem__


@pytest.fixture
def found_after(all_tasks: Callable[[bool], Path]) -> Callable[..., dict[str, str]]:
    """Says what validation finds where the first frame's triplet of a task is another."""

    def found(task: str, edit: Edit, frames_kept: bool = True, omitted: Sequence[str] = ()) -> dict[str, str]:
        out = all_tasks(frames_kept)
        whole = (out / UNIT_0).read_bytes()
        table = read_row_group(out / UNIT_0, 0, TRIPLET_COLUMNS)
        rows = [triplet_from_row(filled_row(table, index)) for index in range(table.num_rows)]
        rows = [edit(row) if row.sample_id == f"{FIRST}-{task}-0" else row for row in rows]
        rows = [row for row in rows if row.sample_id not in omitted]
        footer = unit_footer(out / UNIT_0).model_copy(update={"omitted": tuple(omitted), "rows": len(rows)})
        (out / UNIT_0).write_bytes(triplets_file(rows, footer.metadata()))
        try:
            faults = validate(out).faults
        finally:
            (out / UNIT_0).write_bytes(whole)
        lines: dict[str, str] = {}
        for fault in faults:
            lines[fault.where] = f"{lines.get(fault.where, '')}{fault.what}\n"
        return lines

    return found


def moved_pixel(triplet: Triplet) -> Triplet:
    rgb = decode_png(triplet.target_png)
    rgb[40, 21, 1] ^= 1
    return dataclasses.replace(triplet, target_png=encode_png(rgb))


def shifted(triplet: Triplet) -> Triplet:
    return dataclasses.replace(triplet, target_png=encode_png(np.roll(decode_png(triplet.target_png), 1, axis=1)))


def swapped_colors(triplet: Triplet) -> Triplet:
    """Paints the first entry in the background's colour, and the background in its."""
    rgb = decode_png(triplet.target_png)
    inside = (rgb == triplet.legend[0].rgb).all(axis=-1)
    other = rgb[~inside][0]
    swapped = np.where(inside[..., None], other, np.array(triplet.legend[0].rgb, np.uint8))
    return dataclasses.replace(triplet, target_png=encode_png(swapped.astype(np.uint8)))


def other_label(triplet: Triplet) -> Triplet:
    entry = dataclasses.replace(triplet.legend[0], label="the giraffe")
    return dataclasses.replace(triplet, legend=(entry, *triplet.legend[1:]))


def other_pixels(triplet: Triplet) -> Triplet:
    entry = dataclasses.replace(triplet.legend[0], pixels=triplet.legend[0].pixels + 1)
    return dataclasses.replace(triplet, legend=(entry, *triplet.legend[1:]))


def undecodable(triplet: Triplet) -> Triplet:
    entry = dataclasses.replace(triplet.legend[0], decodable=not triplet.legend[0].decodable)
    return dataclasses.replace(triplet, legend=(entry, *triplet.legend[1:]))


@pytest.mark.parametrize("frames_kept", [True, False])
def test_a_whole_dataset_of_all_tasks_has_no_fault(all_tasks: Callable[[bool], Path], frames_kept: bool) -> None:
    report = validate(all_tasks(frames_kept))
    assert report.ok, report.faults
    assert report.triplets == 6 * len(TASKS)
    assert report.worst_excess.keys() == (set(TASKS) if frames_kept else set())


@pytest.mark.parametrize("edit", [moved_pixel, shifted, swapped_colors, other_label, other_pixels, undecodable])
@pytest.mark.parametrize("task", MASKS)
def test_a_mask_or_legend_that_is_off_is_named(
    found_after: Callable[..., dict[str, str]], task: str, edit: Edit
) -> None:
    found = found_after(task, edit)
    assert found.keys() == {f"{FIRST}-{task}-0"}
    assert ("legend" if edit in (other_label, other_pixels, undecodable) else "edited_image") in next(
        iter(found.values())
    )


@pytest.mark.parametrize("edit", [moved_pixel, shifted, other_pixels])
@pytest.mark.parametrize("task", ["semantic", "referring"])
def test_without_frames_the_colors_are_counted_at_least(
    found_after: Callable[..., dict[str, str]], task: str, edit: Edit
) -> None:
    found = found_after(task, edit, frames_kept=False)
    assert found.keys() == (set() if edit is shifted else {f"{FIRST}-{task}-0"})


def test_a_pixel_of_no_color_of_the_legend_says_what_it_is_and_what_it_should_be(
    found_after: Callable[..., dict[str, str]],
) -> None:
    line = found_after("semantic", moved_pixel)[f"{FIRST}-semantic-0"]
    assert "decoded at pixel (21, 40)" in line
    assert "1 pixels leave it" in line


@pytest.mark.parametrize("task", TASKS)
def test_a_prompt_for_another_task_is_named(found_after: Callable[..., dict[str, str]], task: str) -> None:
    other = "Generate a surface normal map of the input image." if task != "normals" else "A metric depth map."
    found = found_after(task, lambda triplet: dataclasses.replace(triplet, edit_prompt=other))
    assert "edit_prompt" in found[f"{FIRST}-{task}-0"]


@pytest.mark.parametrize("task", TASKS)
def test_a_sample_that_is_said_to_be_unanswerable_and_is_not_is_named(
    found_after: Callable[..., dict[str, str]], task: str
) -> None:
    name = f"{FIRST}-{task}-0"
    assert found_after(task, lambda triplet: triplet, omitted=[name]) == {
        name: "omitted, though its frame can answer it\n"
    }


def test_an_omission_of_what_was_never_planned_is_named(found_after: Callable[..., dict[str, str]]) -> None:
    found = found_after("depth", lambda triplet: triplet, omitted=[f"{FIRST}-depth-7"])
    assert f"omits {FIRST}-depth-7, which is no sample of the unit" in found[UNIT_0]
