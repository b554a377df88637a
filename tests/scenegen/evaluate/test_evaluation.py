"""Evaluation of a whole dataset: what is right scores so, what is noisy nearly so, and what is wrong does not."""

import json
import math
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
from jaxtyping import UInt8

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.records import read_record
from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.triplets import triplets_file
from scenegen.encoders import ENCODERS
from scenegen.evaluate import Report, evaluate
from scenegen.evaluate.error_maps import ERROR_MAPS, KEYS
from scenegen.evaluate.scores import SCORERS
from scenegen.evaluate.worst import worst_of
from schemas.errors import DatasetError, InputError

Rgb = UInt8[np.ndarray, "h w 3"]
Model = Callable[[DecodedTriplet], Rgb]
TargetsOf = Callable[[Path], Mapping[str, Rgb]]

SCORE_LIKE = {
    "depth": ("delta1",),
    "normals": ("under_11_25_deg",),
    "semantic": ("miou",),
    "instance": ("pmf1",),
    "referring": ("ciou", "giou"),
}
"""The figures of a task that a perfect model has at 1."""


def noisy(row: DecodedTriplet) -> Rgb:
    rng = np.random.default_rng(row.seed)
    noise = rng.normal(0, 2 if row.task == "instance" else 5, row.target_rgb.shape)
    return np.clip(np.rint(row.target_rgb + noise), 0, 255).astype(np.uint8)


def constant(color: tuple[int, int, int], row: DecodedTriplet) -> Rgb:
    return np.full_like(row.target_rgb, color)


def scattered(row: DecodedTriplet) -> Rgb:
    """Has the right colours in the wrong places."""
    pixels = row.target_rgb.reshape(-1, 3)
    return np.random.default_rng(row.seed).permutation(pixels).reshape(row.target_rgb.shape)


def shuffled(out: Path) -> dict[str, Rgb]:
    """Answers each prompt with the target of another one's."""
    given: dict[str, Rgb] = {}
    for task in ENCODERS:
        rows = list(open_triplets(out, task=task))
        half = len(rows) // 2
        for row, other in zip(rows, [*rows[half:], *rows[:half]], strict=True):
            given[row.sample_id] = other.target_rgb
    return given


def figure(report: Report, task: str, name: str) -> float:
    return report.tasks()[task].figures[name]


@pytest.fixture(scope="module")
def clean(rooms: Path, perfect: Model) -> Report:
    return evaluate(perfect, rooms)


def test_every_task_is_measured_and_drawn() -> None:
    assert set(SCORERS) == set(ERROR_MAPS) == set(KEYS)
    assert set(ENCODERS) <= set(SCORERS)


def test_the_targets_themselves_score_as_well_as_eight_bits_allow(clean: Report) -> None:
    assert all(score.scored == score.asked > 0 for score in clean.tasks().values())
    rainbow = clean.kinds("depth")["rainbow"].figures
    assert figure(clean, "depth", "delta1") == 1
    assert rainbow["abs_rel"] <= figure(clean, "depth", "abs_rel") < 0.004
    assert figure(clean, "normals", "mean_deg") < 0.35
    for task in {"semantic", "referring"} & set(ENCODERS):
        assert all(value == 1 for value in clean.tasks()[task].figures.values())
    if "instance" in ENCODERS:
        assert figure(clean, "instance", "pmf1") >= 0.98


def test_noise_as_models_have_costs_little(rooms: Path) -> None:
    report = evaluate(noisy, rooms)
    assert report.kinds("depth")["rainbow"].figures["delta1"] >= 0.99
    assert figure(report, "normals", "mean_deg") <= 4
    least = {"semantic": ("miou", 0.98), "referring": ("ciou", 0.97), "instance": ("pmf1", 0.90)}
    for task in least.keys() & set(ENCODERS):
        name, bound = least[task]
        assert figure(report, task, name) >= bound


@pytest.mark.parametrize(
    "model", [partial(constant, (128, 128, 128)), partial(constant, (0, 0, 0)), scattered, "shuffled"]
)
def test_what_ignores_the_picture_scores_at_most_half(rooms: Path, clean: Report, model: Model | str) -> None:
    report = evaluate(shuffled(rooms) if isinstance(model, str) else model, rooms)
    for task in ENCODERS:
        for name in SCORE_LIKE[task]:
            assert figure(report, task, name) <= figure(clean, task, name) / 2, (task, name)


@pytest.mark.parametrize("task", ["depth", "normals"])
def test_figures_of_surfaces_are_means_over_images(rooms: Path, task: str) -> None:
    report = evaluate(noisy, rooms, tasks=[task])
    for name, value in report.tasks()[task].figures.items():
        assert value == pytest.approx(mean(score.score.figures[name] for score in report.scores))
    assert len({score.score.figures[SCORERS[task].worst_by] for score in report.scores}) > 1


