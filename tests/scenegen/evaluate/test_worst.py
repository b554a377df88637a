"""The worst cases: which they are, and what their error maps show at pixels whose error is known."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import UInt8

from scenegen.dataset.false_color import NOTHING, viridis
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.rows import DecodedTriplet
from scenegen.encoders import ENCODERS
from scenegen.evaluate import evaluate
from scenegen.evaluate.cases import Case, Cases
from scenegen.evaluate.error_maps import ERROR_MAPS
from scenegen.evaluate.evaluation import evaluate_cases
from scenegen.evaluate.offer import offer_of
from scenegen.evaluate.scores import SCORERS
from scenegen.evaluate.worst import worst_of, worst_sheets

TargetsOf = Callable[[Path], Mapping[str, np.ndarray]]
RIGHT, MISSED, FALSE, CONFUSED = (150, 205, 160), (40, 90, 200), (215, 60, 50), (245, 180, 40)
NONE, MOST = viridis(np.array([0.0, 1.0])).tolist()


def case_of(out: Path, task: str, number: int = 0) -> Case:
    cases = Cases(out, tasks=[task])
    return cases[[listed.index for listed in cases.listed()][number]]


def colors_of(rgb: UInt8[np.ndarray, "h w 3"]) -> set[tuple[int, ...]]:
    return set(map(tuple, rgb.reshape(-1, 3).tolist()))


def without(case: Case, number: int) -> Case:
    """Marks an object as one that can't be decoded."""
    entries = list(case.triplet.legend)
    entries[number - 1] = replace(entries[number - 1], decodable=False)
    return replace(case, triplet=replace(case.triplet, legend=tuple(entries)))


def half_blank(row: DecodedTriplet) -> np.ndarray:
    """Paints the targets of the first view, and the background over those of the second."""
    if row.frame_id.endswith("00"):
        return row.target_rgb
    return np.broadcast_to(row.target_rgb[0, 0], row.target_rgb.shape).copy()


@pytest.mark.parametrize("task", ENCODERS)
def test_the_worst_come_first(room: Path, task: str) -> None:
    report = evaluate(half_blank, room, tasks=[task])
    first, *_ = worst_of(report, task, 1)
    assert "-view-01-" in first.sample_id
    both = worst_of(report, task, 8)
    figure = SCORERS[task].figure(SCORERS[task].worst_by)
    figures = [score.score.figures[figure.name] for score in both]
    assert figures == sorted(figures, reverse=not figure.higher_is_better)
    assert len(both) == 2


@pytest.mark.parametrize("task", ENCODERS)
def test_an_error_map_of_what_is_right_shows_no_error(room: Path, task: str) -> None:
    for number in range(2):
        case = case_of(room, task, number)
        target = {row.sample_id: row.target_rgb for row in open_triplets(room)}[case.triplet.sample_id]
        # The five steps give a thing back to an IoU of 0.95 only: what is right to the pixel is the truth itself.
        decoded = case.truth.astype(np.int32) if task == "instance" else case.decode(target)
        rgb = ERROR_MAPS[task](case, decoded).astype(int)
        if task in {"depth", "normals"}:
            off = np.abs(rgb - NONE).max(axis=-1)
            assert (off[(rgb != NOTHING).any(axis=-1)] <= 8).all()
        else:
            assert colors_of(rgb) <= {RIGHT, NOTHING}


