"""The short form of `make chaos`: a few SIGKILLs at random moments leave nothing behind and change no byte."""

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.chaos import Campaign, hashes

FRAMES, KILLS = 400, 5


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_run_that_is_killed_here_and_there_loses_doubles_and_tears_nothing(tmp_path: Path) -> None:
    with TemporaryDirectory(prefix="t") as temporary:
        campaign = Campaign(FRAMES, KILLS, tmp_path, Path(temporary), random.Random(7), longest_pause_s=3.0)
        held = campaign.run()
    assert held, campaign.faults
    assert campaign.killed.total() == KILLS
    assert set(campaign.killed) == {"worker", "warden", "raylet", "driver"}
    assert len([path for path in hashes(tmp_path / "calm") if path.startswith("triplets/")]) == FRAMES // 5
