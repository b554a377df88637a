"""Which sets are found, what is stated of them, and how their files become maps."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assets_catalog.ingest.candidate import AddOptions, Candidate, LoadedTexture, SetAside
from assets_catalog.sources.textures import list_textures
from schemas.errors import AssetError, CatalogError
from tests.surroundings import picture, plain

GREY = plain((120, 130, 140))


def lay(folder: Path, *names: str, content: bytes = GREY) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns a folder with a set of each library."""
    lay(tmp_path / "Wood049_1K-JPG", *(f"Wood049_1K-JPG_{role}.png" for role in ("Color", "NormalDX", "Roughness")))
    lay(tmp_path / "Wood049_1K-JPG", "Wood049_1K-JPG.png")
    veneer = tmp_path / "oak_veneer_01"
    lay(veneer / "textures", *(f"oak_veneer_01_{role}_1k.png" for role in ("diff", "nor_gl", "arm", "disp")))
    (veneer / "info.json").write_text(json.dumps({"dimensions": [1830.0, 915], "authors": {"Rob": "All"}}))
    return tmp_path


def listed(path: Path) -> dict[str, Candidate]:
    return {each.asset_id: each for each in list_textures(path, AddOptions()) if isinstance(each, Candidate)}


def maps_of(candidate: Candidate) -> dict[str, Image.Image]:
    loaded = candidate.load()
    assert isinstance(loaded, LoadedTexture)
    return {role: Image.open(io.BytesIO(content)) for role, content in loaded.maps.items()}


def test_sets_of_both_libraries_are_found(folder: Path) -> None:
    found = listed(folder)
    assert sorted(found) == ["textures/Wood049", "textures/oak_veneer_01"]
    assert found["textures/Wood049"].files[0].name == "Wood049_1K-JPG_Color.png"
    assert found["textures/Wood049"].folder == folder / "Wood049_1K-JPG"
    facts = found["textures/oak_veneer_01"].facts
    assert facts.tile_m == pytest.approx((1.83, 0.915))
    assert (facts.creator, facts.substance, facts.label) == ("Rob", "wood", "oak veneer")


def test_a_naming_convention_is_no_licence(folder: Path) -> None:
    assert {each.facts.license for each in listed(folder).values()} == {None}


def test_notes_beside_the_folder_or_in_it_state_what_names_do_not(folder: Path) -> None:
    (folder / "Wood049.yaml").write_text("license: CC0-1.0\ntile_m: [1.2, 0.6]\nsubstance: paper\nlabel: oak\n")
    (folder / "oak_veneer_01" / "oak_veneer_01.yaml").write_text("tile_m: 2\n")
    found = listed(folder)
    wood = found["textures/Wood049"].facts
    assert (wood.license, wood.tile_m, wood.substance, wood.label) == ("CC0-1.0", (1.2, 0.6), "paper", "oak")
    assert found["textures/oak_veneer_01"].facts.tile_m == (2.0, 2.0)


def test_ambientcgs_answer_gives_centimetres(folder: Path) -> None:
    answer = {"foundAssets": [{"dimensionX": 140, "dimensionY": "70", "license": "CC0-1.0"}]}
    (folder / "Wood049_1K-JPG" / "Wood049.json").write_text(json.dumps(answer))
    facts = listed(folder)["textures/Wood049"].facts
    assert facts.tile_m == pytest.approx((1.4, 0.7))
    assert facts.license == "CC0-1.0"


@pytest.mark.parametrize("stated", [{"dimensions": [0, 5]}, {"dimensions": "big"}, {"dimensions": [None, 3]}, {}])
def test_strange_sizes_are_not_believed(folder: Path, stated: dict[str, object]) -> None:
    (folder / "oak_veneer_01" / "info.json").write_text(json.dumps(stated))
    assert listed(folder)["textures/oak_veneer_01"].facts.tile_m is None


def test_a_file_of_facts_that_is_none_sets_its_set_aside(folder: Path) -> None:
    (folder / "oak_veneer_01" / "info.json").write_text("[" * 100000)
    (aside,) = (each for each in list_textures(folder, AddOptions()) if isinstance(each, SetAside))
    assert aside.asset_id == "textures/oak_veneer_01"
    assert "info.json is not JSON" in aside.reason


def test_of_several_resolutions_the_largest_up_to_2k_is_taken(tmp_path: Path) -> None:
    lay(tmp_path, *(f"moss_diff_{k}k.png" for k in (1, 2, 4, 16)))
    found = list_textures(tmp_path, AddOptions())
    assert isinstance(found[0], Candidate)
    assert found[0].files[0].name == "moss_diff_2k.png"
    assert [each.reason for each in found[1:] if isinstance(each, SetAside)] == [
        "shares its name with moss_diff_2k.png"
    ] * 3


def test_a_normal_map_of_directx_is_turned_over(tmp_path: Path) -> None:
    slope = np.full((16, 16, 3), (128, 180, 230), dtype=np.uint8)
    lay(tmp_path, "stone_Color.png")
    lay(tmp_path, "stone_NormalDX.png", content=picture(slope))
    normal = maps_of(listed(tmp_path)["textures/stone"])["normal"]
    assert normal.getpixel((3, 3)) == (128, 255 - 180, 230)


def test_opengls_normal_map_goes_before_directxs_and_single_maps_before_packed_ones(tmp_path: Path) -> None:
    lay(tmp_path, "stone_Color.png", "stone_NormalGL.png", "stone_Roughness.png")
    lay(tmp_path, "stone_NormalDX.png", "stone_arm.png", content=plain((10, 20, 30)))
    maps = maps_of(listed(tmp_path)["textures/stone"])
    assert maps["normal"].getpixel((0, 0)) == (120, 130, 140)
    assert maps["roughness"].getpixel((0, 0)) == (120, 130, 140)
    assert (maps["occlusion"].getpixel((0, 0)), maps["metalness"].getpixel((0, 0))) == (10, 30)


def test_a_packed_map_that_is_none_is_told(tmp_path: Path) -> None:
    lay(tmp_path, "stone_Color.png")
    lay(tmp_path, "stone_arm.png", content=GREY[:-20])
    with pytest.raises(AssetError, match=r"stone_arm\.png is no sound PNG"):
        listed(tmp_path)["textures/stone"].load()


def test_what_has_no_colour_map_is_no_set(tmp_path: Path) -> None:
    lay(tmp_path, "stone_Roughness.png", "holiday.jpg")
    with pytest.raises(CatalogError, match="colour map"):
        list_textures(tmp_path, AddOptions())
    with pytest.raises(CatalogError, match="need a folder"):
        list_textures(None, AddOptions())
