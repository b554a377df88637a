"""A unit: consecutive scenes whose frames fill one file; a pure function of (spec, catalog lock, unit number)."""

from array import array
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple, TypeAlias, overload

from pydantic import Field

from schemas.frame import Outcome, frame_id
from schemas.ledger import LedgerEntry
from schemas.model import Frozen
from schemas.run_spec import RunSpec, SplitSpec
from schemas.seeds import rng_for
from schemas.unit_size import scenes_per_unit

MOST_REPLACED = 3
"""Times that a scene is replaced before its unit is set aside."""


class Unit(Frozen):
    """What one worker makes and commits at once."""

    index: int
    split: str
    scene_start: int
    scene_stop: int
    """One past the last scene."""
    replaced: tuple[tuple[int, int], ...] = Field((), exclude_if=lambda replaced: not replaced)
    """(scene, how often the next seeds took the place of its own), by scene; those of which it never happened aren't
    named. Nothing in a plan: it comes about in a run that wants a full count."""

    @property
    def planned(self) -> "Unit":
        """Returns the unit as it was planned, with no scene replaced."""
        return self.as_made(())

    def as_made(self, replaced: tuple[tuple[int, int], ...]) -> "Unit":
        """Returns the unit with these scenes replaced, and no others."""
        return self if replaced == self.replaced else self.model_copy(update={"replaced": replaced})

    def times_replaced(self, scene_index: int) -> int:
        """Returns how often the next seeds took the place of a scene's own."""
        return dict(self.replaced).get(scene_index, 0)

    @property
    def name(self) -> str:
        """Returns e.g. 'unit-00000042'."""
        return f"unit-{self.index:08d}"

    @property
    def triplets_path(self) -> str:
        """Returns the path of the commit record, relative to OUT."""
        return f"triplets/{self.split}/{self.name}.parquet"

    def frames_path(self, sha256: str) -> str:
        """Returns the path of the frames file with that content, relative to OUT."""
        return f"frames/{self.split}/{self.name}-{sha256[:16]}.parquet"

    def set_aside_path(self, sha256: str) -> str:
        """Returns the path of the file with that content of frames that were set aside, relative to OUT."""
        return f"failures/{self.split}/{self.name}-{sha256[:16]}.parquet"

    @property
    def failure_path(self) -> str:
        """Returns the path of what is told of the unit while it is set aside, relative to OUT."""
        return f"failures/{self.name}.json"

    @property
    def replaced_path(self) -> str:
        """Returns the path of what is told of its scenes that were replaced, relative to OUT."""
        return f"failures/{self.name}-replaced.json"

    def ledger_path(self, attempt: int) -> str:
        """Returns the path of what an attempt that was committed cost, relative to OUT."""
        return f"ledger/{self.name}-{attempt}.json"

    def frame_count(self, spec: RunSpec) -> int:
        """Returns how many frames the unit must hold."""
        return (self.scene_stop - self.scene_start) * spec.views_per_scene

    def frame_ids(self, spec: RunSpec) -> list[str]:
        """Returns the frames that the unit must hold, in order."""
        scenes = range(self.scene_start, self.scene_stop)
        return [frame_id(scene, view) for scene in scenes for view in range(spec.views_per_scene)]


FramesOfUnit: TypeAlias = Callable[[Unit], Iterator[Outcome]]
"""unit -> every frame of it with its scene's plan, in the order of `Unit.frame_ids`; and what became none."""


class Receipt(Frozen):
    """What a committed unit left."""

    unit: Unit
    triplets: int
    frames: int
    frames_path: str | None
    """Of the frames file that the commit record names; nothing where frames are not kept."""
    already_there: bool
    """True when another worker, or an earlier run, had committed it."""
    costs: LedgerEntry | None = None
    """What it took, as the ledger has it."""


def split_of(spec: RunSpec, unit_index: int) -> str:
    """Returns the split of a unit: a draw of its own stream against the shares in the spec."""
    shares = spec.splits
    draw = float(rng_for(spec.seed, "split", unit_index).random())
    if draw < shares.train:
        return "train"
    return "val" if draw < shares.train + shares.val else _last_split(shares)


def _last_split(shares: SplitSpec) -> str:
    """Returns the last split with a share: a sum of 1 - 1e-9 must not leak units into an empty one."""
    return next(name for name in ("test", "val", "train") if getattr(shares, name) > 0)


class Start(NamedTuple):
    """Where the numbers of a generation's units and scenes begin: behind those of the generations before it."""

    unit: int = 0
    scene: int = 0


FIRST = Start()


class Units(Sequence[Unit]):
    """Some units of a run, in order; each is made when it is asked for, so that a million are held as numbers."""

    def __init__(self, spec: RunSpec, indices: Sequence[int], start: Start = FIRST) -> None:
        self._spec = spec
        self._indices = indices
        self._start = start

    def __len__(self) -> int:
        return len(self._indices)

    @overload
    def __getitem__(self, place: int) -> Unit: ...
    @overload
    def __getitem__(self, place: slice) -> "Units": ...
    def __getitem__(self, place: int | slice) -> "Unit | Units":
        """Returns one unit, or for a slice the `Units` of it."""
        if isinstance(place, slice):
            return Units(self._spec, self._indices[place], self._start)
        return _unit(self._spec, self._indices[place], self._start)

    def without(self, indices: Container[int]) -> "Units":
        """Returns the units whose numbers are not among `indices`."""
        kept = array("l", (index for index in self._indices if index not in indices))
        return Units(self._spec, kept, self._start)


def units_of(spec: RunSpec, start: Start = FIRST) -> Units:
    """Returns all units of a run, or of a generation that starts elsewhere, in order; the last may be short."""
    count = -(-spec.scenes // scenes_per_unit(spec))
    return Units(spec, range(start.unit, start.unit + count), start)


def _unit(spec: RunSpec, index: int, start: Start) -> Unit:
    size = scenes_per_unit(spec)
    scene_start = start.scene + (index - start.unit) * size
    scene_stop = min(scene_start + size, start.scene + spec.scenes)
    return Unit(index=index, split=split_of(spec, index), scene_start=scene_start, scene_stop=scene_stop)
