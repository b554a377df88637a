"""A sample: one triplet to be made of a frame; which ones is a pure function of (spec, frame)."""

from dataclasses import dataclass

from schemas.run_spec import RunSpec
from schemas.seeds import rng_for, seed_for


@dataclass(frozen=True)
class Sample:
    """A task asked of a frame, once."""

    frame_id: str
    task: str
    number: int
    """Counts the samples of the frame's task."""
    seed: int
    """Of its own streams: what is asked for, colours and prompt."""

    @property
    def sample_id(self) -> str:
        """Returns its name, e.g. 'scene-00000003-view-01-depth-0'."""
        return f"{self.frame_id}-{self.task}-{self.number}"


def samples_of(spec: RunSpec, frame_id: str) -> tuple[Sample, ...]:
    """Returns the samples of a frame, task by task in the order of the spec."""
    return tuple(
        Sample(frame_id, task, number, seed_for(spec.seed, frame_id, task, spec.epoch, number))
        for task in spec.tasks
        for number in range(_count(spec, frame_id, task))
    )


def _count(spec: RunSpec, frame_id: str, task: str) -> int:
    """Returns how often a task is asked of a frame: the whole part, and once more as often as the rest says."""
    wanted = spec.triplets_per_frame.get(task, 1.0)
    once_more = rng_for(spec.seed, frame_id, task, spec.epoch, "count").random() < wanted % 1
    return int(wanted) + int(once_more)
