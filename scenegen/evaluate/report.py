"""Report: what a set of predictions scores, over how many of how many, and what could not be scored."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenegen.evaluate.predictions import Unusable
from scenegen.evaluate.regions import Overlap
from scenegen.evaluate.scores import SCORERS, Figures, Score


@dataclass(frozen=True)
class SampleScore:
    """What the prediction for one sample scores."""

    index: int
    """Of its case."""
    sample_id: str
    frame_id: str
    task: str
    split: str
    kind: str
    """The colour map of depth; empty for other tasks."""
    is_exact: bool
    """Whether the truth is the stored frame, and not the target."""
    width_px: int
    height_px: int
    """Of the prediction as it was given."""
    score: Score


@dataclass(frozen=True)
class SetScore:
    """What a task, or a part of it, scores."""

    asked: int
    """Triplets."""
    scored: int
    """Predictions that could be read."""
    counted: int
    """Those of them in which something counts; figures are over these."""
    figures: Figures


@dataclass(frozen=True)
class Report:
    """What predictions score against a dataset."""

    asked: Mapping[str, int]
    """task -> triplets."""
    scores: tuple[SampleScore, ...]
    """In the order of the sample ids."""
    missing: tuple[str, ...]
    """Samples without a prediction."""
    unreadable: tuple[Unusable, ...]
    """Predictions that can't be used, and why."""
    extra: tuple[str, ...]
    """Predictions for no sample of the dataset."""
    depth_range_m: tuple[float, float]
    """Within which the true depths count."""

    @property
    def exact(self) -> int:
        """Returns how many predictions were held against stored frames; the others against targets."""
        return sum(score.is_exact for score in self.scores)

    def tasks(self) -> dict[str, SetScore]:
        """Returns what each task that was asked for scores."""
        of_task = defaultdict(list)
        for score in self.scores:
            of_task[score.task].append(score.score)
        return {task: _set_score(task, asked, of_task[task]) for task, asked in self.asked.items()}

    def kinds(self, task: str) -> dict[str, SetScore]:
        """Returns what each kind within a task scores, the colour maps of depth; `asked` is what was scored."""
        of_kind = defaultdict(list)
        for score in self.scores:
            if score.task == task and score.kind:
                of_kind[score.kind].append(score.score)
        return {kind: _set_score(task, len(scores), scores) for kind, scores in sorted(of_kind.items())}

    def classes(self) -> dict[str, Overlap]:
        """Returns the overlap of each class over all semantic samples; mIoU is the mean of those with a pixel."""
        of_class: dict[str, Overlap] = defaultdict(Overlap)
        for score in self.scores:
            for label, overlap in score.score.regions if score.task == "semantic" else ():
                of_class[label] += overlap
        return dict(sorted(of_class.items()))


def _set_score(task: str, asked: int, scores: Sequence[Score]) -> SetScore:
    scorer = SCORERS[task]
    counted = sum(not math.isnan(score.figures[scorer.worst_by]) for score in scores)
    figures = scorer.total(scores) if scores else dict.fromkeys([figure.name for figure in scorer.figures], math.nan)
    return SetScore(asked, len(scores), counted, figures)
