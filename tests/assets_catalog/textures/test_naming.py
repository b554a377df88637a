"""File names of the libraries, and what sets show by their words."""

from pathlib import Path

import pytest

from assets_catalog.sources.textures.naming import NamedFile, named, substance_by_name


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("Wood049_1K-JPG_Color.jpg", NamedFile("Wood049", "color", 1)),
        ("Wood049_1K-JPG_NormalGL.jpg", NamedFile("Wood049", "normal", 1)),
        ("Wood049_1K-JPG_NormalDX.jpg", NamedFile("Wood049", "normal_dx", 1)),
        ("Metal032_2K-PNG_Metalness.png", NamedFile("Metal032", "metalness", 2)),
        ("PaintedMetal004_8K_AmbientOcclusion.jpg", NamedFile("PaintedMetal004", "occlusion", 8)),
        ("Bricks001_1K-JPG_Displacement.jpg", NamedFile("Bricks001", "height", 1)),
        ("LeafSet005_1K-JPG_Opacity.jpg", NamedFile("LeafSet005", "opacity", 1)),
        ("oak_veneer_01_diff_1k.jpg", NamedFile("oak_veneer_01", "color", 1)),
        ("oak_veneer_01_nor_gl_4k.png", NamedFile("oak_veneer_01", "normal", 4)),
        ("oak_veneer_01_nor_dx_4k.png", NamedFile("oak_veneer_01", "normal_dx", 4)),
        ("oak_veneer_01_arm_1k.jpg", NamedFile("oak_veneer_01", "arm", 1)),
        ("rusty_metal_02_rough_1k.jpg", NamedFile("rusty_metal_02", "roughness", 1)),
        ("fabric_pattern_07_col_1_1k.png", NamedFile("fabric_pattern_07", "color", 1)),
        ("copper_brushed_basecolor.png", NamedFile("copper_brushed", "color", 0)),
        ("copper_brushed_ambient_occlusion.PNG", NamedFile("copper_brushed", "occlusion", 0)),
    ],
)
def test_a_file_of_a_set_is_known(file: str, told: NamedFile) -> None:
    assert named(Path("anywhere") / file) == told


@pytest.mark.parametrize(
    "file", ["Wood049_1K-JPG.png", "Wood049.png", "oak_veneer_01_spec_1k.jpg", "x_Color.exr", "_Color.jpg", "color.png"]
)
def test_other_files_are_no_part_of_a_set(file: str) -> None:
    assert named(Path(file)) is None


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("WoodFloor049", "wood"),
        ("oak_veneer_01", "wood"),
        ("wood_planks_grey", "wood"),
        ("Bricks097", "brick"),
        ("castle_brick_02_red", "brick"),
        ("MarbleTiles04", "tile"),
        ("marble_01", "stone"),
        ("fabric_leather_02", "leather"),
        ("Carpet016", "carpet"),
        ("painted_plaster_wall", "plaster"),
        ("concrete_wall_003", "concrete"),
        ("Wallpaper001A", "paper"),
        ("PaintedMetal004", "metal"),
        ("forest_ground_04", "ground"),
        ("aerial_grass_rock", "grass"),
        ("bark_brown_02", "bark"),
        ("asphalt_02", "asphalt"),
        ("Onyx006", "stone"),
        ("Surface12", "unknown"),
    ],
)
def test_words_tell_the_substance(name: str, substance: str) -> None:
    assert substance_by_name(name) == substance