def test_depth_is_told_by_color_map_too(rooms: Path, clean: Report) -> None:
    kinds = clean.kinds("depth")
    assert {"rainbow"} < set(kinds)
    assert sum(score.scored for score in kinds.values()) == clean.tasks()["depth"].scored
    maps = {row.sample_id: row.codec_params for row in open_triplets(rooms, task="depth")}
    for score in clean.scores:
        if score.kind and score.kind != "rainbow":
            assert f'"map":"{score.kind}"' in maps[score.sample_id]
    assert clean.kinds("normals") == {}


def test_the_truth_is_the_stored_frame_and_else_the_target(copied: Path, perfect: Model) -> None:
    exact = evaluate(perfect, copied)
    assert exact.exact == len(exact.scores)
    assert figure(exact, "depth", "abs_rel") > 0
    shutil.rmtree(copied / "frames")
    by_target = evaluate(perfect, copied)
    assert by_target.exact == 0
    assert figure(by_target, "depth", "abs_rel") == 0
    assert figure(by_target, "normals", "mean_deg") == pytest.approx(0, abs=1e-9)
    for task in set(ENCODERS) - {"depth", "normals"}:
        assert by_target.tasks()[task] == exact.tasks()[task]


def test_an_encoded_dataset_takes_its_truth_from_the_frames_that_it_was_encoded_from(
    room: Path, copied: Path, perfect: Model
) -> None:
    shutil.rmtree(copied / "frames")
    record = json.loads((copied / "run.json").read_text())
    (copied / "run.json").write_text(json.dumps(record | {"frames_from": read_record(room).digest()}))
    assert evaluate(perfect, copied).exact == 0
    assert evaluate(perfect, copied, frames=room).scores == evaluate(perfect, room).scores
    with pytest.raises(InputError, match="digests of their runs differ"):
        evaluate(perfect, copied, frames=copied)
    with pytest.raises(InputError, match="was not encoded from the frames of another dataset"):
        evaluate(perfect, room, frames=copied)


def test_only_true_depths_in_range_count(room: Path) -> None:
    depths = {row.sample_id: row for row in open_triplets(room, task="depth")}
    nearest = min(row.z_depth_min_m for row in depths.values())
    farthest = max(row.z_depth_max_m for row in depths.values())
    all_of_it = evaluate(scattered, room, tasks=["depth"], depth_range_m=(nearest, farthest))
    assert (
        all_of_it.tasks()["depth"].figures
        == evaluate(scattered, room, tasks=["depth"], depth_range_m=(0.0, math.inf)).tasks()["depth"].figures
    )
    near = evaluate(scattered, room, tasks=["depth"], depth_range_m=(0.0, 2.5)).tasks()["depth"]
    assert near.figures["abs_rel"] > all_of_it.tasks()["depth"].figures["abs_rel"]
    none = evaluate(scattered, room, tasks=["depth"], depth_range_m=(900.0, 901.0)).tasks()["depth"]
    assert (none.scored, none.counted) == (2, 0)
    assert math.isnan(none.figures["delta1"])


def test_an_image_in_which_nothing_counts_adds_to_no_mean_and_is_none_of_the_worst(room: Path) -> None:
    nearer, farther = sorted(row.z_depth_max_m for row in open_triplets(room, task="depth"))
    report = evaluate(scattered, room, tasks=["depth"], depth_range_m=((nearer + farther) / 2, math.inf))
    total = report.tasks()["depth"]
    (counted,) = worst_of(report, "depth", 8)
    assert (total.scored, total.counted) == (2, 1)
    assert total.figures == counted.score.figures


def test_missing_predictions_are_listed_and_the_others_scored(room: Path, targets_of: TargetsOf) -> None:
    given = dict(targets_of(room))
    lacking = sorted(given)[::3]
    for name in lacking:
        del given[name]
    report = evaluate(given, room)
    assert list(report.missing) == lacking
    assert {score.sample_id for score in report.scores} == set(given)
    assert sum(score.asked for score in report.tasks().values()) == len(given) + len(lacking)
    assert sum(score.scored for score in report.tasks().values()) == len(given)


def test_nothing_at_all_is_a_report_too(room: Path) -> None:
    report = evaluate({}, room)
    for task, score in report.tasks().items():
        assert (score.scored, score.counted) == (0, 0)
        assert [math.isnan(value) for value in score.figures.values()] == [True] * len(SCORERS[task].figures)


def test_a_function_of_triplets_gives_what_arrays_give(room: Path, perfect: Model, targets_of: TargetsOf) -> None:
    assert evaluate(perfect, room).scores == evaluate(targets_of(room), room).scores
    answered: list[str] = []

    def silent(row: DecodedTriplet) -> None:
        answered.append(row.prompt)

    assert evaluate(silent, room).missing == tuple(sorted(targets_of(room)))
    assert sorted(answered) == sorted(row.prompt for row in open_triplets(room))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([1, 2], "it is a list, must be an array of uint8, (h, w, 3)"),
        (np.zeros((4, 4, 3)), "it is an array of float64, (4, 4, 3); must be of uint8, (h, w, 3)"),
        (np.zeros((3, 4, 4), np.uint8), "it is an array of uint8, (3, 4, 4); must be of uint8, (h, w, 3)"),
        (np.zeros((0, 4, 3), np.uint8), "it is an array of uint8, (0, 4, 3); must be of uint8, (h, w, 3)"),
    ],
)
def test_what_is_no_picture_is_unreadable(room: Path, given: object, why: str) -> None:
    first = open_triplets(room)[0].sample_id
    (unreadable,) = evaluate(lambda row: given if row.sample_id == first else None, room).unreadable  # type: ignore[arg-type, return-value]
    assert (unreadable.name, unreadable.why) == (first, why)


