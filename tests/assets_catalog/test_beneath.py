"""What any source finds in a folder: absolute paths, no file from outside, nothing of a catalog that lies in it."""

from pathlib import Path

import pytest

from assets_catalog.folder.add import add
from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside
from assets_catalog.sources import SOURCES
from assets_catalog.sources.beneath import files_beneath
from tests.assets_catalog.folder.boxes import make_box

FILES = {
    "folder": "chair.glb",
    "hdri": "lake.exr",
    "textures": "Wood049_1K_Color.png",
    "objaverse": f"glbs/000-001/{'a' * 32}.glb",
}
OPTIONS = AddOptions(license="CC0-1.0", class_name="chair")

Found = Candidate | SetAside


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def file(source: str, tmp_path: Path) -> Path:
    """Returns where a file lies that the source takes, in the folder 'models'."""
    path = tmp_path / "models" / FILES[source]
    path.parent.mkdir(parents=True)
    return path


def only(source: str, path: Path) -> Found:
    (found,) = SOURCES[source](path, OPTIONS)
    return found


def test_a_relative_path_is_opened_from_any_folder(
    source: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    found = only(source, Path("models"))
    assert isinstance(found, Candidate)
    assert found.files == (file,)
    assert found.folder.is_absolute()


def test_a_link_that_leads_out_is_set_aside_and_one_within_is_taken(source: str, file: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"")
    file.symlink_to(tmp_path / "secret")
    found = only(source, tmp_path / "models")
    assert isinstance(found, SetAside)
    assert found.reason == "is a link that leads out of the folder"
    (tmp_path / "models" / "kept.bin").write_bytes(b"")
    file.unlink()
    file.symlink_to(tmp_path / "models" / "kept.bin")
    assert isinstance(only(source, tmp_path / "models"), Candidate)


@pytest.mark.parametrize("place", [".", "catalog"])
def test_a_catalog_in_the_folder_that_fills_it_is_passed_over(tmp_path: Path, place: str) -> None:
    (tmp_path / "objects").mkdir()
    mine = [tmp_path / "chair.glb", tmp_path / "mine" / "objects" / "vase.glb"]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    add(str(tmp_path / place), [make_box("a")], "shop")
    assert [path for path in files_beneath(tmp_path) if path.suffix == ".glb"] == mine


def test_a_link_to_the_folder_above_does_not_lead_round_and_round(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "chair.glb").write_bytes(b"")
    assert files_beneath(tmp_path) == [tmp_path / "a" / "chair.glb"]
