"""The error tree: every fault that scenegen raises on purpose.

ScenegenError                 exit status 1
├── InputError                what the user gave can't be used: one clear line, exit status 2
│   ├── SpecError             unknown preset or key, bad value; carries all faults at once
│   ├── CatalogError          a package that is missing, a source or an asset that is unknown
│   └── OutputError           OUT can't be written, or holds another run
├── AssetError                one asset can't be loaded: it is left out, or its unit is given up; the run goes on
├── RenderError               Blender or Cycles did not deliver what was planned
└── DatasetError              what lies on disk does not verify
    └── BucketError           a bucket refuses to be read; an OSError too

A message says what was given, what is allowed, the nearest match, and the file, key or frame it concerns.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_LINE_LENGTH = 300


class ScenegenError(Exception):
    """A fault with a message for people."""

    exit_status = 1


class InputError(ScenegenError):
    """What the user gave can't be used."""

    exit_status = 2


class SpecError(InputError):
    """A run spec with faults; `faults` holds one line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[type["SpecError"], tuple[tuple[str, ...]]]:
        return type(self), (self.faults,)


class CatalogError(InputError):
    """A catalog that can't be opened, or lacks what was asked of it."""


class OutputError(InputError):
    """An output place that can't be written, or that belongs to another run."""


class AssetError(ScenegenError):
    """One asset that can't be loaded."""


class RenderError(ScenegenError):
    """Blender or Cycles did not deliver what was planned."""


class DatasetError(ScenegenError):
    """Stored data that does not verify."""


class BucketError(DatasetError, OSError):
    """A bucket that refuses to be read: errno, strerror and filename as of any OSError, and one line for people."""

    def __str__(self) -> str:
        return f"{self.filename} can't be read: {self.strerror}"


def first_line(error: BaseException) -> str:
    """Returns what a library's error says, on one line; its kind where it says nothing."""
    return (str(error) or type(error).__name__).splitlines()[0]


def one_line(text: str) -> str:
    """Returns a text on one line, without control characters, cut where it is long."""
    flat = " ".join(text.split())
    shown = "".join(letter if letter.isprintable() else "?" for letter in flat)
    return shown if len(shown) <= _LINE_LENGTH else f"{shown[:_LINE_LENGTH]}..."


def first_few(lines: Sequence[str], most: int) -> str:
    """Returns up to `most` lines as one, and how many more there are."""
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "; ".join([*lines[:most], *more])


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """Returns " (did you mean 'x'?)" for the nearest of `allowed`, or an empty string."""
    nearest = get_close_matches(given, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean '{nearest[0]}'?)" if nearest else ""
