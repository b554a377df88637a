"""A real dataset, made once by the command that users give: real Ray, real Blender, small pictures."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

SCENEGEN = Path(sys.executable).with_name("scenegen")
SMALL = [
    "--set=camera.width_px=64",
    "--set=camera.height_px=64",
    "--set=render.samples=2",
    "--set=scenes=3",
]
ARGUMENTS = ["generate", "quickstart", "--catalog", "builtin", "--workers", "2", *SMALL]
SCENES, VIEWS, TASKS = 3, 2, 2


def scenegen(*arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Runs the command line as a user does, and holds it to its exit status."""
    environment = {name: value for name, value in os.environ.items() if name != "SCENEGEN_CATALOG_PATH"}
    command: Sequence[str | Path] = [SCENEGEN, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "quickstart"
    scenegen(*ARGUMENTS, out)
    return out
