"""A unit: consecutive scenes whose frames fill one file; a pure function of (spec, catalog lock, unit number)."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from schemas.frame import Outcome, frame_id
from schemas.ledger import LedgerEntry
from schemas.model import Frozen
from schemas.run_spec import RunSpec, SplitSpec
from schemas.seeds import rng_for


class Unit(Frozen):
    """What one worker makes and commits at once."""

    index: int
    split: str
    scene_start: int
    scene_stop: int
    """One past the last scene."""

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

    def ledger_path(self, attempt: int) -> str:
        """Returns the path of what an attempt that was committed cost, relative to OUT."""
        return f"ledger/{self.name}-{attempt}.json"

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


def units_of(spec: RunSpec) -> list[Unit]:
    """Returns all units of a run, in order; the last may be short."""
    starts = range(0, spec.scenes, spec.scenes_per_unit)
    return [
        Unit(
            index=index,
            split=split_of(spec, index),
            scene_start=start,
            scene_stop=min(start + spec.scenes_per_unit, spec.scenes),
        )
        for index, start in enumerate(starts)
    ]
