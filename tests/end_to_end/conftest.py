"""A real dataset, made once by the command that users give: real Ray, real Blender, small pictures."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def command() -> Path:
    """The console script of the environment under test."""
    return Path(sys.executable).with_name("scenegen")


def _small(scenes: int) -> list[str]:
    """Returns the arguments that make rooms from 2 views each, small and coarse; catalog and OUT are to be added."""
    small = ["camera.width_px=64", "camera.height_px=64", "render.samples=2", f"scenes={scenes}"]
    overrides = [word for override in small for word in ("--set", override)]
    return ["generate", "quickstart", "--workers", "2", *overrides]


@pytest.fixture(scope="session")
def small_quickstart() -> list[str]:
    """What makes 3 rooms of our own shapes; OUT is to be added."""
    return [*_small(3), "--catalog", "builtin"]


@pytest.fixture(scope="session")
def scenegen(command: Path) -> Run:
    """Runs the command line as a user does, and holds it to its exit status."""

    def run(*arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "SCENEGEN_CATALOG"}
        done = subprocess.run([command, *arguments], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory, scenegen: Run, small_quickstart: list[str]) -> Path:
    out = tmp_path_factory.mktemp("run") / "quickstart"
    scenegen(*small_quickstart, out)
    return out


@pytest.fixture(scope="session")
def furnished_dataset(tmp_path_factory: pytest.TempPathFactory, scenegen: Run, furniture_catalog: str) -> Path:
    """Rooms of real furniture."""
    out = tmp_path_factory.mktemp("run") / "furnished"
    scenegen(*_small(2), "--catalog", furniture_catalog, out)
    return out
