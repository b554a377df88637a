"""What tests of several packages share; and no test is told by the clock, for all cores are busy."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from assets_catalog.sources.sweethome3d import DEFAULT_FOLDER

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def furniture_folder() -> Path:
    """Where the Sweet Home 3D furniture lies; `make test` sees to it that it is there."""
    folder = Path(os.environ.get("SCENEGEN_FURNITURE", DEFAULT_FOLDER))
    if not any(folder.glob("*.sh3f")):
        pytest.skip(f"Debian's sweethome3d-furniture is not in {folder}")
    return folder


@pytest.fixture(scope="session")
def furniture_catalog() -> str:
    """The catalog that `make test` has filled: our own shapes, the furniture and skies."""
    location = os.environ.get("SCENEGEN_FURNITURE_CATALOG", "build/catalog")
    if not Path(location, "index.parquet").is_file():
        pytest.skip(f"no catalog in {location}; `make catalog` fills it")
    return str(Path(location).absolute())
