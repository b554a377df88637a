"""The verdict of a validation on a page: what it came to, a line for each check, the first rows at fault by name."""

from html import escape

from scenegen.dataset.checks.words import at_fault, looked_at, said, summary
from scenegen.pages.tables import table_html
from schemas.validation import CheckVerdict, ValidationReport

_FAULTS_SHOWN = 20
_HEADS = ("check", "verdict", "looked at", "at fault", "what it asks, and what it found")
_LOOKS = {"passed": "passed", "failed": "failed", "not checked": "unsure"}


def verdict_section(report: ValidationReport) -> str:
    """Returns the HTML of a validation."""
    rows = [(check.check, check.verdict, looked_at(check), at_fault(check), said(check)) for check in report.checks]
    look = "passed" if report.ok else "failed"
    return (
        f'<section id="validation"><h2>Validation</h2><p class="verdict {look}">{escape(summary(report))}</p>'
        f"{table_html(_HEADS, rows, ('looked at', 'at fault'), _LOOKS)}{''.join(map(_faults, report.checks))}</section>"
    )


def _faults(check: CheckVerdict) -> str:
    if not check.faults:
        return ""
    items = "".join(f"<li>{escape(str(fault))}</li>" for fault in check.faults[:_FAULTS_SHOWN])
    more = len(check.faults) + check.faults_left_out - _FAULTS_SHOWN
    left = f'<p class="quiet">and {more:,} more: scenegen validate --json FILE names them</p>' if more > 0 else ""
    return f'<details open><summary>{escape(check.check)}</summary><ul class="names">{items}</ul>{left}</details>'
