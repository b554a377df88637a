"""Looks: every object of a plan carries what can be said of it, as its record or its finish has it."""

from typing import Any, get_args

import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.colors import COLOR_NAMES
from assets_catalog.mesh import AssetMesh
from assets_catalog.opening import open_catalog
from assets_catalog.record import AssetRecord, PartLook, Substance
from scenegen.recipes import plan_scene
from scenegen.recipes.looks import look_of_asset, look_of_surface, look_of_texture, with_looks
from schemas.run_spec import RunSpec
from schemas.scene_plan import Look, ScenePlan
from schemas.surface import Color, Finish, Recolor, Surface
from tests.catalogs import record_of, texture_of

RED, BLUE, BROWN = (0.75, 0.12, 0.1), (0.15, 0.3, 0.6), (0.45, 0.3, 0.2)
BLUISH = (0.34, 0.37, 0.47)
"""Some call it grey, some blue."""
COLORS = {"red": RED, "brown": BROWN, "grey": (0.5, 0.5, 0.5)}
CERTAIN = 0.65
"""Share from which language says a colour."""


@pytest.fixture(scope="module")
def plans() -> list[ScenePlan]:
    catalog = open_catalog("builtin")
    specs = (RunSpec(recipe=recipe, catalog="builtin", seed=3) for recipe in ("room", "primitives"))
    return [plan_scene(spec, 0, "train", catalog) for spec in specs]


def surface(finish: Finish, color: Color, **fields: Any) -> Look:
    return look_of_surface(Surface(finish=finish, color=color, **fields))


def part(color_name: str, substance: Substance, area_share: float) -> PartLook:
    color = COLORS[color_name]
    return PartLook(name="part", color_name=color_name, color=color, substance=substance, area_share=area_share)


def _no_mesh(record: AssetRecord) -> AssetMesh:
    raise AssertionError(f"looks loaded the mesh of {record.asset_id}")


CHAIR = record_of(
    "test/chair",
    color_name="brown",
    substance="wood",
    parts=(part("brown", "wood", 0.5), part("brown", "fabric", 0.3), part("grey", "wood", 0.2)),
)


def test_every_object_of_a_plan_has_a_look(plans: list[ScenePlan]) -> None:
    for plan in plans:
        assert len(plan.objects) >= 20
        for planned in plan.objects:
            assert planned.look, planned.label
            assert planned.look.color_name in ("", *COLOR_NAMES)
            assert planned.look.substance in get_args(Substance)


def test_an_asset_looks_as_its_record_says(plans: list[ScenePlan]) -> None:
    records = open_catalog("builtin").records
    assets = [planned for plan in plans for planned in plan.objects if planned.asset_id]
    assert len(assets) >= 10
    for planned in assets:
        record = records[planned.asset_id or ""]
        look = planned.look
        assert look
        assert (look.substance, look.size_m) == (record.substance, record.size_m)
        if planned.recolored:
            continue
        assert look.color_name == record.color_name
        colored = [part.area_share for part in record.parts if part.color_name == record.color_name]
        assert 0 <= look.color_share <= sum(colored) + 1e-4
    assert sum(not planned.recolored for planned in assets) >= 10


def test_a_plan_with_looks_survives_json(plans: list[ScenePlan]) -> None:
    for plan in plans:
        assert ScenePlan.model_validate_json(plan.model_dump_json()) == plan


def test_shares_are_summed_over_parts_and_never_more_than_all() -> None:
    look = look_of_asset(CHAIR)
    assert (look.color_name, look.color_share) == ("brown", 0.8)
    assert (look.substance, look.substance_share) == ("wood", 0.7)
    rounded = CHAIR.model_copy(update={"parts": (part("brown", "wood", 0.6667), part("brown", "wood", 0.3334))})
    assert look_of_asset(rounded).color_share == 1.0


