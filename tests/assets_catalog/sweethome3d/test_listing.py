"""Libraries as lists: what is stated of their models, and which models are set aside, with the reason."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, SetAside
from assets_catalog.ingest.placing import elevation_m, placement_of
from assets_catalog.sources.sweethome3d import list_sweethome3d
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import CatalogError

ID = "sweethome3d/Test.chair"


def _listed(path: Path, options: AddOptions | None = None) -> list[Candidate | SetAside]:
    return list(list_sweethome3d(path, options or AddOptions()))


def _only(path: Path, options: AddOptions | None = None) -> Candidate:
    (candidate,) = _listed(path, options)
    assert isinstance(candidate, Candidate)
    return candidate


def _facts(path: Path) -> Facts:
    return _only(path).facts


def _reasons(path: Path) -> list[str]:
    return [each.reason for each in _listed(path) if isinstance(each, SetAside)]


def test_a_relative_path_is_opened_from_any_folder(write_library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    library = write_library()
    monkeypatch.chdir(library.parent)
    assert [_only(path).files for path in (Path(), Path(library.name))] == [(library,), (library,)]


def test_a_candidate_states_size_class_licence_creator_and_file(write_library: Any) -> None:
    path = write_library()
    candidate = _only(path)
    facts = candidate.facts
    assert (candidate.asset_id, candidate.kind) == (ID, "model")
    assert (candidate.files, candidate.folder) == ((path,), path.parent)
    assert candidate.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert facts.size_m == (0.48, 0.52, 0.9)
    assert (facts.class_name, facts.label) == ("chair", "chair")
    assert (facts.license, facts.creator) == ("CC-BY-3.0", "Ann")
    assert "Test library 1.0" in facts.source


@pytest.mark.parametrize(
    ("license_text", "spdx"),
    [
        ("Public domain", "CC0-1.0"),
        ("Creative Commons Attribution 3.0 Unported license  © Ann & Bob", "CC-BY-3.0"),
        ("Creative Commons Attribution 3.0 United States license  Copyright © 2008 Ann & Bob", "CC-BY-3.0-US"),
    ],
)
def test_licences_and_their_holders_are_told_apart(write_library: Any, license_text: str, spdx: str) -> None:
    facts = _facts(write_library(head=f"license={license_text}\n"))
    assert facts.license == spdx
    assert ("Ann & Bob" in facts.creator) == ("©" in license_text)


def test_a_library_without_a_licence_states_none(write_library: Any) -> None:
    assert _facts(write_library(head="license=All rights reserved\n")).license is None


def test_a_missing_package_is_answered_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        _listed(tmp_path)
    message = str(caught.value)
    assert "\n" not in message
    for wanted in (str(tmp_path), "apt-get install sweethome3d-furniture", "or say where"):
        assert wanted in message


def test_a_file_that_is_no_library_is_set_aside_beside_one_that_is(write_library: Any, tmp_path: Path) -> None:
    write_library()
    (tmp_path / "bad.sh3f").write_bytes(b"PK\x03\x04 truncated")
    broken, sound = _listed(tmp_path)
    assert isinstance(broken, SetAside)
    assert broken.file == str(tmp_path / "bad.sh3f")
    assert "is no Sweet Home 3D furniture library" in broken.reason
    assert sound.asset_id == ID


def test_of_two_libraries_that_hold_the_same_model_the_first_counts(write_library: Any, tmp_path: Path) -> None:
    os.link(write_library(), tmp_path / "zzz.sh3f")
    first, second = _listed(tmp_path)
    assert isinstance(first, Candidate)
    assert isinstance(second, SetAside)
    assert (second.asset_id, second.reason) == (ID, "test.sh3f holds this id already")


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"name": "Apple iPhone"}, "shows a brand"),
        ({"name": "Truck", "id": "Blend Swap CC-0#peterbilt"}, "shows a brand"),
        ({"name": "Bill 20\\u20ac"}, "shows banknotes"),
        ({"name": "no such thing"}, "no class is known for the name 'no such thing'"),
        ({"width": "-3"}, "measures -0.03"),
        ({"height": "nan"}, "no sane height: 'nan'"),
        ({"depth": None}, "no sane depth: None"),
        ({"elevation": "high"}, "no sane elevation: 'high'"),
        ({"model": "/../../etc/passwd"}, "leaves the library"),
        ({"model": "/test/none.obj"}, "no test/none.obj in test.sh3f"),
        ({"lightSourceX": "1", "lightSourceY": "1", "lightSourceZ": "1", "lightSourceColor": "#xyz"}, "broken light"),
        ({"name": "Desk", "dropOnTopElevation": "high"}, "no sane dropOnTopElevation: 'high'"),
    ],
)
def test_a_model_left_out_or_broken_is_set_aside_with_the_reason(
    write_library: Any, properties: dict[str, str | None], reason: str
) -> None:
    (found,) = _reasons(write_library(properties=properties))
    assert reason in found
    assert "\n" not in found


def test_a_name_that_the_table_lacks_goes_by_its_words_or_the_users_class(write_library: Any) -> None:
    assert _facts(write_library(properties={"name": "Grandma's old rocking chairs"})).class_name == "rocking_chair"
    unknown = write_library(properties={"name": "thingamabob"})
    assert _only(unknown, AddOptions(class_name="figurine")).facts.class_name == "figurine"


def test_texts_stay_on_one_line(write_library: Any) -> None:
    facts = _facts(write_library(properties={"name": r"Desk\n\n# and more", "creator": r"Ann\n| Bob " + 999 * "x"}))
    assert facts.label == "desk # and more"
    assert facts.creator.startswith("Ann | Bob xxx")
    assert facts.creator.endswith("xxx...")
    assert len(facts.creator) < 310


def test_names_with_java_escapes_are_read(write_library: Any) -> None:
    facts = _facts(write_library(properties={"creator": r"H\u00f4i An \: x\\y"}))
    assert facts.creator == "Hôi An : x\\y"


@pytest.mark.parametrize(
    ("properties", "placement", "bottom_m"),
    [
        ({"name": "Vase", "height": "30"}, "surface", 0.0),
        ({"name": "Vase", "height": "95"}, "floor", 0.0),
        ({"name": "Wall light", "elevation": "160"}, "wall", 1.6),
        ({"name": "Wall light"}, "wall", 1.7),
        ({"name": "Radiator", "elevation": "12"}, "wall", 0.12),
        ({"name": "Radiator"}, "floor", 0.0),
        ({"name": "Hanging light", "elevation": "180"}, "ceiling", 0.0),
        ({"name": "Fence", "elevation": "20"}, "street", 0.0),
        ({"name": "Mailbox", "id": "Scopia#letters_box", "elevation": "130"}, "wall", 1.3),
        ({"name": "Dustbin", "id": "Kator Legaz#park-trashcan"}, "street", 0.0),
    ],
)
def test_placement_follows_class_size_elevation_and_the_table(
    write_library: Any, properties: dict[str, str], placement: str, bottom_m: float
) -> None:
    facts = _facts(write_library(properties=properties))
    assert facts.size_m is not None
    asset_class = load_taxonomy().classes[str(facts.class_name)]
    found = placement_of(facts, facts.size_m, asset_class)
    assert found == placement
    assert elevation_m(facts, found, asset_class) == pytest.approx(bottom_m)


@pytest.mark.parametrize(
    ("stated", "height_m"), [({}, 0.9), ({"dropOnTopElevation": "74.5"}, 0.745), ({"dropOnTopElevation": "-1"}, None)]
)
def test_things_are_carried_at_the_stated_height_or_on_the_top(
    write_library: Any, stated: dict[str, str], height_m: float | None
) -> None:
    assert _facts(write_library(properties={"name": "Desk", **stated})).support_height_m == height_m


def test_a_bulb_is_counted_from_the_left_the_front_and_the_bottom(write_library: Any) -> None:
    bulb = {"lightSourceX": "12", "lightSourceY": "10", "lightSourceZ": "80", "lightSourceColor": "#804020"}
    facts = _facts(write_library(properties={"name": "Lamp", "lightSourceDiameter": "4", **bulb}))
    (light,) = facts.lights
    assert light.position_m == pytest.approx((-0.12, -0.16, 0.8))
    assert light.color == pytest.approx((1.0, 0.5, 0.25), abs=0.01)
    assert light.diameter_m == pytest.approx(0.04)


def test_bulbs_outside_of_the_box_are_dropped(write_library: Any) -> None:
    bulb = {"lightSourceX": "-5", "lightSourceY": "10", "lightSourceZ": "80", "lightSourceColor": "#804020"}
    assert _facts(write_library(properties={"name": "Lamp", **bulb})).lights == ()
