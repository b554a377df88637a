"""The contact sheet shows what the dataset holds, as large as asked for, and its keys in the encoders' colours."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset import preview
from scenegen.dataset.chosen_frames import Choice
from scenegen.dataset.false_color import NOTHING, depth_rgb, id_color
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.frames import read_gbuffer
from scenegen.dataset.png import decode_png
from scenegen.dataset.preview import contact_sheet
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.sheet import Cell, Key, fitted
from scenegen.dataset.sheet_caption import LINE, Caption
from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import Encoder, Target, painted
from scenegen.encoders.legend import BLACK, Legend, LegendEntry
from scenegen.encoders.masks.codecs import counted, instance_codec, legend_codec
from scenegen.encoders.prompts import InstanceRequest, SemanticRequest
from schemas.errors import DatasetError, InputError, OutputError
from schemas.frame import GBuffer
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec
from schemas.scene_plan import ScenePlan
from schemas.target_spec import DepthTargetSpec, TargetSpec

NewDataset = Callable[[Path, RunRecord], Path]
FLOOR, BALL = 1, 2
OF_FLOOR, OF_BALL, OF_ABSENT, OF_BACKGROUND = (203, 17, 91), (11, 143, 201), (77, 78, 191), (249, 199, 3)


def semantic(rng: np.random.Generator, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target:
    """Asks for the floor, and for chairs, of which there are none."""
    entries = [LegendEntry("floor", OF_FLOOR, (FLOOR,)), LegendEntry("chair", OF_ABSENT)]
    legend = Legend(counted(entries, gbuffer.instance_id), OF_BACKGROUND)
    return painted(rng, gbuffer, legend_codec(legend), SemanticRequest(legend), legend.entries)


def instance(rng: np.random.Generator, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target | None:
    """Asks for balls, as if the floor were one that can't be decoded; in the second scene there is nothing to ask."""
    if plan.scene_index == 1:
        return None
    entries = [LegendEntry("ball", OF_BALL, (BALL,)), LegendEntry("ball", OF_FLOOR, (FLOOR,), decodable=False)]
    legend = counted(entries, gbuffer.instance_id)
    return painted(rng, gbuffer, instance_codec(legend, BLACK), InstanceRequest("ball", "balls"), legend)


