"""The tutorial is true: each section runs as it is written, and its first step is given pictures in -1 .. 1."""

from pathlib import Path

import numpy as np
import pytest

from tests.training_page import SECTIONS, python_of, run, write_demo

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore::ResourceWarning",  # webdataset leaves its files open
    "ignore:This DataLoader will create:UserWarning",
)
_OF_RAY = "Ten lines for Ray Data"  # tests/ray_cluster/test_ray_data.py has a Ray for it
_MIXED = "A small share in another mixture"
_OTHERS = [heading for heading in SECTIONS if heading not in {_OF_RAY, _MIXED}]


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder is one in which `make demo` was run; `datasets` stays off the network."""
    write_demo(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))


def test_each_way_to_train_has_its_section() -> None:
    ways = ("torch", "without any of it", "for Hugging Face's datasets", "for WebDataset", "for Ray Data")
    assert [way for way in ways if not any(heading.endswith(way) for heading in SECTIONS)] == []


@pytest.mark.parametrize("heading", [heading for heading in SECTIONS if heading.startswith("Ten lines")])
def test_ten_lines_are_ten(heading: str) -> None:
    lines = [
        line for line in python_of(heading).splitlines() if line.strip() and not line.startswith(("import", "from"))
    ]
    assert len(lines) <= 10


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("heading", _OTHERS)
def test_a_section_runs_as_it_is_written(heading: str) -> None:
    _ask_for_torch(heading)
    given, prompts, target = run(heading)[0]
    given, target = np.asarray(given), np.asarray(target)
    assert given.shape == target.shape
    assert {3, 48, 64} <= set(given.shape)
    assert -1 <= given.min() < 0 < given.max() <= 1
    assert isinstance(prompts if isinstance(prompts, str) else prompts[0], str)


@pytest.mark.usefixtures("demo")
def test_the_mixture_runs_as_it_is_written() -> None:
    _ask_for_torch(_MIXED)
    (batch,) = run(_MIXED, given=[{"own": number} for number in range(7)])[0]
    assert len(batch) == 32
    assert sum("own" not in row for row in batch) in {0, 1}


def _ask_for_torch(heading: str) -> None:
    if "import torch" in (code := python_of(heading)) or "TripletDataset" in code:
        pytest.importorskip("torch", reason="torch is not installed: `make test-train`")
