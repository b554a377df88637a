"""Placement: what could not stand like that is refused, with both things and by how much; what could is not."""

import math
import re

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from assets_catalog.catalog import Catalog
from scenegen.recipes.placement import faults, refused
from scenegen.recipes.placement.body import bodies_of
from schemas.geometry import pose
from schemas.scene_plan import PlannedObject, Sphere, flat
from tests.scenegen.recipes.placement.scene import DOOR_X, HEIGHT_M, WALL_Y, made, model, room

TABLE, CHAIR = "builtin/dining_table-01", "builtin/padded_chair-01"
LAMP, PICTURE, PENDANT = "builtin/table_lamp-02", "builtin/picture-02", "builtin/dome_pendant-01"
TOP_M = 0.74513


def reason(things: list[PlannedObject], catalog: Catalog) -> str:
    """Returns why a room with the things is refused; empty where it isn't."""
    found = refused([*room(), *things], catalog)
    return found.reason if found else ""


def figure_cm(text: str) -> float:
    found = re.search(r"([\d.]+) cm", text)
    assert found, text
    return float(found[1])


def table(catalog: Catalog) -> PlannedObject:
    return model(10, TABLE, catalog, (-1.2, 0.0, 0.0))


def lamp(catalog: Catalog, above_m: float = 0.0) -> PlannedObject:
    return model(11, LAMP, catalog, (-1.2, 0.0, TOP_M + above_m), carrier=10)


def chair(catalog: Catalog, y: float, z: float = 0.0) -> PlannedObject:
    """Returns a chair at the table's front that looks at it."""
    return model(12, CHAIR, catalog, (-1.2, y, z), math.pi)


def test_an_empty_room_holds(builtin: Catalog) -> None:
    assert reason([], builtin) == ""


@pytest.mark.parametrize(("above_m", "holds"), [(0.0, True), (0.008, True), (-0.008, True), (0.013, False)])
def test_a_lamp_stands_on_its_table(above_m: float, holds: bool, builtin: Catalog) -> None:
    assert (reason([table(builtin), lamp(builtin, above_m)], builtin) == "") == holds


def test_a_lifted_lamp_is_named_with_its_table_and_the_gap(builtin: Catalog) -> None:
    text = reason([table(builtin), lamp(builtin, 0.031)], builtin)
    assert re.fullmatch(r"a table lamp \(11\) floats 3\.1 cm off a .*\(10\)", text), text


def test_a_lamp_beside_its_table_is_refused(builtin: Catalog) -> None:
    beside = model(11, LAMP, builtin, (1.5, -1.0, TOP_M), carrier=10)
    assert "(11) floats" in reason([table(builtin), beside], builtin)


def test_a_lamp_that_claims_the_floor_floats_over_it_by_the_tables_height(builtin: Catalog) -> None:
    claims = model(11, LAMP, builtin, (-1.2, 0.0, TOP_M))
    assert figure_cm(reason([table(builtin), claims], builtin)) == pytest.approx(100 * TOP_M, abs=0.2)


@pytest.mark.parametrize("out_m", [0.05, 0.3])
def test_a_chair_tucked_under_its_table_holds(out_m: float, builtin: Catalog) -> None:
    """Its box lies well within that of the table, its mesh does not."""
    tucked = chair(builtin, -0.49 - 0.26 + 0.35 - out_m)
    assert reason([table(builtin), tucked], builtin) == ""


def test_a_chair_sunk_into_the_floor_is_refused(builtin: Catalog) -> None:
    text = reason([chair(builtin, -1.5, z=-0.05)], builtin)
    assert re.match(r"a chair \(12\) is .* cm or more inside a floor \(1\)", text) or "(12) floats" in text, text


@pytest.mark.parametrize("sunk_m", [0.013, 0.05, 0.09])
def test_a_block_in_another_is_refused_with_the_depth(sunk_m: float, builtin: Catalog) -> None:
    lower = made(20, "box", ((0, 0, 0.2), (0.4, 0.4, 0.4)))
    upper = made(21, "box", ((0.05, 0.05, 0.5 - sunk_m), (0.2, 0.2, 0.2)), supported_by=20)
    text = reason([lower, upper], builtin)
    assert "(20)" in text
    assert "(21)" in text
    assert 0.5 * 100 * sunk_m <= figure_cm(text) <= 100 * sunk_m


def test_a_block_a_little_in_another_is_forgiven(builtin: Catalog) -> None:
    lower = made(20, "box", ((0, 0, 0.2), (0.4, 0.4, 0.4)))
    upper = made(21, "box", ((0.05, 0.05, 0.492), (0.2, 0.2, 0.2)), supported_by=20)
    assert reason([lower, upper], builtin) == ""


def test_a_thin_board_through_another_is_refused(builtin: Catalog) -> None:
    """No point of either is a centimetre deep in the other."""
    level = made(
        20, "box", ((0, 0, 0.009), (0.6, 0.6, 0.018)), object2world=flat(pose((0.0, 0.0, 0.5), 0.0)), supported_by=1
    )
    upright = made(21, "box", ((0, 0, 0.5), (0.018, 0.5, 1.0)))
    legs = made(22, "box", ((0.25, 0.25, 0.25), (0.05, 0.05, 0.5)))
    text = reason([level.model_copy(update={"supported_by": 22}), upright, legs], builtin)
    assert {"(20)", "(21)"} <= set(re.findall(r"\(\d+\)", text)), text