@pytest.fixture
def segmented(
    new_record: Callable[..., RunRecord], new_dataset: NewDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A dataset of four tasks, two of them with legends of our own: two frames of each of three scenes."""
    of_semantic = Encoder("semantic", "", "", semantic, lambda said, legend: legend_codec(Legend(tuple(legend), None)))
    of_instance = Encoder(
        "instance", "", "", instance, lambda said, legend: instance_codec(legend, said.background_rgb)
    )
    monkeypatch.setitem(ENCODERS, "semantic", of_semantic)
    monkeypatch.setitem(ENCODERS, "instance", of_instance)
    tasks = ("depth", "semantic", "normals", "instance")
    return new_dataset(tmp_path / "out", new_record(tasks=tasks, triplets_per_frame={"semantic": 2, "normals": 0}))


def drawn(out: Path, monkeypatch: pytest.MonkeyPatch, frames: int = 8) -> tuple[list[list[Cell]], Sequence[Key]]:
    """Returns what a sheet is drawn of."""
    seen: list[tuple[list[list[Cell]], Sequence[Key]]] = []

    def spy(title: str, cells: list[list[Cell]], keys: Sequence[Key]) -> np.ndarray:
        seen.append((cells, keys))
        return np.zeros((1, 1, 3), np.uint8)

    monkeypatch.setattr(preview, "draw_sheet", spy)
    contact_sheet(out, out / "sheet.png", Choice(frames))
    return seen[0]


def colors_of(sheet: Path) -> set[tuple[int, int, int]]:
    """Returns the colours that occur in a picture."""
    return set(map(tuple, decode_png(sheet.read_bytes()).reshape(-1, 3).tolist()))


def rules_of(sheet: Path) -> int:
    """Returns how many lines go from one margin to the other."""
    return int((decode_png(sheet.read_bytes())[:, 32:-32] == LINE).all(axis=(1, 2)).sum())


def true_depth(out: Path, row: DecodedTriplet) -> np.ndarray:
    """Returns the exact depth of a row's frame."""
    triplets = open_triplets(out)
    places = [index for index in range(len(triplets)) if triplets[index].frame_id == row.frame_id]
    footer = unit_footer(triplets.file_of(places[0]))
    return read_gbuffer(out / footer.unit.frames_path(footer.frames_sha256 or ""), row.frame_id).z_depth_m


def test_a_block_for_each_frame_under_which_a_rule_is_drawn(written_once: Path, tmp_path: Path) -> None:
    one = contact_sheet(written_once, tmp_path / "new" / "one.png", Choice(1))
    all_six = contact_sheet(written_once, tmp_path / "six.png", Choice(8))
    assert (rules_of(one), rules_of(all_six)) == (1, 6)
    assert decode_png(one.read_bytes()).shape[1] == decode_png(all_six.read_bytes()).shape[1] > 6 * 256


def test_many_cells_stand_in_two_lines_of_one_length(segmented: Path, tmp_path: Path) -> None:
    sheet = decode_png(contact_sheet(segmented, tmp_path / "sheet.png", Choice(1)).read_bytes())
    assert 5 * 256 < sheet.shape[1] < 6 * 256
    assert sheet.shape[0] > 2 * 192


def test_targets_and_the_colour_path_appear_in_their_exact_colours(written_once: Path, tmp_path: Path) -> None:
    found = colors_of(contact_sheet(written_once, tmp_path / "sheet.png", Choice(1)))
    targets = np.concatenate([row.target_rgb.reshape(-1, 3) for row in open_triplets(written_once)[:2]])
    assert set(map(tuple, targets.tolist())) <= found
    assert {(0, 0, 0), (255, 255, 0), (0, 255, 0), (255, 0, 255)} <= found
    assert {id_color(1), id_color(2), id_color(3), NOTHING} <= found


def test_frames_are_taken_evenly_however_many_triplets_they_have(
    segmented: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells, _ = drawn(segmented, monkeypatch, 3)
    names = [frame[0].caption.text.split(",")[0] for frame in cells]
    assert names == [f"scene-0000000{place}" for place in ("0-view-00", "1-view-00", "2-view-01")]


def test_every_frame_has_the_same_cells_in_one_order(segmented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells, _ = drawn(segmented, monkeypatch)
    assert len(cells) == 6
    assert [cell.head for cell in cells[0]] == [
        "image",
        "depth target",
        "depth, decoded",
        "normals target",
        "material ids",
        "instance ids",
        "semantic target, 1 of 2",
        "instance target",
        "instance, decoded",
    ]
    assert {len(frame) for frame in cells} == {9}


def test_a_task_that_a_frame_lacks_leaves_a_blank_with_the_reason(
    segmented: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells, _ = drawn(segmented, monkeypatch)
    of_head = [{cell.head: cell for cell in frame} for frame in cells]
    for frame in of_head:
        assert frame["normals target"].rgb is None
        assert frame["normals target"].caption == Caption("not asked of this frame")
    for head in ("instance target", "instance, decoded"):
        assert [frame[head].rgb is None for frame in of_head] == [False, False, True, True, False, False]
        assert of_head[2][head].caption == Caption("nothing to ask for in this frame")


def test_the_first_target_of_a_task_is_shown_with_its_prompt(segmented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells, _ = drawn(segmented, monkeypatch, 1)
    first, second = open_triplets(segmented, task="semantic")[:2]
    assert first.frame_id == second.frame_id
    assert first.prompt != second.prompt
    (cell,) = (cell for cell in cells[0] if cell.head.startswith("semantic"))
    assert cell.caption.text == first.prompt
    np.testing.assert_array_equal(cell.rgb, fitted(first.target_rgb, smooth=False))


def test_legends_stand_in_captions_with_exactly_their_colours(segmented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells, _ = drawn(segmented, monkeypatch, 1)
    legends = {cell.head: [(entry.colors, entry.label) for entry in cell.caption.legend] for cell in cells[0]}
    assert legends["semantic target, 1 of 2"] == [
        ((OF_FLOOR,), "floor"),
        ((OF_ABSENT,), "chair (not in view)"),
        ((OF_BACKGROUND,), "background"),
    ]
    assert legends["instance target"] == [
        ((OF_BALL,), "ball"),
        ((OF_FLOOR,), "ball (not decodable)"),
        ((BLACK,), "background (unsaid)"),
    ]
    assert legends["depth target"] == []


def test_the_swatch_of_a_class_that_is_absent_is_its_only_trace_on_the_sheet(segmented: Path, tmp_path: Path) -> None:
    sheet = decode_png(contact_sheet(segmented, tmp_path / "sheet.png", Choice(1)).read_bytes())
    where = np.argwhere((sheet == OF_ABSENT).all(axis=-1))
    assert len(where) == 100
    assert (np.ptp(where, axis=0) == 9).all()


@pytest.mark.parametrize("color_map", ["plasma", "grayscale"])
def test_depth_in_other_colours_is_read_by_what_the_prompt_says(
    color_map: str,
    new_record: Callable[..., RunRecord],
    new_dataset: NewDataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    depth = DepthTargetSpec.model_validate(
        {"exponent": -5, "scale_m": 8.0, "other_maps": (color_map,), "other_maps_share": 1}
    )
    out = new_dataset(tmp_path / "out", new_record(scenes=1, tasks=("depth",), targets=TargetSpec(depth=depth)))
    cells, keys = drawn(out, monkeypatch, 1)
    row = open_triplets(out)[0]
    assert color_map in row.prompt
    (cell,) = (cell for cell in cells[0] if cell.head == "depth, decoded")
    assert cell.rgb is not None
    right = fitted(depth_rgb(true_depth(out, row)), smooth=False)
    assert np.abs(cell.rgb.astype(int) - right).mean() < 3
    nearest_m = float(cell.caption.text.split()[0])
    assert abs(nearest_m / row.z_depth_min_m - 1) < 0.02
    corners = [text for _, text in keys[0].ticks]
    assert corners[1] == "1.6 m"  # 40 (1 - (6/7) ** (1 / -4)), on the curve of the spec
    assert corners[-1] == "infinity"


def test_the_same_dataset_gives_the_same_sheet(segmented: Path, tmp_path: Path) -> None:
    paths = [contact_sheet(segmented, tmp_path / name, Choice(3)) for name in ("a.png", "b.png")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("changes", [{"keep_frames": False}, {"tasks": ("normals",)}, {"tasks": ("depth",)}])
def test_fewer_tasks_and_no_frames_can_be_shown_too(
    changes: dict[str, object], new_record: Callable[..., RunRecord], new_dataset: NewDataset, tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, **changes))
    assert rules_of(contact_sheet(out, tmp_path / "sheet.png")) == 2


def test_a_task_without_any_row_leaves_its_cells_blank(
    new_record: Callable[..., RunRecord], new_dataset: NewDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, triplets_per_frame={"depth": 0}))
    cells, _ = drawn(out, monkeypatch)
    assert [cell.head for cell in cells[0] if cell.rgb is None] == ["depth target", "depth, decoded"]


def test_ids_are_left_out_where_frames_are_not_kept(
    new_record: Callable[..., RunRecord], new_dataset: NewDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, keep_frames=False))
    cells, _ = drawn(out, monkeypatch)
    assert [cell.head for cell in cells[0]] == ["image", "depth target", "depth, decoded", "normals target"]


def test_pictures_of_several_sizes_keep_their_shape_and_stay_apart(
    new_record: Callable[..., RunRecord], new_dataset: NewDataset, tmp_path: Path
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
        contact_sheet(written_once, tmp_path / "sheet.png", Choice(0))
    with pytest.raises(OutputError, match="can't be written"):
        contact_sheet(written_once, tmp_path)


def test_tasks_that_are_all_unknown_are_said(out: Path, new_record: Callable[..., RunRecord], tmp_path: Path) -> None:
    (out / "run.json").write_text(new_record(tasks=("segments",)).model_dump_json())
    with pytest.raises(DatasetError, match=r"run\.json: tasks segments are unknown here; known are depth, normals"):
        contact_sheet(out, tmp_path / "sheet.png")


def test_a_dataset_without_a_row_is_said(
    new_record: Callable[..., RunRecord], new_dataset: NewDataset, tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, triplets_per_frame={"depth": 0, "normals": 0}))
    with pytest.raises(DatasetError, match=r"holds no triplet"):
        contact_sheet(out, tmp_path / "sheet.png")
