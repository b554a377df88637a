"""Contents: what lies under OUT, told by one look at its names: units, bytes by kind, the ledger, what was set aside.

No file is opened. Names that are none of ours count among the others, and are never repeated.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import listed
from schemas.errors import DatasetError

KINDS = ("triplets", "frames", "failures", "ledger")
"""Folders of a dataset."""
OTHERS = "others"
_COMMITTED = re.compile(r"triplets/[^/]+/unit-(\d{8,})\.parquet")
_SET_ASIDE = re.compile(r"failures/unit-\d{8,}\.json")
_REPLACED = re.compile(r"failures/unit-\d{8,}-replaced\.json")
_DENIED = re.compile(r"failures/[^/]+/unit-\d{8,}-[0-9a-f]{16}\.parquet")
_LEDGER = re.compile(r"ledger/unit-\d{8,}-\d+\.json")


@dataclass
class Contents:
    """What was found; names are relative to OUT."""

    stored_bytes: Counter[str] = field(default_factory=Counter)
    """A member of KINDS, or OTHERS -> bytes."""
    changed_s: float = 0.0
    """When a file was last written; seconds since 1970."""
    committed: list[int] = field(default_factory=list)
    """Numbers of units."""
    ledger: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    """What is told of units that were given up."""
    replaced: list[str] = field(default_factory=list)
    """What is told of units of which scenes gave way to those of the next seeds."""
    denied: int = 0
    """Units with frames that a witness denied."""


def contents(root: Located) -> Contents:
    """Returns what lies there; raises DatasetError where it can't be listed."""
    found = Contents()
    lists = ((_LEDGER, found.ledger), (_SET_ASIDE, found.set_aside), (_REPLACED, found.replaced))
    try:
        for entry in listed(root):
            folder = entry.name.partition("/")[0]
            found.stored_bytes[folder if folder in KINDS else OTHERS] += entry.size_bytes
            found.changed_s = max(found.changed_s, entry.changed_s)
            if unit := _COMMITTED.fullmatch(entry.name):
                found.committed.append(int(unit[1]))
            found.denied += _DENIED.fullmatch(entry.name) is not None
            for pattern, names in lists:
                if pattern.fullmatch(entry.name):
                    names.append(entry.name)
    except OSError as error:
        raise DatasetError(f"{root} can't be listed: {error.strerror}") from error
    for _, names in lists:
        names.sort()
    return found
