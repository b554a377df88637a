"""Evaluation: a set of predictions held against a dataset, one sample after another.

    report = evaluate("predictions", "out", split="val")
    report.tasks()["depth"].figures["delta1"]

Predictions are a folder of pictures, arrays by their sample ids, or a function from a triplet to its picture: a model.
Memory holds one prediction, one frame, what is read with them (32 rows), and some two kilobytes for each sample.
"""

from collections import Counter
from collections.abc import Callable, Collection
from functools import partial

from scenegen.dataset.places import Located
from scenegen.evaluate.cases import DEPTH_RANGE_M, Case, Cases, Listed
from scenegen.evaluate.offer import Offer, Predictions, offer_of
from scenegen.evaluate.predictions import Rgb, Unreadable, Unusable
from scenegen.evaluate.report import Report, SampleScore
from scenegen.evaluate.scores import SCORERS


def evaluate(  # noqa: PLR0913 - what is asked for stands in words of its own
    predictions: Predictions,
    out: str | Located,
    *,
    split: str | None = None,
    tasks: Collection[str] | None = None,
    depth_range_m: tuple[float, float] = DEPTH_RANGE_M,
    frames: str | Located | None = None,
    progress: Callable[[int, int], None] = lambda done, asked: None,
) -> Report:
    """Returns what the predictions score against the dataset `out`: all of it, or a split or some tasks of it.

    predictions: a folder; or sample_id -> RGB; or triplet -> RGB, where None is a missing one. Of any size.
    depth_range_m: true depths that count. frames: the dataset whose frames `out` was encoded from, if it was.
    progress: called with the samples done and asked for.

    Raises InputError for what can't be asked, DatasetError where the dataset does not verify, and what a function of
    predictions itself raises. No prediction is so wrong that it raises.
    """
    return evaluate_cases(offer_of(predictions), Cases(out, split, tasks, frames, depth_range_m), progress)


def evaluate_cases(
    offer: Offer, cases: Cases, progress: Callable[[int, int], None] = lambda done, asked: None
) -> Report:
    """Returns what predictions score in the cases."""
    asked = Counter(dict.fromkeys(cases.tasks, 0))
    asked.update(listed.task for listed in cases.listed())
    scores, missing, unreadable = [], [], list(offer.closed)
    for done, listed in enumerate(cases.listed(), start=1):
        given = offer.read(listed.sample_id, partial(cases.triplet, listed.index))
        if given is None:
            missing.append(listed.sample_id)
        elif isinstance(given, Unreadable):
            unreadable.append(Unusable(offer.name(listed.sample_id), given.why))
        else:
            scores.append(_scored(listed, cases[listed.index], given))
        progress(done, asked.total())
    return Report(
        asked=dict(asked),
        scores=tuple(sorted(scores, key=lambda score: score.sample_id)),
        missing=tuple(sorted(missing)),
        unreadable=tuple(sorted(unreadable, key=lambda each: each.name)),
        extra=_extra(offer, cases),
        depth_range_m=cases.depth_range_m,
    )


def _scored(listed: Listed, case: Case, prediction: Rgb) -> SampleScore:
    height_px, width_px, _ = prediction.shape
    return SampleScore(
        index=listed.index,
        sample_id=listed.sample_id,
        frame_id=case.triplet.frame_id,
        task=listed.task,
        split=case.triplet.split,
        kind=case.kind,
        is_exact=case.is_exact,
        width_px=width_px,
        height_px=height_px,
        score=SCORERS[listed.task].score(case, case.decode(prediction)),
    )


def _extra(offer: Offer, cases: Cases) -> tuple[str, ...]:
    names = set(offer.names)
    names.difference_update(cases.all_names())
    return tuple(sorted(offer.name(name) for name in names))
