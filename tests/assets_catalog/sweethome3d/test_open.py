"""Records of a furniture library: what they state, and which models give none."""

import os
from pathlib import Path
from typing import Any

import pytest

from assets_catalog.record import AssetRecord
from assets_catalog.sources import SOURCES, open_catalog
from assets_catalog.sources.sweethome3d import open_sweethome3d
from schemas.errors import CatalogError

ID = "sweethome3d/Test.chair"


def _only_record(path: Path) -> AssetRecord:
    (record,) = open_sweethome3d(path).records.values()
    return record


def test_a_record_states_size_class_licence_and_creator(write_library: Any) -> None:
    record = _only_record(write_library())
    assert record.asset_id == ID
    assert record.size_m == (0.48, 0.52, 0.9)
    assert (record.class_name, record.label, record.placement) == ("chair", "chair", "floor")
    assert (record.license, record.creator) == ("CC-BY-3.0", "Ann")
    assert "Test library 1.0" in record.source
    assert len(record.sha256) == 64


def test_the_hash_changes_with_the_file_and_with_the_record(write_library: Any) -> None:
    hashes = {
        _only_record(path()).sha256
        for path in (
            write_library,
            lambda: write_library(properties={"creator": "Bob"}),
            lambda: write_library(mtl="newmtl cloth\n"),
        )
    }
    assert len(hashes) == 3
    assert _only_record(write_library()).sha256 in hashes


@pytest.mark.parametrize(
    ("license_text", "spdx"),
    [
        ("Public domain", "CC0-1.0"),
        ("Creative Commons Attribution 3.0 Unported license  © Ann & Bob", "CC-BY-3.0"),
        ("Creative Commons Attribution 3.0 United States license  Copyright © 2008 Ann & Bob", "CC-BY-3.0-US"),
    ],
)
def test_licences_and_their_holders_are_told_apart(write_library: Any, license_text: str, spdx: str) -> None:
    record = _only_record(write_library(head=f"license={license_text}\n"))
    assert record.license == spdx
    assert ("Ann & Bob" in record.creator) == ("©" in license_text)


def test_a_library_without_a_licence_is_refused(write_library: Any) -> None:
    with pytest.raises(CatalogError, match=r"test\.sh3f states no licence we know"):
        open_sweethome3d(write_library(head="license=All rights reserved\n"))


def test_a_missing_package_is_answered_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        open_sweethome3d(tmp_path)
    message = str(caught.value)
    assert "\n" not in message
    for wanted in (str(tmp_path), "apt-get install sweethome3d-furniture", "--catalog builtin"):
        assert wanted in message


def test_a_file_that_is_no_library_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "bad.sh3f").write_bytes(b"PK\x03\x04 truncated")
    with pytest.raises(CatalogError, match=r"bad\.sh3f is no Sweet Home 3D furniture library"):
        open_sweethome3d(tmp_path)


def test_two_libraries_may_not_hold_the_same_model(write_library: Any, tmp_path: Path) -> None:
    os.link(write_library(), tmp_path / "copy.sh3f")
    with pytest.raises(CatalogError, match=f"both hold {ID}"):
        open_sweethome3d(tmp_path)


def test_an_unknown_asset_or_source_is_answered_with_the_nearest(write_library: Any) -> None:
    with pytest.raises(CatalogError, match=f"did you mean '{ID}'"):
        open_sweethome3d(write_library()).load("sweethome3d/Test.chairs")
    with pytest.raises(CatalogError, match=r"\(did you mean 'sweethome3d'\?\); there are: builtin, sweethome3d"):
        open_catalog("sweethome")
    assert {"builtin", "sweethome3d"} <= SOURCES.keys()


@pytest.mark.parametrize(
    "properties",
    [
        {"name": "Apple iPhone"},
        {"name": "no class for this"},
        {"width": "-3"},
        {"height": "nan"},
        {"depth": None},
        {"elevation": "high"},
        {"model": "/../../etc/passwd"},
        {"model": "/test/none.obj"},
        {"lightSourceX": "1", "lightSourceY": "1", "lightSourceZ": "1", "lightSourceColor": "#xyz"},
        {"name": "Desk", "dropOnTopElevation": "high"},
    ],
)
def test_a_model_left_out_or_broken_gives_no_record(write_library: Any, properties: dict[str, str | None]) -> None:
    assert not open_sweethome3d(write_library(properties=properties)).records


def test_names_with_java_escapes_are_read(write_library: Any) -> None:
    record = _only_record(write_library(properties={"creator": r"H\u00f4i An \: x\\y"}))
    assert record.creator == "Hôi An : x\\y"


@pytest.mark.parametrize(
    ("properties", "placement", "elevation_m"),
    [
        ({"name": "Vase", "height": "30"}, "surface", 0.0),
        ({"name": "Vase", "height": "95"}, "floor", 0.0),
        ({"name": "Wall light", "elevation": "160"}, "wall", 1.6),
        ({"name": "Wall light"}, "wall", 1.7),
        ({"name": "Radiator", "elevation": "12"}, "wall", 0.12),
        ({"name": "Radiator"}, "floor", 0.0),
        ({"name": "Hanging light", "elevation": "180"}, "ceiling", 0.0),
    ],
)
def test_placement_follows_class_size_and_elevation(
    write_library: Any, properties: dict[str, str], placement: str, elevation_m: float
) -> None:
    record = _only_record(write_library(properties=properties))
    assert record.placement == placement
    assert record.elevation_m == pytest.approx(elevation_m)


@pytest.mark.parametrize(
    ("properties", "height_m"),
    [
        ({}, 0.9),
        ({"dropOnTopElevation": "74.5"}, 0.745),
        ({"dropOnTopElevation": "-1"}, None),
        ({"name": "Sofa"}, None),
    ],
)
def test_a_table_carries_things_at_its_stated_top(
    write_library: Any, properties: dict[str, str], height_m: float | None
) -> None:
    supports = _only_record(write_library(properties={"name": "Desk", **properties})).supports
    assert [support.height_m for support in supports] == ([] if height_m is None else [pytest.approx(height_m)])
    assert all(support.size_m[0] < 0.48 * 2**-0.5 and support.size_m[1] < 0.52 * 2**-0.5 for support in supports)


def test_a_bulb_is_counted_from_the_left_the_front_and_the_bottom(write_library: Any) -> None:
    bulb = {"lightSourceX": "12", "lightSourceY": "10", "lightSourceZ": "80", "lightSourceColor": "#804020"}
    record = _only_record(write_library(properties={"name": "Lamp", "lightSourceDiameter": "4", **bulb}))
    (light,) = record.lights
    assert light.position_m == pytest.approx((-0.12, -0.16, 0.8))
    assert light.color == pytest.approx((1.0, 0.5, 0.25), abs=0.01)
    assert light.diameter_m == pytest.approx(0.04)


def test_bulbs_outside_of_the_box_are_dropped(write_library: Any) -> None:
    bulb = {"lightSourceX": "-5", "lightSourceY": "10", "lightSourceZ": "80", "lightSourceColor": "#804020"}
    assert _only_record(write_library(properties={"name": "Lamp", **bulb})).lights == ()
