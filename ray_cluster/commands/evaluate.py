"""`scenegen evaluate`: a table for each task, what could not be scored, and the files that were asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ray_cluster.bars import bars
from ray_cluster.telling import plain
from scenegen.dataset.file_kind import irregular
from scenegen.dataset.output import write_output
from scenegen.dataset.png import encode_png
from scenegen.evaluate.cases import Cases
from scenegen.evaluate.evaluation import evaluate_cases
from scenegen.evaluate.offer import Offer, offer_of
from scenegen.evaluate.predictions import ENDINGS
from scenegen.evaluate.records import report_json, samples_parquet
from scenegen.evaluate.report import Report, SetScore
from scenegen.evaluate.scores import SCORERS
from scenegen.evaluate.worst import worst_sheets
from schemas.errors import OutputError

_LEAST_COLUMNS = 80
"""Of a table, so that no figure is cut in a narrow terminal."""
_SHOWN = 10
"""Of a list; all of it is in the JSON."""


@dataclass(frozen=True)
class Outputs:
    """Files to be written beside the tables."""

    json: Path | None = None
    samples: Path | None = None
    worst: Path | None = None
    """A folder."""
    worst_count: int = 8


def run(predictions: Path, cases: Cases, outputs: Outputs) -> Iterator[str]:
    """Prints what the predictions score; yields a line for each file that it writes."""
    _check(outputs)
    offer = offer_of(predictions)
    with bars() as shown:
        task = shown.add_task("samples", total=None)
        report = evaluate_cases(offer, cases, lambda done, asked: shown.update(task, completed=done, total=asked))
    _print(report)
    return _written(report, offer, cases, outputs)


def _check(outputs: Outputs) -> None:
    """Raises OutputError where a file can't be written, before an hour is spent on what goes into it."""
    for path in (outputs.json, outputs.samples):
        if path is not None and (kind := irregular(path)):
            raise OutputError(f"{path} can't be written: it is {kind}; give the name of a file")
    if outputs.worst is not None and outputs.worst.exists() and not outputs.worst.is_dir():
        raise OutputError(f"{outputs.worst} can't be written into: it is {irregular(outputs.worst) or 'a file'}")


def _written(report: Report, offer: Offer, cases: Cases, outputs: Outputs) -> Iterator[str]:
    if outputs.json is not None:
        write_output(outputs.json, report_json(report).encode())
        yield f"wrote {outputs.json}"
    if outputs.samples is not None:
        write_output(outputs.samples, samples_parquet(report))
        yield f"wrote {outputs.samples}"
    if outputs.worst is not None:
        for task, sheet in worst_sheets(report, offer, cases, outputs.worst_count):
            target = outputs.worst / f"{task}.png"
            write_output(target, encode_png(sheet))
            yield f"wrote {target}"


def _print(report: Report) -> None:
    console = Console()
    console.width = max(console.width, _LEAST_COLUMNS)
    for task, score in report.tasks().items():
        console.print(_table(task, score, report.kinds(task)))
    for line in _notes(report):
        console.print(plain(line), markup=False, highlight=False, soft_wrap=True)


def _table(task: str, whole: SetScore, kinds: Mapping[str, SetScore]) -> Table:
    """Returns the figures of a task, then of each kind within it where there are several."""
    figures = SCORERS[task].figures
    table = Table(task, *(f"{figure.head} {figure.unit}".strip() for figure in figures), title_justify="left")
    for column in table.columns:
        column.no_wrap = True
    parts = kinds.items() if len(kinds) > 1 else ()
    for name, score in (
        (f"{whole.scored} of {whole.asked}", whole),
        *((f"{score.scored} {kind}", score) for kind, score in parts),
    ):
        table.add_row(name, *(figure.written(score.figures[figure.name]) for figure in figures))
    return table


def _notes(report: Report) -> Iterator[str]:
    low_m, high_m = report.depth_range_m
    targets = len(report.scores) - report.exact
    if "depth" in report.asked:
        yield f"depth: true depths of {low_m:g} to {high_m:g} m count; figures are means over images"
    if targets:
        yield f"truth: targets, to 8 bits, for {targets} of {len(report.scores)}: their frames are not there"
    for task, score in report.tasks().items():
        if score.counted < score.scored:
            yield f"{task}: in {score.scored - score.counted} of {score.scored} nothing counts"
    yield from _listed("missing", report.missing)
    yield from _listed("unreadable", [f"{each.name}: {each.why}" for each in report.unreadable])
    yield from _listed("extra", report.extra)
    if not report.scores:
        sample_id = next(iter(report.missing), "SAMPLE_ID")
        yield f"nothing was scored; a prediction is called {sample_id} and ends in {', '.join(ENDINGS)}"


def _listed(head: str, names: Sequence[str]) -> Iterable[str]:
    if names:
        yield f"{head}: {len(names)}"
        yield from (f"  {name}" for name in names[:_SHOWN])
    if len(names) > _SHOWN:
        yield f"  and {len(names) - _SHOWN} more, which --json lists"