@pytest.mark.parametrize("task", ["depth", "normals"])
def test_errors_of_surfaces_grow_from_violet_to_yellow(room: Path, task: str) -> None:
    shown = case_of(room, task)
    truth = shown.truth.astype(np.float32)
    truth[3:5, 7] = np.inf if task == "depth" else 0
    case, off = replace(shown, truth=truth), truth.copy()
    counted = np.isfinite(truth) if task == "depth" else truth.any(axis=-1)
    rows, columns = np.nonzero(counted)
    spots = [(rows[i], columns[i]) for i in (0, len(rows) // 3, len(rows) // 2)]
    if task == "depth":
        off[spots[0]], off[spots[1]], off[spots[2]] = np.inf, truth[spots[1]] * 1.25, truth[spots[2]] * 0.4
    else:
        off[spots[0]], off[spots[2]] = 0, -truth[spots[2]]
        across = np.cross(truth[spots[1]], [0.0, 0.0, 1.0] if abs(truth[spots[1]][2]) < 0.9 else [1.0, 0.0, 0.0])
        off[spots[1]] = truth[spots[1]] * np.sqrt(3) / 2 + across / np.linalg.norm(across) / 2  # 30 degrees
    rgb = ERROR_MAPS[task](case, off)
    assert rgb[spots[0]].tolist() == rgb[spots[2]].tolist() == MOST
    np.testing.assert_allclose(rgb[spots[1]].astype(int), viridis(np.array([0.5]))[0], atol=1)
    assert (rgb[3:5, 7] == NOTHING).all()
    np.testing.assert_array_equal((rgb == NOTHING).all(axis=-1), ~counted)


@pytest.mark.parametrize("task", ["semantic", "referring"])
def test_errors_of_regions_say_what_was_taken_for_what(room: Path, task: str) -> None:
    case = case_of(room, task)
    decoded = case.truth.copy()
    inside, outside = np.argwhere(case.truth >= 0), np.argwhere(case.truth < 0)
    decoded[tuple(inside[0])], decoded[tuple(inside[1])] = -1, decoded[tuple(inside[1])] + 1
    decoded[tuple(outside[0])] = 0
    rgb = ERROR_MAPS[task](case, decoded)
    assert tuple(rgb[tuple(inside[0])]) == MISSED
    assert tuple(rgb[tuple(inside[1])]) == CONFUSED
    assert tuple(rgb[tuple(outside[0])]) == FALSE
    assert tuple(rgb[tuple(inside[2])]) == RIGHT
    assert tuple(rgb[tuple(outside[1])]) == NOTHING


def test_instances_are_matched_before_they_are_compared(room: Path) -> None:
    case = case_of(room, "instance")
    numbers = np.unique(case.truth[case.truth > 0])
    renamed = np.where(case.truth > 0, 1 + numbers.max() - case.truth, 0).astype(np.int32)
    decodable = [number for number, entry in enumerate(case.triplet.legend, start=1) if entry.decodable]
    rgb = ERROR_MAPS["instance"](case, renamed)
    assert colors_of(rgb[np.isin(case.truth, decodable)]) == {RIGHT}
    missed = ERROR_MAPS["instance"](case, np.where(case.truth == decodable[0], 0, renamed).astype(np.int32))
    assert colors_of(missed[case.truth == decodable[0]]) == {MISSED}
    ignored = ERROR_MAPS["instance"](without(case, decodable[0]), renamed)
    assert colors_of(ignored[case.truth == decodable[0]]) == {NOTHING}
    everywhere = ERROR_MAPS["instance"](case, np.ones_like(renamed))
    assert colors_of(everywhere[case.truth == 0]) == {FALSE}


def test_objects_that_can_not_be_decoded_are_neither_missed_nor_wrongly_found(room: Path) -> None:
    case = case_of(room, "instance")
    without_first = np.maximum(case.truth - np.int32(1), 0)
    for decoded in (without_first, case.truth):
        counts = SCORERS["instance"].score(without(case, 1), decoded).counts
        assert counts is not None
        assert (counts.objects, counts.instances) == (len(case.triplet.legend) - 1,) * 2
        assert set(counts.matched) == {counts.objects}


def test_there_is_a_sheet_for_each_task_that_has_scores(room: Path, targets_of: TargetsOf) -> None:
    given = {name: rgb for name, rgb in targets_of(room).items() if "normals" not in name}
    cases, offer = Cases(room), offer_of(given)
    report = evaluate_cases(offer, cases)
    sheets = dict(worst_sheets(report, offer, cases, 1))
    assert set(sheets) == set(ENCODERS) - {"normals"}
    two = dict(worst_sheets(report, offer, cases, 2))
    for task, sheet in sheets.items():
        assert sheet.dtype == np.uint8
        assert two[task].shape[0] > sheet.shape[0] + 256


def test_what_has_gone_since_is_left_out(room: Path, targets_of: TargetsOf) -> None:
    cases = Cases(room, tasks=["depth"])
    report = evaluate_cases(offer_of(targets_of(room)), cases)
    assert dict(worst_sheets(report, offer_of({}), cases, 2)) == {}
