"""The contact sheet shows what the dataset holds, as large as asked for, and its keys in the encoders' colours."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset.false_color import NOTHING, depth_rgb, id_color, ids_rgb
from scenegen.dataset.png import decode_png
from scenegen.dataset.preview import contact_sheet
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.sheet import Cell, draw_sheet
from schemas.errors import DatasetError, InputError, OutputError
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec


def colors_of(sheet: Path) -> set[tuple[int, int, int]]:
    """Returns the colours that occur in a picture."""
    return set(map(tuple, decode_png(sheet.read_bytes()).reshape(-1, 3).tolist()))


def test_a_row_for_each_frame_and_a_column_for_each_picture(written_once: Path, tmp_path: Path) -> None:
    one = decode_png(contact_sheet(written_once, tmp_path / "new" / "one.png", 1).read_bytes())
    all_six = decode_png(contact_sheet(written_once, tmp_path / "six.png", 8).read_bytes())
    assert one.shape[1] == all_six.shape[1] > 6 * 256
    assert (all_six.shape[0] - one.shape[0]) % 5 == 0
    assert all_six.shape[0] > one.shape[0] + 5 * 192


def test_targets_and_the_colour_path_appear_in_their_exact_colours(written_once: Path, tmp_path: Path) -> None:
    found = colors_of(contact_sheet(written_once, tmp_path / "sheet.png", 1))
    targets = np.concatenate([row.target_rgb.reshape(-1, 3) for row in open_triplets(written_once)[:2]])
    assert set(map(tuple, targets.tolist())) <= found
    assert {(0, 0, 0), (255, 255, 0), (0, 255, 0), (255, 0, 255)} <= found
    assert {id_color(1), id_color(2), id_color(3), NOTHING} <= found


def test_the_same_dataset_gives_the_same_sheet(written_once: Path, tmp_path: Path) -> None:
    paths = [contact_sheet(written_once, tmp_path / name, 3) for name in ("a.png", "b.png")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("changes", [{"keep_frames": False}, {"tasks": ("normals",)}, {"tasks": ("depth",)}])
def test_fewer_tasks_and_no_frames_can_be_shown_too(
    changes: dict[str, object],
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path: Path,
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, **changes))
    assert contact_sheet(out, tmp_path / "sheet.png").stat().st_size > 0


def test_pictures_of_several_sizes_keep_their_shape_and_stay_apart(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    wide, tall = Bucket(width_px=128, height_px=32), Bucket(width_px=48, height_px=96)
    record = new_record(scenes=1, tasks=("normals",), camera=CameraSpec(buckets=(wide, wide, tall)))
    out = new_dataset(tmp_path / "out", record)
    sheet = decode_png(contact_sheet(out, tmp_path / "sheet.png").read_bytes())
    sky = (sheet == (255, 0, 255)).all(axis=-1)
    sky_px = np.count_nonzero(sky, axis=1)
    rows_of_wide, rows_of_tall = np.flatnonzero(sky_px == 256), np.flatnonzero(sky_px == 128)
    assert len(rows_of_wide) < 64 < len(rows_of_tall) < 256
    assert rows_of_wide.max() + 40 < rows_of_tall.min()


def test_what_can_not_be_shown_or_written_is_said(written_once: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no directory"):
        contact_sheet(tmp_path / "nowhere", tmp_path / "sheet.png")
    with pytest.raises(InputError, match="0 frames"):
        contact_sheet(written_once, tmp_path / "sheet.png", 0)
    with pytest.raises(OutputError, match="can't be written"):
        contact_sheet(written_once, tmp_path)


def test_tasks_that_are_unknown_or_have_no_row_are_said(
    out: Path, new_record: Callable[..., RunRecord], tmp_path: Path
) -> None:
    (out / "run.json").write_text(new_record(tasks=("segments",)).model_dump_json())
    with pytest.raises(DatasetError, match=r"run\.json: tasks segments are unknown here; known are depth, normals"):
        contact_sheet(out, tmp_path / "sheet.png")


def test_a_task_without_rows_is_said(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, tasks=("depth",)))
    (out / "run.json").write_text(new_record(scenes=1).model_dump_json())
    with pytest.raises(DatasetError, match=r"no row has the task normals, which run\.json names"):
        contact_sheet(out, tmp_path / "sheet.png")


@pytest.mark.parametrize("text", ["i" * 3_000_000, "word " * 600_000, "\n" * 3_000_000, "\udcff" * 500, ""])
def test_texts_of_any_length_are_drawn_within_their_width(text: str) -> None:
    cell = Cell(np.zeros((256, 256, 3), np.uint8), text)
    sheet = draw_sheet(text, ["image"], [[cell]], [])
    margin = sheet[:, -24:]
    assert (margin == 255).all()


def test_ids_keep_their_colour_and_are_set_apart_by_an_edge() -> None:
    ids = np.zeros((8, 9), np.int32)
    ids[:, 3:6], ids[:, 6:] = 1, 400
    rgb = ids_rgb(ids)
    assert tuple(rgb[0, 0]) == NOTHING
    assert tuple(rgb[0, 4]) == id_color(1)
    assert tuple(rgb[0, 8]) == id_color(400) != id_color(1)
    assert rgb[0, 5].sum() < rgb[0, 4].sum() / 2


def test_near_is_bright_far_is_dark_and_the_sky_is_neither() -> None:
    rgb = depth_rgb(np.array([[0.5, 1, 2, 4, np.inf]], np.float32))
    luminance = rgb[0] @ (0.2126, 0.7152, 0.0722)
    assert (np.diff(luminance[:4]) < 0).all()
    assert tuple(rgb[0, 4]) == NOTHING
    assert (depth_rgb(np.full((2, 2), np.inf, np.float32)) == NOTHING).all()
    assert len(np.unique(depth_rgb(np.full((2, 2), 3, np.float32)))) == 3
