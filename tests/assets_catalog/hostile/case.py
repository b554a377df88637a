"""Case: one hostile asset, a folder of its own with files, and links that may lead out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CANARY = "canary.png"
"""Beside the folder of all cases."""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """One hostile asset."""

    name: str
    files: Files
    links: Mapping[str, str] = field(default_factory=dict)
    """Name -> what it leads to."""
    size_bytes: Mapping[str, int] = field(default_factory=dict)
    """Name -> size that a file is stretched to, without its disk."""


def write_case(case: Case, folder: Path) -> Path:
    """Writes a case into a folder of its own, and returns it."""
    own = folder / case.name
    own.mkdir(parents=True)
    for name, content in case.files.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_bytes(content)
    for name, target in case.links.items():
        (own / name).symlink_to(target)
    for name, size_bytes in case.size_bytes.items():
        with (own / name).open("ab") as file:
            file.truncate(size_bytes)
    return own
