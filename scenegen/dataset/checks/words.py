"""What a validation came to, in words: a line for each check, and one that says it all."""

from scenegen.dataset.checks.table import CHECKS
from schemas.validation import CONFIDENCE, CheckVerdict, ValidationReport


def summary(report: ValidationReport) -> str:
    """Returns what the validation came to."""
    if not report.checks[0].looked_at or report.run_digest is None:
        return "nothing could be checked without run.json"
    failed = [check.check for check in report.checks if check.verdict == "failed"]
    verdict = f"failed: {', '.join(failed)}" if failed else "nothing is off"
    counts = f"{report.frames:,} of {report.planned_frames:,} frames, {report.triplets:,} triplets"
    return f"{verdict}; {counts} looked at{_confidence(report)}"


def said(check: CheckVerdict) -> str:
    """Returns what a check asks, and what it found."""
    figures = [f"{name} {_figure(check.check, value)}" for name, value in check.figures.items()]
    bound = [] if check.at_most is None else [f"at most {_share(check.at_most)} of all, {CONFIDENCE:.0%} confidence"]
    return "; ".join([CHECKS[check.check].asks, *figures, *bound, *([check.note] if check.note else [])])


def looked_at(check: CheckVerdict) -> str:
    """Returns how much a check looked at; a dash where it could not look."""
    return f"{check.looked_at:,} {check.things}" if check.looked_at or check.verdict != "not checked" else "-"


def at_fault(check: CheckVerdict) -> str:
    """Returns how many places are at fault; a dash where that was not checked."""
    return f"{check.at_fault:,}" if check.verdict != "not checked" else "-"


def _confidence(report: ValidationReport) -> str:
    if report.sample is None or report.frames_at_most is None:
        return ""
    return (
        f", drawn with seed {report.sample.seed}: {report.frames_at_fault:,} of them at fault, so with "
        f"{CONFIDENCE:.0%} confidence at most {_share(report.frames_at_most)} of all frames are"
    )


def _figure(check: str, value: float) -> str:
    return f"{value:.3f} of its bound" if check == "targets" else f"{value:,.0f}"


def _share(share: float) -> str:
    return f"{100 * share:.2g} %"
