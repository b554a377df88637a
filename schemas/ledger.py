"""The ledger of a run: what each committed unit cost, as OUT/ledger/unit-00000042-1.json. Outside the dataset's digest.

It is for estimates and bills; nothing depends on it, and an entry that couldn't be written is missing.
"""

from schemas.model import SCHEMA_VERSION, Frozen


class LedgerEntry(Frozen):
    """One attempt that ended in a commit."""

    schema_version: int = SCHEMA_VERSION
    unit: str
    attempt: int
    """Counts the leases of the unit in its run; 1 is the first."""
    host: str
    wall_s: float
    """From the worker's first look at the unit to its commit; the next unit was being made beside the last of it."""
    core_s: dict[str, float]
    """Seconds of processor time by stage: make (plan, build, measure, render), encode, commit."""
    stored_bytes: int
    """Of the files that the commit published."""
    frames: int
    triplets: int
    rejected: dict[str, int]
    """Views that were made and turned down, by gate."""
    already_there: bool
    """True where another worker had committed the unit first: the work was for nothing."""