def test_a_ball_wholly_in_a_block_is_inside_it(builtin: Catalog) -> None:
    """Their surfaces don't cross."""
    block = made(20, "box", ((0, 0, 0.2), (0.4, 0.4, 0.4)))
    ball = made(21, "ball", boxes=(), spheres=(Sphere(radius_m=0.05),), object2world=flat(pose((0.0, 0.0, 0.2), 0.0)))
    reasons = [fault.reason for fault in faults(bodies_of([*room(), block, ball], builtin))]
    assert any({"(20)", "(21)"} <= set(re.findall(r"\(\d+\)", text)) and "inside" in text for text in reasons), reasons


@pytest.mark.parametrize(("sunk_m", "holds"), [(0.007, True), (0.016, False)])
def test_a_centimetre_is_forgiven_on_a_slope_too(sunk_m: float, holds: bool, builtin: Catalog) -> None:
    """The boxes around them share much more."""
    slope = Rotation.from_euler("zx", (0.6, 0.4)).as_matrix()
    turned = np.eye(4)
    turned[:3, :3], turned[:3, 3] = slope, (0.0, 0.0, 1.0)
    lower = made(20, "box", ((0, 0, -0.2), (0.4, 0.4, 0.4)), object2world=flat(turned), supported_by=22)
    upper = made(21, "box", ((0.05, 0.05, 0.1 - sunk_m), (0.2, 0.2, 0.2)), object2world=flat(turned), supported_by=20)
    reasons = [fault.reason for fault in faults(bodies_of([lower, upper], builtin))]
    assert any("(21) is" in text for text in reasons) != holds, reasons


@pytest.mark.parametrize(("off_m", "holds"), [(0.0, True), (0.008, True), (0.02, False), (0.3, False)])
def test_a_picture_is_on_its_wall(off_m: float, holds: bool, builtin: Catalog) -> None:
    depth_m = builtin.records[PICTURE].size_m[1]
    hung = model(13, PICTURE, builtin, (-1.0, WALL_Y - off_m - depth_m / 2, 1.4))
    text = reason([hung], builtin)
    assert (text == "") == holds
    assert holds or re.fullmatch(rf"a picture \(13\) hangs {100 * off_m:.1f} cm off a wall \(3\)", text), text


def test_a_picture_with_its_face_to_the_wall_is_refused(builtin: Catalog) -> None:
    depth_m = builtin.records[PICTURE].size_m[1]
    turned = model(13, PICTURE, builtin, (-1.0, WALL_Y - depth_m / 2, 1.4), math.pi)
    assert "a picture (13) hangs" in reason([turned], builtin)


@pytest.mark.parametrize(("off_m", "holds"), [(0.0, True), (0.05, False)])
def test_a_pendant_hangs_from_the_ceiling(off_m: float, holds: bool, builtin: Catalog) -> None:
    low_m = HEIGHT_M - builtin.records[PENDANT].size_m[2] - off_m
    text = reason([model(14, PENDANT, builtin, (-1.0, -1.0, low_m))], builtin)
    assert (text == "") == holds
    assert holds or "5.0 cm off a ceiling (2)" in text


@pytest.mark.parametrize(("before_m", "holds"), [(0.5, False), (0.75, True)])
def test_a_door_is_free(before_m: float, holds: bool, builtin: Catalog) -> None:
    depth_m = builtin.records[CHAIR].size_m[1]
    placed = model(12, CHAIR, builtin, (DOOR_X, WALL_Y - before_m - depth_m / 2 + 0.08, 0.0))
    text = reason([placed], builtin)
    assert (text == "") == holds
    assert holds or re.fullmatch(r"a chair \(12\) is within 60 cm of a door \(4\), in its way", text), text


def test_a_rug_may_lie_before_a_door(builtin: Catalog) -> None:
    assert reason([made(15, "rug", ((DOOR_X, 1.5, 0.005), (0.8, 0.6, 0.01)))], builtin) == ""


def test_what_is_built_may_meet(builtin: Catalog) -> None:
    """Skirting in a wall, and a wall in the floor."""
    assert reason([made(16, "skirting", ((-1.0, WALL_Y, 0.0), (2.0, 0.1, 0.2)))], builtin) == ""


def test_a_scene_in_another_pose_is_judged_alike(builtin: Catalog) -> None:
    turn = pose((40.0, -30.0, 2.0), 0.7)
    things = [*room(), table(builtin), lamp(builtin, 0.031)]
    moved = [
        each.model_copy(update={"object2world": flat(turn @ np.array(each.object2world).reshape(4, 4))})
        for each in things
    ]
    found = refused(moved, builtin)
    assert found is not None
    assert figure_cm(found.reason) == pytest.approx(3.1, abs=0.05)


def test_the_same_scene_gives_the_same_reason(builtin: Catalog) -> None:
    things = [table(builtin), lamp(builtin, 0.031), chair(builtin, -1.5, z=-0.05)]
    assert reason(things, builtin) == reason(things, builtin) != ""
