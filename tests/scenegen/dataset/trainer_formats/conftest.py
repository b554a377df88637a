"""A dataset of two splits, and what of it each split holds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec, SplitSpec


@pytest.fixture(scope="session")
def stored(
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """24 rows of two tasks and two sizes, in six files: train and val."""
    camera = CameraSpec(buckets=(Bucket(width_px=64, height_px=48), Bucket(width_px=48, height_px=32)))
    splits = SplitSpec(train=0.5, val=0.5)
    record = new_record(scenes=6, scenes_per_unit=1, splits=splits, camera=camera)
    return new_dataset(tmp_path_factory.mktemp("stored") / "out", record)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keeps `datasets` from the network, and its cache from the user's home."""
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
