"""TrainerFormat: how the rows of a dataset become files that a trainer reads; what a format is given, and gives.

    write_part(part, folder)    the rows of one unit become files; returns an entry for each
    index(splits)               the files that list all entries, and README.md

Each split has a folder of its own, so that no trainer takes test rows for its own by walking through folders.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, runtime_checkable

from scenegen.dataset.places import Located
from scenegen.dataset.rows import Triplets
from scenegen.dataset.trainer_formats.names import plain
from schemas.triplet import Triplet

Entry = dict[str, Any]
"""What an index says of a row, as JSON."""
TextFile = tuple[str, Iterable[str]]
"""Name relative to DEST, and its lines, each with its end."""


@runtime_checkable
class Folder(Protocol):
    """Where the files of a part go: DEST/<split>. Each appears whole or not at all; one that is there is left alone."""

    def put(self, name: str, data: bytes) -> None:
        """Writes a file; raises OutputError."""
        ...

    def writing(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Yields a file that appears when the block ends well; raises OutputError."""
        ...


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of one unit that are asked for."""

    root: Located
    """Of the dataset."""
    split: str
    unit: str
    """Such as 'unit-00000042'."""
    rows: Triplets

    @property
    def name(self) -> str:
        """Returns e.g. 'train/unit-00000042'."""
        return f"{self.split}/{self.unit}"

    def triplets(self) -> Iterator[Triplet]:
        """Yields the rows with their images as files; raises DatasetError, also for names that no file can have."""
        for index in range(len(self.rows)):
            triplet = self.rows.stored(index)
            plain(triplet.sample_id, f"{self.name}: sample_id")
            plain(triplet.frame_id, f"{self.name}: frame_id")
            yield triplet


@dataclass(frozen=True)
class Split:
    """All that was written of a split."""

    name: str
    folder: str
    """Absolute path, where the trainer will find it."""
    entries: Callable[[], Iterator[Entry]]
    """In the order of the dataset."""


@dataclass(frozen=True)
class TrainerFormat:
    """One trainer's way of reading pairs of pictures and prompts."""

    about: str
    """Who reads it, in a few words."""
    write_part: Callable[[Part, Folder], list[Entry]]
    index: Callable[[Sequence[Split]], Iterator[TextFile]]
    absolute: bool = False
    """Its files name others by absolute paths, as their reader takes them."""
    needs_frames: bool = False
    """It holds what only the frames of a dataset do."""
