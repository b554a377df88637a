"""What rooms and yards take of a catalog's texture sets and pictures of all directions."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.index import index_of
from assets_catalog.record import Entry, EnvironmentRecord, MapRole, Place, Substance, TextureRecord
from scenegen.recipes import plan_scene
from scenegen.recipes.environments import draw_outlook
from scenegen.recipes.room.palette import in_sets, plan_palette
from scenegen.recipes.room.shape import rectangle
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, Sky, square
from schemas.seeds import rng_for
from tests.catalogs import environment_of, texture_of

SKY = Sky(sun_elevation_rad=0.6, sun_azimuth_rad=1.2, strength=0.5)


def a_set(substance: Substance, number: int = 0, holes: bool = False) -> TextureRecord:
    maps: dict[MapRole, str] = {"color": "a.png"} | ({"opacity": "b.png"} if holes else {})  # type: ignore[assignment]
    return texture_of(f"textures/{substance}-{number}", substance=substance, color=(0.7, 0.6, 0.55), maps=maps)


def a_picture(
    name: str, contrast: float, elevation_deg: float, mean: float = 1.0, place: Place = "outdoors"
) -> EnvironmentRecord:
    brightest = (-0.4, math.radians(elevation_deg))
    return environment_of(f"hdri/{name}", place=place, mean_luminance=mean, contrast=contrast, brightest=brightest)


SETS = [
    *(a_set(substance, number) for substance in ("wood", "tile", "carpet", "plaster", "brick") for number in range(2)),
    a_set("wood", 9, holes=True),
    a_set("water"),
]
SUNNY, OVERCAST, HAZY = a_picture("sunny", 30000, 40), a_picture("overcast", 60, 15), a_picture("hazy", 400, 35)
DUSK, INDOORS = a_picture("dusk", 5000, 4), a_picture("hall", 30000, 50, place="indoors")
PICTURES = [SUNNY, OVERCAST, HAZY, DUSK, INDOORS]


def with_more(catalog: Catalog, records: Sequence[Entry]) -> Catalog:
    return replace(catalog, index=index_of([*catalog.records.values(), *records]))


@pytest.fixture(scope="module")
def furnished(handmade: Catalog) -> Catalog:
    return with_more(handmade, [*SETS, *PICTURES])


@pytest.fixture(scope="module")
def rooms(furnished: Catalog) -> list[ScenePlan]:
    return [plan_scene(RunSpec(catalog="handmade"), index, "train", furnished) for index in range(12)]


@pytest.fixture(scope="module")
def plain_rooms(handmade: Catalog) -> list[ScenePlan]:
    return [plan_scene(RunSpec(catalog="handmade"), index, "train", handmade) for index in range(12)]


def stripped(plan: ScenePlan) -> ScenePlan:
    """Returns a room without its outside, as it would be with plain surfaces."""
    inner = [each for each in plan.objects if each.class_name not in ("ground", "building") and each.label != "hedge"]
    look = {"surface": None, "look": None, "instance_id": 1, "supported_by": 0}
    objects = tuple(each.model_copy(update=look) for each in inner)
    return plan.model_copy(update={"objects": objects, "environment": None, "lights": ()})


def test_a_catalog_without_them_gives_rooms_without_them(plain_rooms: list[ScenePlan]) -> None:
    for room in plain_rooms:
        assert room.environment is None
        assert all(planned.surface is None or planned.surface.texture is None for planned in room.objects)


def test_they_move_no_other_draw(rooms: list[ScenePlan], plain_rooms: list[ScenePlan]) -> None:
    """The same shell, furniture, small things and views; lamps and window lights too."""
    assert rooms != plain_rooms
    for room, plain in zip(rooms, plain_rooms, strict=True):
        assert stripped(room) == stripped(plain)
        assert [light for light in room.lights if light.kind != "sun"] == [
            light for light in plain.lights if light.kind != "sun"
        ]


def test_the_same_arguments_give_the_same_room(furnished: Catalog, rooms: list[ScenePlan]) -> None:
    assert plan_scene(RunSpec(catalog="handmade"), 3, "train", furnished) == rooms[3]


def test_a_room_names_all_that_it_uses(rooms: list[ScenePlan]) -> None:
    named = {asset_id for room in rooms for asset_id in room.asset_ids()}
    assert {name.partition("/")[0] for name in named} == {"handmade", "textures", "hdri"}
    for room in rooms:
        surfaces = {planned.surface.texture for planned in room.objects if planned.surface} - {None}
        assert surfaces <= set(room.asset_ids())
        assert room.environment is None or room.environment.asset_id in room.asset_ids()


def test_about_half_of_the_rooms_look_out_on_a_picture_and_have_no_ground_of_ours(rooms: list[ScenePlan]) -> None:
    with_picture = [room for room in rooms if room.environment]
    assert 3 <= len(with_picture) <= 9
    for room in rooms:
        assert (room.environment is None) == any(planned.class_name == "ground" for planned in room.objects)


def test_a_split_shows_only_its_own(handmade: Catalog) -> None:
    of_val = [record.model_copy(update={"split": "val"}) for record in (*SETS, *PICTURES)]
    mixed = with_more(handmade, of_val)
    for index in range(6):
        room = plan_scene(RunSpec(catalog="handmade"), index, "train", mixed)
        assert all(asset_id.startswith("handmade/") for asset_id in room.asset_ids())


def test_surfaces_take_what_suits_them() -> None:
    sets = {record.asset_id: record for record in SETS}
    suited = {"planks": "wood", "tiles": "tile", "carpet": "carpet"}
    shape = rectangle(4.0, 5.0, 2.6, 0.25, (0.015, 0.08))
    floors, rough, coarse, papered, rugs = 0, 0, 0, 0, 0
    for number in range(200):
        before = plan_palette(rng_for(number, "palette"), shape)
        after = in_sets(rng_for(number, "textures"), before, sets)
        if after.floor.texture:
            floors += 1
            record = sets[after.floor.texture]
            assert record.substance == suited[before.floor.finish]
            assert after.floor.color == record.color
            assert not after.floor.texture.endswith("-9")
        walls = [sets[wall.texture].substance for wall in after.walls if wall.texture]
        rough += any(wall.finish in ("brick", "planks") for wall in before.walls)
        coarse += walls.count("brick") + walls.count("wood") > 0
        papered += walls.count("plaster") + walls.count("paper") > 1
        assert after.floor.texture not in {None, *(wall.texture for wall in after.walls)} or not after.floor.texture
        rugs += after.rug.texture is not None
        assert (after.ceiling, after.trim, after.door) == (before.ceiling, before.trim, before.door)
    assert 80 < floors < 140
    assert min(papered, rugs) > 20
    assert rough > 8
    assert 0.25 * rough < coarse < 0.75 * rough


GREY, DARK = (SKY.model_copy(update={"weather": weather}) for weather in ("overcast", "night"))


def outlooks(pictures: Sequence[EnvironmentRecord], evening: bool = False, sky: Sky = SKY) -> set[str]:
    named = {record.asset_id: record for record in pictures}
    drawn = [draw_outlook(rng_for(number, "outlook"), named, sky, 12.0, evening) for number in range(60)]
    return {outlook.environment.asset_id for outlook in drawn if outlook}


def test_a_picture_has_the_weather_and_the_hour_of_the_scene() -> None:
    assert outlooks(PICTURES) == {"hdri/sunny", "hdri/hazy"}
    assert outlooks(PICTURES, True) == {"hdri/dusk"}
    assert outlooks(PICTURES, sky=GREY) == {"hdri/overcast"}
    assert not outlooks(PICTURES, sky=DARK)
    assert not outlooks([INDOORS])


@pytest.mark.parametrize("picture", [SUNNY, OVERCAST, HAZY])
def test_a_picture_is_as_bright_as_the_sky_and_its_sun_stands_where_the_sun_was_planned(
    picture: EnvironmentRecord,
) -> None:
    named = {picture.asset_id: picture}
    brighter = {picture.asset_id: picture.model_copy(update={"mean_luminance": 4.0})}
    sky = GREY if picture is OVERCAST else SKY
    for number in range(20):
        outlook = draw_outlook(rng_for(number, "outlook"), named, sky, 12.0)
        if outlook is None:
            continue
        assert outlook.environment.heading_rad + picture.brightest[0] == pytest.approx(SKY.sun_azimuth_rad)
        assert outlook.sun_elevation_rad == picture.brightest[1]
        assert outlook.has_sun == (picture is HAZY)
        again = draw_outlook(rng_for(number, "outlook"), brighter, sky, 12.0)
        assert again is not None
        assert again.environment.strength == pytest.approx(outlook.environment.strength / 4.0)


def test_the_planned_sun_goes_or_stands_where_the_picture_is_brightest(rooms: list[ScenePlan]) -> None:
    met = set()
    for room in rooms:
        suns = [square(light.light2world)[:3, 2] for light in room.lights if light.kind == "sun"]
        name = room.environment.asset_id if room.environment else None
        met.add(name)
        if name is not None:
            assert len(suns) == (name == "hdri/hazy")
        if name == "hdri/hazy" and room.environment:
            toward, heading = suns[0], room.environment.heading_rad + HAZY.brightest[0]
            assert math.asin(toward[2]) == pytest.approx(HAZY.brightest[1])
            assert math.remainder(math.atan2(toward[1], toward[0]) - heading, math.tau) == pytest.approx(0, abs=1e-9)
    assert {None, "hdri/hazy", "hdri/sunny"} <= met


def test_yards_lie_under_the_sky_or_in_a_picture(furnished: Catalog, handmade: Catalog) -> None:
    spec = RunSpec(recipe="primitives", catalog="handmade")
    around = []
    for index in range(10):
        yard, plain = (plan_scene(spec, index, "train", catalog) for catalog in (furnished, handmade))
        around.append(yard.environment is not None)
        assert (yard.objects, yard.views, yard.sky) == (plain.objects, plain.views, plain.sky)
        assert plain.environment is None
        assert len(yard.lights) == (0 if yard.environment else 1)
    assert 0 < np.sum(around) < 10
