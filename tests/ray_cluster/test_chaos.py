"""The short form of `make chaos`: a few SIGKILLs at random moments leave nothing behind and change no byte."""

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.chaos import Campaign, hashes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

FRAMES = 200


@pytest.mark.parametrize(
    ("nodes", "kinds"),
    [(3, {"worker", "warden", "raylet", "head", "driver"}), (1, {"raylet", "worker"})],
    ids=["three nodes", "its own Ray"],
)
def test_a_run_that_is_killed_here_and_there_loses_doubles_and_tears_nothing(
    tmp_path: Path, nodes: int, kinds: set[str]
) -> None:
    with TemporaryDirectory(prefix="t") as temporary:
        campaign = Campaign(FRAMES, len(kinds), tmp_path, Path(temporary), random.Random(7), nodes, longest_pause_s=1.0)
        held = campaign.run()
    assert held, campaign.faults
    assert campaign.killed.total() == len(kinds)
    assert len([path for path in hashes(tmp_path / "calm") if path.startswith("triplets/")]) == FRAMES // 5
    if nodes == 3:
        assert set(campaign.killed) == kinds
