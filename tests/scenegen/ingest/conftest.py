"""Genuine files of BlenderProc, and a copy that may be spoilt."""

import shutil
from pathlib import Path

import pytest

GENUINE = Path(__file__).with_name("blenderproc_frames")


@pytest.fixture(scope="session")
def genuine() -> Path:
    return GENUINE


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the genuine files."""
    return Path(shutil.copytree(GENUINE, tmp_path / "frames"))
