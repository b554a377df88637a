"""Compiled functions do what they are written to do, wherever their machine code can or can't be kept."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import Float32
from numba.core.caching import IndexDataCacheFile

from scenegen.compiled import compiled_when_called

ROOT = Path(__file__).parents[2]
_DRAW = """
import sys, numpy, scenegen.encoders
assert "numba" not in sys.modules, "imported before it is needed"
from scenegen.encoders.levels import draw, levels_of
rgb = draw(numpy.full((2, 2), numpy.inf, numpy.float32), levels_of(scenegen.encoders.depth.PowerCurve().position))
assert (rgb == 255).all()
"""


@compiled_when_called
def double(given: Float32[np.ndarray, " n"], doubled: Float32[np.ndarray, " n"]) -> int:
    """Doubles."""
    for i in range(given.size):
        doubled[i] = 2 * given[i]
    return given.size


def test_it_computes_what_is_written_and_keeps_its_name() -> None:
    doubled = np.zeros(3, np.float32)
    assert double(np.array([1, 2, 3], np.float32), doubled) == 3
    assert doubled.tolist() == [2, 4, 6]
    assert (double.__name__, double.__doc__) == ("double", "Doubles.")


@pytest.mark.parametrize(
    "environment",
    [
        {"NUMBA_CACHE_LOCATOR_CLASSES": "IPythonCacheLocator"},  # as where no folder can be written
        {"NUMBA_CACHE_LOCATOR_CLASSES": "UserWideCacheLocator"},  # as where the package can't
    ],
    ids=str,
)
def test_a_place_that_can_not_be_written_is_no_fault_and_no_warning(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment |= {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", _DRAW]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_folder_that_is_full_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(IndexDataCacheFile, "save", full)
    monkeypatch.setattr(IndexDataCacheFile, "load", lambda *_: None)
    doubled = np.zeros(2, np.float32)
    assert compiled_when_called(double)(np.ones(2, np.float32), doubled) == 2
    assert doubled.tolist() == [2, 2]
