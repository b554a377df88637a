"""The command line, but no worker renders a frame before another worker has begun too: both nodes have their share.

Without it, on a busy machine, one node could make everything before the other is there.
"""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ray_cluster import cli
from ray_cluster.commands import generate as command
from scenegen.produce import open_frames as open_rendered
from schemas.frame import Outcome
from schemas.run_record import RunRecord
from schemas.unit import FramesOfUnit, Unit


def open_frames(record: RunRecord, location: str, threads: int) -> FramesOfUnit:
    """Returns what renders; marks stand in a folder that both nodes have."""
    rendered = open_rendered(record, location, threads)

    def frames_of_unit(unit: Unit) -> Iterator[Outcome]:
        folder = Path(os.environ["SCENEGEN_RAY_TEMP"])
        folder.joinpath(f"begun-{os.getpid()}").touch()
        while len([*folder.glob("begun-*")]) < 2:
            time.sleep(0.1)
        yield from rendered(unit)

    return frames_of_unit


if __name__ == "__main__":
    command.make_units = partial(command.make_units, frames="tests.ray_cluster.clusters.meeting:open_frames")  # type: ignore[attr-defined]  # it is imported there
    cli.main()
