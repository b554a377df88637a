"""Policies: what becomes of a unit after a fault, by the kind of the fault; one table.

A fault that would come again with the same plan is not tried again. One that may be the machine's is, and after the
third the unit is set aside. What the unit had no part in counts no attempt, up to a number that a cluster in order
never reaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from schemas.errors import AssetError, DatasetError, InputError, RenderError

FaultKind: TypeAlias = Literal[
    "crashed",
    "killed",
    "memory",
    "hung",
    "silent",
    "unforeseen",
    "dataset",
    "asset",
    "render",
    "input",
    "bystander",
    "preempted",
    "lost",
]


@dataclass(frozen=True)
class Policy:
    """What follows a fault."""

    attempts: int | None
    """Faults that count, of whatever kind, after which the unit is set aside; nothing where this one doesn't count."""
    is_replaced: bool
    """Whether the unit goes to a fresh process: the one that met the fault is ended, or is gone."""
    is_alone: bool = False
    """Whether the unit is made alone from then on, with no other in the commit: the next death tells whose it was."""
    ends_run: bool = False
    is_of_scene: bool = False
    """Whether it may be the scene's, so that another scene takes its place where a full count is asked for."""


_DIED = Policy(attempts=3, is_replaced=True, is_alone=True, is_of_scene=True)
_REFUSED = Policy(attempts=1, is_replaced=False, is_of_scene=True)
_INNOCENT = Policy(attempts=None, is_replaced=True)

POLICIES: Mapping[FaultKind, Policy] = {
    "crashed": _DIED,  # a signal of its own making, or an exit
    "killed": _DIED,  # SIGKILL that was none of ours: the kernel short of memory, or a person
    "memory": _DIED,  # more than its share
    "hung": _DIED,  # past its deadline
    "silent": _DIED,  # the process that watches over it no longer answers either
    # an exception outside the tree of schemas.errors
    "unforeseen": Policy(attempts=3, is_replaced=True, is_of_scene=True),
    "dataset": Policy(attempts=3, is_replaced=False),  # read back other than written, or a stored file that is damaged
    "asset": _REFUSED,
    "render": _REFUSED,  # no picture by this plan, or too few good ones
    "input": Policy(attempts=1, is_replaced=False, ends_run=True),  # would meet every unit
    "bystander": Policy(attempts=None, is_replaced=True, is_alone=True),  # in the commit while another was made
    "preempted": _INNOCENT,  # its machine was asked to leave
    "lost": _INNOCENT,  # with its node
}
"""Kind of fault -> what follows."""

MOST_UNCOUNTED = 20
"""Faults that don't count, after which a unit is set aside all the same."""

_KINDS: tuple[tuple[type[BaseException], FaultKind], ...] = (
    (InputError, "input"),
    (AssetError, "asset"),
    (RenderError, "render"),
    (DatasetError, "dataset"),
    (MemoryError, "memory"),
)


def kind_of(error: BaseException) -> FaultKind:
    """Returns the kind of fault that an exception is."""
    return next((kind for family, kind in _KINDS if isinstance(error, family)), "unforeseen")
