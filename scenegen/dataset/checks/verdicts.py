"""The report of a validation: what the units' findings come to, check by check."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenegen.dataset.checks.across import UnitFindings, alike, alike_faults, credit_faults, leaks, twins
from scenegen.dataset.checks.check_unit import Run
from scenegen.dataset.checks.draw import at_most
from scenegen.dataset.checks.findings import Findings
from scenegen.dataset.checks.gate_checks import NOT_STORED
from scenegen.dataset.checks.table import CHECKS
from schemas.validation import CheckVerdict, DrawnSample, Fault, ValidationReport

_NAMED = 10_000
"""Faults of a check that are told one by one."""


_WITHOUT_FRAMES = {
    "scenes": "without stored frames: only what footers say",
    "buffers": "no stored frames",
    "ids": "no stored frames",
    "gates": "no stored frames",
    "targets": "without stored frames: only colours counted, no pixel held against the truth",
    "duplicates": "no stored frames",
    "leaks": "without stored frames: assets, and scenes by their cameras",
}
_INGESTED = {
    "plan": "ingested frames: names, splits, cameras and sizes; nothing was planned",
    "scenes": "ingested frames: each is a scene by itself",
    "gates": f"ingested frames: not judged by {', '.join(NOT_STORED)}; "
    "where objects or normals are lacking, nor by what needs them",
    "duplicates": "ingested frames: look-alikes are no fault: a film, or one place in several lights",
    "leaks": "ingested frames: no assets; all are of one split",
    "licences": "ingested frames show no assets of ours; run.json has their licence as far as it was given",
}
_OF_ALL = {"gates": f"by their stored verdicts alone: {', '.join(NOT_STORED)}"}
_OF_A_SAMPLE = {
    **_OF_ALL,
    "scenes": "only scenes of which all frames were drawn",
    "duplicates": "only among the frames drawn: run without --sample to tell",
    "leaks": "assets: of all units; scenes: of the frames drawn",
}


def report_of(
    runs: Sequence[Run], sample: DrawnSample | None, units: UnitFindings, whole: Findings
) -> ValidationReport:
    """Returns the report on a run and its generations.

    `whole` holds what belongs to no unit, such as a foreign file. `sample`: what was drawn.
    """
    first, records = runs[0], [run.record for run in runs]
    has_frames = any(run.has_frames for run in runs)
    is_ingested = any(record.ingested is not None for record in records)
    pairs = alike(units)
    frames = sum(findings.frames for _, findings in units)
    used = sorted({asset_id for _, findings in units for asset_id in findings.assets})
    for where, fault in (
        *(() if is_ingested else (*twins(units), *alike_faults(pairs, frames))),
        *leaks(units, pairs),
        *credit_faults(first.root, records, used),
    ):
        whole.fault(where, [fault])
    whole.looked_at.update({"record": 1, "leaks": len(used), "licences": len(used)})
    totals = _Totals([*(findings for _, findings in units), whole])
    if has_frames:
        totals.figures["duplicates"] = {"look alike": float(len({name for pair in pairs for name in pair}))}
    says = _Says(has_frames, is_ingested, sample, totals, frames)
    return ValidationReport(
        run_digest=first.record.digest(),
        planned_frames=sum(record.spec.scenes * record.spec.views_per_scene for record in records),
        frames=frames,
        triplets=totals.triplets,
        frames_at_fault=totals.frames_at_fault[""],
        frames_at_most=at_most(totals.frames_at_fault[""], frames) if sample else None,
        sample=sample,
        checks=tuple(says.verdict(name) for name in CHECKS),
    )


class _Totals:
    """Sums over all findings."""

    def __init__(self, everything: Iterable[Findings]) -> None:
        self.triplets = 0
        self.looked_at: Counter[str] = Counter()
        self.frames_at_fault: Counter[str] = Counter()
        self.units_at_fault: Counter[str] = Counter()
        self.faults: dict[str, list[Fault]] = {name: [] for name in CHECKS}
        worst: dict[str, float] = {}
        for findings in everything:
            self.triplets += findings.triplets
            self.looked_at += findings.looked_at
            self.frames_at_fault += findings.frames_at_fault
            for name, faults in findings.faults.items():
                self.faults[name] += faults
                self.units_at_fault[name] += bool(faults)
            for task, excess in findings.worst_excess.items():
                worst[task] = max(excess, worst.get(task, 0.0))
        self.looked_at["duplicates"] = self.looked_at["gates"]
        self.figures: dict[str, dict[str, float]] = {"targets": worst}


@dataclass(frozen=True)
class _Says:
    """What each check says."""

    has_frames: bool
    is_ingested: bool
    """Whether others rendered the frames."""
    sample: DrawnSample | None
    totals: _Totals
    frames: int

    def verdict(self, name: str) -> CheckVerdict:
        """Returns the verdict on one check."""
        check, faults = CHECKS[name], self.totals.faults[name]
        is_checked = (self.has_frames or not check.needs_frames) and not (self.is_ingested and name == "licences")
        if name == "scenes" and self.sample:  # frames drawn one by one seldom make up a scene
            is_checked &= self.totals.looked_at[name] > 0
        return CheckVerdict(
            check=name,
            verdict="failed" if faults else "passed" if is_checked else "not checked",
            looked_at=self.totals.looked_at[name],
            things=check.things,
            at_fault=len({fault.where for fault in faults}),
            at_most=self._bound(name),
            figures=self.totals.figures.get(name, {}),
            note=self._note(name),
            faults=tuple(faults[:_NAMED]),
            faults_left_out=max(0, len(faults) - _NAMED),
        )

    def _bound(self, name: str) -> float | None:
        """Returns what a share of frames, or units, tells of the others."""
        check = CHECKS[name]
        if self.sample is None or (check.needs_frames and not self.has_frames):
            return None
        if check.drawn == "units":
            return at_most(min(self.totals.units_at_fault[name], self.sample.units), self.sample.units)
        return at_most(self.totals.frames_at_fault[name], self.frames) if check.drawn == "frames" else None

    def _note(self, name: str) -> str:
        """Returns what a check could not tell."""
        if self.is_ingested and name in _INGESTED:
            return _INGESTED[name]
        if not self.has_frames:
            return _WITHOUT_FRAMES.get(name, "")
        return (_OF_ALL if self.sample is None else _OF_A_SAMPLE).get(name, "")
