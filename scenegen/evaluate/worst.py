"""The worst cases of a report as pictures: for each task the samples that scored least, one below another.

Each shows the input, the target, the prediction at the target's size, and where it is off; with the prompt and the
figures. What can't be scored has no rank, so it isn't shown.
"""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np
from jaxtyping import UInt8

from scenegen.dataset.picture import decode_picture
from scenegen.dataset.png import decode_png
from scenegen.dataset.sheet import CELL_PX, Cell, draw_sheet, fitted
from scenegen.dataset.sheet_caption import Caption, Entry
from scenegen.evaluate.cases import Case, Cases
from scenegen.evaluate.error_maps import ERROR_MAPS, KEYS
from scenegen.evaluate.offer import Offer
from scenegen.evaluate.predictions import Rgb
from scenegen.evaluate.report import Report, SampleScore
from scenegen.evaluate.scores import SCORERS

_PROMPT_LINES = 4
_FIGURE_LINES = 3
_MOST_FIGURES = 3


def worst_sheets(
    report: Report, offer: Offer, cases: Cases, count: int
) -> Iterator[tuple[str, UInt8[np.ndarray, "h w 3"]]]:
    """Yields the tasks that have scores, each with a picture of up to `count` of its worst samples.

    Predictions are read again; one that has changed since, so that it can't be read, is left out.
    """
    for task in report.asked:
        worst = worst_of(report, task, count)
        rows = [row for score in worst if (row := _row(score, offer, cases))]
        if rows:
            head = SCORERS[task].figure(SCORERS[task].worst_by).head
            title = f"{task}: the worst {len(rows)} of {report.tasks()[task].scored} by {head}"
            yield task, draw_sheet(title, rows, [KEYS[task]()])


def worst_of(report: Report, task: str, count: int) -> list[SampleScore]:
    """Returns the samples of a task that scored least, the worst first."""
    scorer = SCORERS[task]
    sign = 1 if scorer.figure(scorer.worst_by).higher_is_better else -1
    ranked = [
        (sign * figure, score)
        for score in report.scores
        if score.task == task and not math.isnan(figure := score.score.figures[scorer.worst_by])
    ]
    return [score for _, score in sorted(ranked, key=lambda pair: (pair[0], pair[1].sample_id))[:count]]


def _row(score: SampleScore, offer: Offer, cases: Cases) -> list[Cell]:
    prediction = offer.read(score.sample_id, partial(cases.triplet, score.index))
    return _cells(score, cases[score.index], prediction) if isinstance(prediction, np.ndarray) else []


def _cells(score: SampleScore, case: Case, prediction: Rgb) -> list[Cell]:
    triplet = case.triplet
    error = ERROR_MAPS[score.task](case, case.decode(prediction))
    legend = tuple(Entry((entry.rgb,), entry.label) for entry in triplet.legend)
    captions = {
        "input": Caption(score.sample_id),
        "target": Caption(triplet.edit_prompt, _PROMPT_LINES, legend),
        "prediction": Caption(_size(score, case)),
        "error": Caption(_figures(score), _FIGURE_LINES),
    }
    pictures = {
        "input": fitted(decode_picture(triplet.input_image_bytes), smooth=True),
        "target": fitted(decode_png(triplet.target_png), smooth=False),
        "prediction": fitted(case.fitted(prediction), smooth=False),
        "error": fitted(error, smooth=max(error.shape) > CELL_PX),
    }
    return [Cell(head, pictures[head], caption) for head, caption in captions.items()]


def _size(score: SampleScore, case: Case) -> str:
    given, wanted = (score.width_px, score.height_px), (case.triplet.width_px, case.triplet.height_px)
    said = f"{given[0]} x {given[1]} pixels"
    return said if given == wanted else f"{said}, brought to {wanted[0]} x {wanted[1]}"


def _figures(score: SampleScore) -> str:
    """Returns the main figures, and which region is the worst; the letters of a sheet have no delta."""
    figures, values = SCORERS[score.task].figures[:_MOST_FIGURES], score.score.figures
    said = [f"{each.head}={each.written(values[each.name])}{each.unit}".replace("δ", "delta") for each in figures]
    regions = [(overlap.iou, label) for label, overlap in score.score.regions if overlap.union_px]
    worst = [f"least: {label} {iou:.4f}" for iou, label in sorted(regions)[:1]]
    return ", ".join([*said, *worst])
