"""Frames of planned rooms and yards by the analytic renderer, and the words of all classes."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from scenegen.encoders.referring import ClassWords, Seen, class_words, seen_of
from schemas.frame import GBuffer
from schemas.scene_plan import ScenePlan
from tests.scenegen.encoders.referring.frames import read_frames

ROOT = Path(__file__).parents[4]


@dataclass(frozen=True)
class Shown:
    """A frame, and what is known of it."""

    plan: ScenePlan
    gbuffer: GBuffer
    seen: Seen


@pytest.fixture(scope="session")
def words() -> Mapping[str, ClassWords]:
    """What all classes are called."""
    return class_words()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of frames and their samples."""
    pytest.importorskip("embreex", reason="rooms are planned with the extra `generate`")
    folder = tmp_path_factory.mktemp("frames")
    command = [sys.executable, "-m", "tests.scenegen.encoders.referring.frames", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def frames(written: Path) -> list[Shown]:
    """Frames of rooms, and a few of yards."""
    return [Shown(plan, gbuffer, seen_of(gbuffer, plan)) for plan, gbuffer in read_frames(written)]
