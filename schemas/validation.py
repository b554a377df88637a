"""What a validation says: a verdict on each check, with figures and the rows at fault; as JSON by `--json`.

Where frames were drawn, `at_most` bounds what was not looked at: with a confidence of 95 %, no larger a share of all
frames, or units, has a fault. It is Clopper and Pearson's bound, one-sided, and holds for draws without replacement
too.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from schemas.model import SCHEMA_VERSION, Frozen

CONFIDENCE = 0.95


class Fault(Frozen):
    """One thing that is off."""

    where: str
    """A sample_id, a frame_id, a scene_id, an asset_id, or a path relative to OUT."""
    what: str
    """With figures: what is there, what was planned."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class CheckVerdict(Frozen):
    """What one check came to."""

    check: str
    """A member of `scenegen.dataset.checks.table.CHECKS`."""
    verdict: Literal["passed", "failed", "not checked"]
    looked_at: int
    """How many of `things`."""
    things: str
    """What was counted: frames, triplets, files, units, scenes or assets."""
    at_fault: int = 0
    """Places with a fault; each may have several."""
    at_most: float | None = None
    """Largest share of all frames, or units, with a fault; nothing where all were looked at."""
    figures: dict[str, float] = Field(default_factory=dict)
    """Measured, by name."""
    note: str = ""
    """What could not be checked, and why."""
    faults: tuple[Fault, ...] = ()
    """In the order of the run; of very many the first."""
    faults_left_out: int = 0


class DrawnSample(Frozen):
    """Which part of a dataset was looked at."""

    share: float = Field(gt=0, le=1)
    """As asked for."""
    seed: int
    frames: int
    """Drawn, evenly over the run, each as likely as any other."""
    units: int
    """Drawn likewise, whose files were held against their hashes."""


class ValidationReport(Frozen):
    """What was read and what was off."""

    schema_version: Literal[4] = SCHEMA_VERSION
    run_digest: str | None = None
    """Nothing where run.json can't be read."""
    planned_frames: int = 0
    frames: int = 0
    """Looked at; where frames are not kept, those whose triplets were."""
    triplets: int = 0
    """Looked at."""
    frames_at_fault: int = 0
    """Of those looked at."""
    frames_at_most: float | None = None
    """As `CheckVerdict.at_most`, of faults of any kind."""
    sample: DrawnSample | None = None
    """Nothing where all was looked at."""
    checks: tuple[CheckVerdict, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is off."""
        return all(check.verdict != "failed" for check in self.checks)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that are named, check by check."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[Fault]:
        for check in self.checks:
            yield from check.faults

    def check(self, name: str) -> CheckVerdict:
        """Returns the verdict on one check; raises KeyError."""
        return {check.check: check for check in self.checks}[name]

    @property
    def worst_excess(self) -> dict[str, float]:
        """Returns task -> largest error of a target, in units of what rounding to 8 bits allows there."""
        return dict(self.check("targets").figures) if self.checks else {}