def test_no_split_or_task_makes_the_others_predictions_extra(rooms: Path, targets_of: TargetsOf) -> None:
    given = {**targets_of(rooms), "scene-99999999-view-00-depth-0": np.zeros((4, 4, 3), np.uint8)}
    report = evaluate(given, rooms, split="val", tasks=["normals"])
    assert report.extra == ("scene-99999999-view-00-depth-0",)
    assert report.missing == ()
    assert {(score.split, score.task) for score in report.scores} == {("val", "normals")}
    assert len(report.scores) == len(open_triplets(rooms, "val", "normals"))


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (700, 3), (96, 96), (384, 192)])
@pytest.mark.parametrize("pixels", ["static", "black", "white"])
def test_no_picture_is_so_wrong_that_it_raises(room: Path, size: tuple[int, int], pixels: str) -> None:
    static = np.random.default_rng(3).integers(0, 256, (*size, 3), np.uint8)
    rgb = {"static": static, "black": np.zeros_like(static), "white": np.full_like(static, 255)}[pixels]
    report = evaluate(lambda row: rgb, room)
    for score in report.scores:
        assert (score.height_px, score.width_px) == size
        assert all(math.isnan(value) or value >= 0 for value in score.score.figures.values())


def test_a_picture_of_another_size_takes_the_nearest_pixels(room: Path, perfect: Model) -> None:
    doubled = evaluate(lambda row: row.target_rgb.repeat(2, axis=0).repeat(3, axis=1), room)
    for mine, theirs in zip(doubled.scores, evaluate(perfect, room).scores, strict=True):
        assert mine.score == theirs.score
        assert (mine.width_px, mine.height_px) == (3 * theirs.width_px, 2 * theirs.height_px)


def test_progress_is_told_sample_by_sample(room: Path, perfect: Model) -> None:
    told: list[tuple[int, int]] = []
    report = evaluate(perfect, room, progress=lambda done, asked: told.append((done, asked)))
    assert told == [(done, len(report.scores)) for done in range(1, len(report.scores) + 1)]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"split": "vla"}, "no split 'vla'"),
        ({"tasks": ["normal"]}, "no task 'normal' (did you mean 'normals'?); it has depth, normals"),
        ({"depth_range_m": (60.0, 0.3)}, "a range of depths from 60 to 0.3 m; it must rise"),
        ({"depth_range_m": (math.nan, 1.0)}, "a range of depths from nan to 1 m"),
        ({"depth_range_m": (-1.0, 1.0)}, "a range of depths from -1 to 1 m"),
    ],
)
def test_what_can_not_be_asked_is_one_line(room: Path, asked: dict[str, object], line: str) -> None:
    with pytest.raises(InputError) as told:
        evaluate({}, room, **asked)  # type: ignore[arg-type]
    assert line in str(told.value)
    assert "\n" not in str(told.value)


def test_a_damaged_dataset_names_the_sample(copied: Path, perfect: Model) -> None:
    (frames,) = copied.glob("frames/*/*.parquet")
    content = bytearray(frames.read_bytes())
    content[len(content) // 2] ^= 1
    frames.write_bytes(content)
    with pytest.raises(DatasetError, match=r"scene-00000000-view-0\d-\w+-0: .*\.parquet"):
        evaluate(perfect, copied)


@pytest.mark.parametrize(
    ("swapped", "line"),
    [
        ({"depth": "normals", "normals": "depth"}, "its prompt asks for normals, its row says depth"),
        ({"semantic": "semantic"}, "its prompt and its legend name different things"),
    ],
)
def test_a_prompt_that_is_not_its_rows_is_told(copied: Path, swapped: dict[str, str], line: str) -> None:
    (path,) = copied.glob("triplets/*/*.parquet")
    triplets = open_triplets(copied)
    rows = [triplets.stored(index) for index in range(len(triplets))]
    prompts = {(row.task, row.frame_id): row.edit_prompt for row in rows}
    first, second = sorted({row.frame_id for row in rows})
    other = {first: second, second: first}
    changed = [
        replace(row, edit_prompt=prompts[swapped[row.task], other[row.frame_id]]) if row.task in swapped else row
        for row in rows
    ]
    path.write_bytes(triplets_file(changed, unit_footer(path).metadata()))
    with pytest.raises(DatasetError, match=line):
        evaluate(lambda row: row.target_rgb, copied)
