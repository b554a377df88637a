"""Which HDRIs are found, and what is known of them before they are opened."""

import hashlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from assets_catalog.ingest.candidate import AddOptions, Candidate, LoadedEnvironment, SetAside
from assets_catalog.ingest.surroundings import encode_environment, prepare_environment
from assets_catalog.record import EnvironmentRecord
from assets_catalog.sources.hdri import list_hdri
from schemas.errors import AssetError, CatalogError

PICTURE = encode_environment(np.ones((32, 64, 3), np.float32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "far").mkdir()
    (tmp_path / "Quiet_Park 02_4k.exr").write_bytes(PICTURE)
    (tmp_path / "far" / "lake.EXR").write_bytes(PICTURE)
    (tmp_path / "readme.txt").write_text("not a picture")
    (tmp_path / "Quiet_Park 02_4k.yaml").write_text(
        "license: CC-BY-4.0\ncreator: Ann\nplace: outdoors\nsource: https://example.org/park\n"
    )
    return tmp_path


def listed(path: Path) -> dict[str, Candidate]:
    found = list_hdri(path, AddOptions())
    assert all(isinstance(each, Candidate) for each in found)
    return {each.asset_id: each for each in found if isinstance(each, Candidate)}


def test_a_folder_is_searched_and_notes_say_what_a_picture_is(folder: Path) -> None:
    found = listed(folder)
    assert list(found) == ["hdri/Quiet_Park-02_4k", "hdri/far-lake"]
    facts = found["hdri/Quiet_Park-02_4k"].facts
    assert (facts.license, facts.creator, facts.place, facts.label) == ("CC-BY-4.0", "Ann", "outdoors", "quiet park")
    assert facts.source == "https://example.org/park"
    lake = found["hdri/far-lake"]
    assert (lake.facts.license, lake.facts.place, lake.facts.source) == (None, None, "lake.EXR")
    assert lake.folder == folder


def test_a_file_may_be_named_alone(folder: Path) -> None:
    (alone,) = listed(folder / "far" / "lake.EXR").values()
    loaded = alone.load()
    assert isinstance(loaded, LoadedEnvironment)
    assert (loaded.radiance == 1.0).all()


@pytest.mark.parametrize(
    ("notes", "reason"),
    [
        ("licence: CC0-1.0", "'licence' is not one of .*did you mean 'license'"),
        ("place: heaven", "place"),
        ("- a list", "key: value"),
        ("license: [", "can't be read"),
        ("x: &x {y: 1}\nlabel: {<<: [*x, *x]}", "aliases"),
        ("#" * 300_000, "larger than 256 KB"),
    ],
)
def test_faulty_notes_set_their_picture_aside(folder: Path, notes: str, reason: str) -> None:
    (folder / "Quiet_Park 02_4k.yaml").write_text(notes)
    aside, _ = list_hdri(folder, AddOptions())
    assert isinstance(aside, SetAside)
    with pytest.raises(AssetError, match=reason):
        raise AssetError(aside.reason)


def test_notes_that_lead_elsewhere_are_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.yaml"
    secret.write_text("license: secret")
    (folder / "far" / "lake.yaml").symlink_to(secret)
    *_, aside = list_hdri(folder, AddOptions())
    assert isinstance(aside, SetAside)
    assert "link" in aside.reason


def test_two_of_one_name_are_not_mixed_up(folder: Path) -> None:
    (folder / "far-lake.hdr").write_bytes(b"")
    found = list_hdri(folder, AddOptions())
    assert [each.asset_id for each in found].count("hdri/far-lake") == 2
    (aside,) = (each for each in found if isinstance(each, SetAside))
    assert "shares its name with" in aside.reason


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"no \.exr or \.hdr"):
        list_hdri(tmp_path, AddOptions())


@pytest.mark.skipif(find_spec("bpy") is None, reason="bpy is not installed")
def test_blenders_own_are_cc0_and_most_were_taken_outdoors() -> None:
    found = [each for each in list_hdri(None, AddOptions()) if isinstance(each, Candidate)]
    assert len(found) == 8
    assert {each.facts.license for each in found} == {"CC0-1.0"}
    outdoors = {each.asset_id.removeprefix("hdri/blender-") for each in found if each.facts.place == "outdoors"}
    assert outdoors == {"city", "courtyard", "forest", "sunrise", "sunset"}
    for each in found:
        record = prepare_environment(each, each.load(), AddOptions()).entry
        assert isinstance(record, EnvironmentRecord)
        assert (record.width_px, record.height_px) == (1024, 512)
        assert record.source_sha256 == hashlib.sha256(each.files[0].read_bytes()).hexdigest()
        assert 0.1 < record.mean_luminance < 2.0


@pytest.mark.skipif(find_spec("bpy") is None, reason="bpy is not installed")
def test_blender_is_not_started_for_its_pictures() -> None:
    code = (
        "import sys\nfrom assets_catalog.ingest.candidate import AddOptions\n"
        "from assets_catalog.sources.hdri import list_hdri\n"
        "assert list_hdri(None, AddOptions())\nassert 'bpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
