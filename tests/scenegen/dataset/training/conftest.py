"""A dataset of 120 small rows in 5 files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scenegen.dataset.reader import open_triplets
from schemas.run_record import RunRecord


@pytest.fixture(scope="session")
def many(
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    return new_dataset(tmp_path_factory.mktemp("many") / "out", new_record(scenes=30, scenes_per_unit=6))


@pytest.fixture(scope="session")
def sample_ids(many: Path) -> list[str]:
    """All rows of it, as stored."""
    return [str(name) for name in open_triplets(many).column("sample_id")]