def test_a_color_that_people_call_otherwise_too_counts_less() -> None:
    bluish = CHAIR.parts[2].model_copy(update={"color": BLUISH, "area_share": 1.0})
    look = look_of_asset(CHAIR.model_copy(update={"color_name": "grey", "parts": (bluish,)}))
    assert look.color_name == "grey"
    assert 0.3 <= look.color_share <= 0.6


def test_an_asset_without_parts_has_no_color_for_sure() -> None:
    look = look_of_asset(CHAIR.model_copy(update={"parts": ()}))
    assert (look.color_share, look.substance_share) == (0.0, 0.0)


def test_recolored_parts_have_their_new_color() -> None:
    look = look_of_asset(CHAIR, (Recolor(part=0, color=RED), Recolor(part=2, color=RED)))
    assert (look.color_name, look.color_share) == ("red", 0.7)
    assert look_of_asset(CHAIR, (Recolor(part=2, color=RED),)).color_name == "brown"


def test_a_plan_tells_recolored_parts(plans: list[ScenePlan]) -> None:
    catalog = Catalog.of("test", [CHAIR], _no_mesh)
    planned = next(planned for planned in plans[0].objects if planned.asset_id)
    red = planned.model_copy(update={"asset_id": "test/chair", "recolored": (Recolor(part=0, color=RED),)})
    (found,) = with_looks(plans[0].model_copy(update={"objects": (red,)}), catalog).objects
    assert found.look == look_of_asset(CHAIR, red.recolored) != look_of_asset(CHAIR)


@pytest.mark.parametrize(
    ("finish", "color", "name", "substance"),
    [
        ("paint", RED, "red", "unknown"),
        ("fabric", BLUE, "blue", "fabric"),
        ("planks", BROWN, "brown", "wood"),
        ("wood", BROWN, "brown", "wood"),
        ("tiles", (0.6, 0.6, 0.6), "grey", "tile"),
        ("carpet", BLUE, "blue", "carpet"),
        ("ground", (0.24, 0.36, 0.16), "green", "unknown"),
        ("wallpaper", RED, "red", "paper"),
    ],
)
def test_a_plain_finish_is_of_its_color(finish: Finish, color: Color, name: str, substance: Substance) -> None:
    look = surface(finish, color)
    assert (look.color_name, look.substance) == (name, substance)
    assert look.color_share >= CERTAIN
    assert look.substance_share == float(substance != "unknown")
    assert look.size_m is None


@pytest.mark.parametrize(
    ("finish", "color"),
    [
        ("rug", BLUE),  # with pale bands
        ("fabric", BLUISH),
        ("paint", (0.88, 0.87, 0.84)),  # between white, grey and beige
        ("metal", (0.72, 0.6, 0.38)),
        ("canvas", RED),
        ("mirror", (0.9, 0.9, 0.9)),
    ],
)
def test_where_people_might_differ_no_color_is_sure(finish: Finish, color: Color) -> None:
    assert surface(finish, color).color_share < CERTAIN


def test_a_second_color_takes_half_but_in_joints() -> None:
    assert surface("fabric", RED, second_color=BLUE).color_share == 0.5
    assert surface("tiles", RED, second_color=BLUE) == surface("tiles", RED)


def test_what_is_worn_has_less_of_its_color() -> None:
    assert surface("paint", RED).color_share == 1.0
    assert surface("paint", RED, wear=0.5).color_share == 0.75
    assert surface("paint", RED, wear=1.0).color_share == 0.5


@pytest.mark.parametrize("finish", get_args(Finish))
def test_every_finish_tells_a_substance_that_there_is(finish: Finish) -> None:
    look = surface(finish, BLUE, second_color=RED)
    assert look.substance in get_args(Substance)
    assert 0 <= look.color_share <= 1


def test_a_texture_set_tells_what_it_is_not() -> None:
    look = look_of_texture(texture_of("test/bricks"))
    assert (look.color_name, look.color_share) == ("red", 0.5)
    assert (look.substance, look.substance_share) == ("brick", 1.0)
