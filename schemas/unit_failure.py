"""What is told of a unit that was set aside: OUT/failures/unit-00000042.json. Outside the dataset's digest.

It holds what differs from run to run, such as hosts and the words of a crash. It goes when the unit is tried again and
committed. Of scenes that were replaced the same is told in OUT/failures/unit-00000042-replaced.json, which stays.
"""

from schemas.model import SCHEMA_VERSION, Frozen


class FailedAttempt(Frozen):
    """One fault of the unit."""

    kind: str
    """As `ray_cluster.policies` names it: crashed, killed, memory, hung, ..."""
    reason: str
    """One line."""
    signal: str | None = None
    """Name of the signal that ended the process, such as SIGSEGV."""
    traceback: str | None = None
    """Of an exception that nobody foresaw."""
    last_lines: tuple[str, ...] = ()
    """The end of what was said on stdout and stderr while the unit was made."""
    host: str | None = None
    scene_index: int | None = None
    """The scene in hand; nothing where it was the unit as a whole, in its commit for instance."""


class UnitFailure(Frozen):
    """A unit that was set aside, or of which scenes were replaced, and the faults that led to it."""

    schema_version: int = SCHEMA_VERSION
    unit: str
    split: str
    scene_start: int
    scene_stop: int
    """One past the last scene."""
    run_digest: str
    attempts: tuple[FailedAttempt, ...]
    """In their order; the last is why it was set aside, or replaced the last time."""
    replaced: tuple[tuple[int, int], ...] = ()
    """As in `schemas.unit.Unit`."""

    @property
    def reason(self) -> str:
        """Returns the last fault, on one line."""
        return self.attempts[-1].reason
