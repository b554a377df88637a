"""What a mutation is: where the defect is planted, and who must name it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.mutations.subject import Subject
from scenegen.dataset.checks.findings import Findings


@dataclass(frozen=True)
class Planted:
    """A unit's files with a defect in them."""

    contents: dict[str, bytes]
    """Path -> content."""
    where: tuple[str, ...]
    """Names of which one must be named."""


Plant = Callable[[Subject, np.random.Generator], Planted | None]
"""Nothing where the subject can't have the defect."""


@dataclass(frozen=True)
class Mutation:
    """One kind of defect."""

    caught_by: tuple[str, ...]
    """Checks, or gates as 'gate edges', of which one must name it."""
    plant: Plant


def is_caught(mutation: Mutation, planted: Planted, found: Findings) -> bool:
    """Returns whether one of those that must catch the defect names it, in its place."""
    return any(
        fault.where in planted.where and _by(check, fault.what, name)
        for name in mutation.caught_by
        for check, faults in found.faults.items()
        for fault in faults
    )


def _by(check: str, line: str, name: str) -> bool:
    return f"the {name} again" in line if name.startswith("gate ") else check == name
