"""Verdicts for a terminal: the rows at fault, a table of the checks, and one line that says it all."""

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from rich.text import Text

from ray_cluster.telling import plain
from scenegen.dataset.checks.words import at_fault, looked_at, said
from schemas.validation import ValidationReport

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
        table.add_row(check.check, verdict, looked_at(check), Text(at_fault(check)), Text(plain(said(check))))
    return table
