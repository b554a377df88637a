"""Objaverse: a download in its real layout is listed with licence, creator, class and no scale."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assets_catalog.ingest.candidate import AddOptions, Candidate, LoadedModel, SetAside
from assets_catalog.sources.objaverse import SPDX, list_objaverse
from schemas.errors import CatalogError
from tests.assets_catalog.folder_source import samples

CHAIR, OTHER, BARE = "8476c4170df24cf5bbe6967222d1a42d", "8ff7f1f2465347cd8b80c9b206c2781e", "a" * 32
ANNOTATION = {
    "uid": CHAIR,
    "name": "Old chair",
    "license": "by",
    "viewerUrl": f"https://sketchfab.com/3d-models/{CHAIR}",
    "user": {"username": "ann", "displayName": "Ann\x1b[31m"},
}


def write_json(path: Path, tree: object) -> None:
    """Writes JSON in gzip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wb") as file:
        file.write(json.dumps(tree).encode())


@pytest.fixture
def download(tmp_path: Path) -> Path:
    """A download of three models, of which one has no annotation."""
    for part, uid in (("000-001", CHAIR), ("000-001", BARE), ("000-023", OTHER)):
        (tmp_path / "glbs" / part).mkdir(parents=True, exist_ok=True)
        (tmp_path / "glbs" / part / f"{uid}.glb").write_bytes(samples.box_glb())
    write_json(tmp_path / "metadata/000-001.json.gz", {CHAIR: ANNOTATION})
    write_json(tmp_path / "metadata/000-023.json.gz", {OTHER: {**ANNOTATION, "license": "by-nc-sa", "user": {}}})
    write_json(tmp_path / "lvis-annotations.json.gz", {"chair": [CHAIR, BARE], "vase": [OTHER]})
    return tmp_path


def listed(path: Path, **options: Any) -> dict[str, Candidate | SetAside]:
    """Returns what is listed, by the first letters of the id."""
    return {each.asset_id[:12]: each for each in list_objaverse(path, AddOptions(**options))}


def test_annotations_become_facts(download: Path) -> None:
    chair, other = (listed(download)[f"objaverse/{uid[:2]}"] for uid in (CHAIR, OTHER))
    assert isinstance(chair, Candidate)
    assert isinstance(other, Candidate)
    facts = chair.facts
    assert (facts.class_name, facts.license, facts.creator) == ("chair", "CC-BY-4.0", "Ann?[31m")
    assert facts.source == ANNOTATION["viewerUrl"]
    assert (other.facts.class_name, other.facts.license, other.facts.creator) == ("vase", "CC-BY-NC-SA-4.0", "unknown")


def test_files_have_no_scale_that_can_be_relied_on(download: Path) -> None:
    chair = listed(download)[f"objaverse/{CHAIR[:2]}"]
    assert isinstance(chair, Candidate)
    loaded = chair.load()
    assert isinstance(loaded, LoadedModel)
    assert loaded.meters_per_unit is None


def test_without_annotation_there_is_no_licence(download: Path) -> None:
    bare = listed(download)["objaverse/aa"]
    assert isinstance(bare, SetAside)
    assert bare.reason == "no licence: it has no annotation that states one; give --license for such models"
    given = listed(download, license="CC-BY-4.0")["objaverse/aa"]
    assert isinstance(given, Candidate)
    assert given.facts.license_is_override


def test_without_category_there_is_no_class(download: Path) -> None:
    write_json(download / "lvis-annotations.json.gz", {"qwzx_(thing)": [CHAIR]})
    found = listed(download)
    assert getattr(found[f"objaverse/{CHAIR[:2]}"], "reason", "").startswith("no class: its LVIS category 'qwzx thing'")
    assert getattr(found[f"objaverse/{OTHER[:2]}"], "reason", "").startswith("no class: it has no LVIS category")
    assert isinstance(listed(download, class_name="vase")[f"objaverse/{CHAIR[:2]}"], Candidate)


def test_one_file_of_annotations_serves_all_parts(download: Path) -> None:
    write_json(download / "annotations.json.gz", {uid: {"license": "cc0"} for uid in (CHAIR, OTHER, BARE)})
    licenses = {each.facts.license for each in listed(download).values() if isinstance(each, Candidate)}
    assert licenses == {"CC0-1.0"}


def test_every_licence_of_objaverse_has_an_spdx_id() -> None:
    assert set(SPDX) >= {"by", "by-nc", "by-nc-sa", "by-sa", "cc0"}


@pytest.mark.parametrize("tree", [[], 3, {CHAIR: 7}, {CHAIR: {"license": ["by"], "user": 3, "viewerUrl": {}}}])
def test_annotations_of_another_shape_state_nothing(download: Path, tree: object) -> None:
    write_json(download / "metadata/000-001.json.gz", tree)
    if isinstance(tree, dict):
        assert "no licence" in getattr(listed(download)[f"objaverse/{CHAIR[:2]}"], "reason", "")
    else:
        with pytest.raises(CatalogError, match="holds no object of JSON"):
            listed(download)


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(b"{")[:-9], gzip.compress(b'{"a": ' * 100_000)],
    ids=["no gzip", "cut off", "without an end"],  # what gzip writes names the second
)
def test_broken_annotations_are_told(download: Path, content: bytes) -> None:
    (download / "lvis-annotations.json.gz").write_bytes(content)
    with pytest.raises(CatalogError, match=r"lvis-annotations\.json\.gz can't be read"):
        listed(download)


def test_annotations_that_unfold_are_told(download: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets_catalog.sources.objaverse._MOST_JSON_BYTES", 1000)
    (download / "lvis-annotations.json.gz").write_bytes(gzip.compress(b" " * 10_000))
    with pytest.raises(CatalogError, match="unfolds to more than"):
        listed(download)


def test_folder_without_models_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="has no folder glbs/"):
        listed(tmp_path)
