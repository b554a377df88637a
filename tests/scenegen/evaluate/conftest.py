"""Rooms, and the pictures that a perfect model would paint of them."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import UInt8

from scenegen.dataset.reader import open_triplets
from scenegen.dataset.rows import DecodedTriplet
from scenegen.encoders import ENCODERS
from tests.rooms import write_rooms

Rgb = UInt8[np.ndarray, "h w 3"]


@pytest.fixture(scope="session")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight rooms, two views each, all tasks, in two splits; depth in other colours now and then."""
    pytest.importorskip("embreex", reason="rooms are planned with the extra `generate`")
    targets = {"depth": {"other_maps_share": 0.25}}
    splits = {"train": 0.5, "val": 0.5}
    out = tmp_path_factory.mktemp("rooms") / "out"
    return write_rooms(out, 8, 256, tuple(ENCODERS), scenes_per_unit=2, targets=targets, splits=splits)


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One room in small."""
    pytest.importorskip("embreex", reason="rooms are planned with the extra `generate`")
    return write_rooms(tmp_path_factory.mktemp("room") / "out", 1, 96, tuple(ENCODERS))


@pytest.fixture
def copied(room: Path, tmp_path: Path) -> Path:
    """The room, to be changed by a test."""
    return Path(shutil.copytree(room, tmp_path / "copied"))


@pytest.fixture(scope="session")
def targets_of() -> Callable[[Path], Mapping[str, Rgb]]:
    def read(out: Path) -> dict[str, Rgb]:
        return {row.sample_id: row.target_rgb for row in open_triplets(out)}

    return read


@pytest.fixture(scope="session")
def perfect() -> Callable[[DecodedTriplet], Rgb]:
    """The model that paints the target."""
    return lambda row: row.target_rgb
