"""Verdicts for a terminal: the rows at fault, a table of the checks, and one line that says it all."""

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ray_cluster.telling import plain
from scenegen.dataset.checks.table import CHECKS
from schemas.validation import CONFIDENCE, CheckVerdict, ValidationReport

_SHOWN = 20
"""Faults of a check; with `--json` all are written."""
_STYLES = {"passed": "green", "failed": "bold red", "not checked": "yellow"}


def fault_lines(report: ValidationReport, json_file: Path | None) -> Iterator[str]:
    """Yields the rows at fault, check by check, up to 20 of each."""
    for check in report.checks:
        for fault in check.faults[:_SHOWN]:
            yield plain(f"{check.check}: {fault}")
        more = len(check.faults) + check.faults_left_out - _SHOWN
        if more > 0:
            where = f"in {json_file}" if json_file else "--json FILE names them"
            yield plain(f"{check.check}: and {more:,} more: {where}")


def verdict_table(report: ValidationReport) -> Table:
    """Returns a line for each check."""
    table = Table("check", "verdict", box=None, header_style="bold", pad_edge=False)
    table.add_column("looked at", justify="right")
    table.add_column("at fault", justify="right")
    table.add_column("what it asks, and what it found", ratio=1)
    for check in report.checks:
        verdict = Text(check.verdict, style=_STYLES[check.verdict])
        fault = Text(f"{check.at_fault:,}" if check.verdict != "not checked" else "-")
        looked = f"{check.looked_at:,} {check.things}" if check.looked_at or check.verdict != "not checked" else "-"
        table.add_row(check.check, verdict, looked, fault, Text(plain(_said(check))))
    return table


def summary_line(report: ValidationReport) -> str:
    """Returns what the validation came to."""
    if not report.checks[0].looked_at or report.run_digest is None:
        return "nothing could be checked without run.json"
    failed = [check.check for check in report.checks if check.verdict == "failed"]
    verdict = f"failed: {', '.join(failed)}" if failed else "nothing is off"
    counts = f"{report.frames:,} of {report.planned_frames:,} frames, {report.triplets:,} triplets"
    return f"{verdict}; {counts} looked at{_confidence(report)}"


def _confidence(report: ValidationReport) -> str:
    if report.sample is None or report.frames_at_most is None:
        return ""
    return (
        f", drawn with seed {report.sample.seed}: {report.frames_at_fault:,} of them at fault, so with "
        f"{CONFIDENCE:.0%} confidence at most {_share(report.frames_at_most)} of all frames are"
    )


def _said(check: CheckVerdict) -> str:
    figures = [f"{name} {_figure(check.check, value)}" for name, value in check.figures.items()]
    bound = [] if check.at_most is None else [f"at most {_share(check.at_most)} of all, {CONFIDENCE:.0%} confidence"]
    return "; ".join([CHECKS[check.check].asks, *figures, *bound, *([check.note] if check.note else [])])


def _figure(check: str, value: float) -> str:
    return f"{value:.3f} of its bound" if check == "targets" else f"{value:,.0f}"


def _share(share: float) -> str:
    return f"{100 * share:.2g} %"
