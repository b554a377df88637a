"""What the tests of catalogs in folders share: boxes to add, and places of both kinds to add them to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assets_catalog.ingest.candidate import Prepared
from tests.assets_catalog.folder.boxes import make_box, make_texture

MakeBox = Callable[..., Prepared]


@pytest.fixture(scope="session")
def box() -> MakeBox:
    return make_box


@pytest.fixture(scope="session")
def texture() -> Callable[[str, dict[str, bytes]], Prepared]:
    return make_texture


@pytest.fixture(params=["folder", "bucket"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place where there is nothing yet."""
    return str(tmp_path / "shop") if request.param == "folder" else f"memory://{tmp_path.name}/shop"
