"""The parts of which streets are made: legs, ground, walls with holes, roofs."""

import math

import numpy as np
import pytest

from scenegen.recipes.solid import Solid
from scenegen.recipes.street.house import House, Opening, caged, flank, front, front_openings, pierced
from scenegen.recipes.street.leg import SIDES, Gap, Leg, Profile
from scenegen.recipes.street.network import draw_network
from scenegen.recipes.street.roofs import Pitch, gables, ridge_m, slabs
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import box, of_boxes
from schemas.geometry import pose
from schemas.scene_plan import Box
from schemas.seeds import rng_for
from schemas.surface import Surface

PROFILE = Profile(1, 3.0, True, 0.0, 0.12, 0.0, 2.5)
HOUSE = House(9.0, 8.0, 3, 0.34, 3.0, 3, (1.2, 1.5), 0.8, 1, False, 0.4)
PLAIN = Surface(finish="paint", color=(0.5, 0.5, 0.5))


def covered(boxes: list[Box], u: float, z: float) -> bool:
    return any(
        abs(u - each.center_m[0]) <= each.size_m[0] / 2 and abs(z - each.center_m[2]) <= each.size_m[2] / 2
        for each in boxes
    )


@pytest.mark.parametrize("heading_rad", [0.0, 0.7, math.pi / 2])
def test_things_face_the_road_and_vehicles_keep_right(heading_rad: float) -> None:
    leg = Leg((3.0, -2.0), heading_rad, -50.0, 50.0, PROFILE)
    (ax, ay), (bx, by) = leg.axes
    for side in SIDES:
        yaw_rad = leg.facing_road(side)
        assert (math.sin(yaw_rad), -math.cos(yaw_rad)) == pytest.approx((-side * bx, -side * by))
        yaw_rad = leg.driving(side)
        assert (math.sin(yaw_rad), -math.cos(yaw_rad)) == pytest.approx((-side * ax, -side * ay))
    assert leg.local(leg.spot(7.0, -1.5)) == pytest.approx((7.0, -1.5))


def test_other_roads_leave_gaps_in_a_kerb_and_wider_ones_between_plots() -> None:
    leg = Leg((0.0, 0.0), 0.0, -50.0, 50.0, PROFILE, (Gap(1, 10.0, 3.0, 6.0),))
    assert leg.open_runs(1, -50.0, 50.0) == [(-50.0, 7.0), (13.0, 50.0)]
    assert leg.open_runs(1, -50.0, 50.0, plots=True) == [(-50.0, 4.0), (16.0, 50.0)]
    assert leg.open_runs(-1, -50.0, 50.0) == [(-50.0, 50.0)]


@pytest.mark.parametrize("build", [pierced, caged])
def test_a_wall_has_its_holes_and_is_whole_elsewhere(build: object) -> None:
    face, openings = front(HOUSE), [each for each in front_openings(HOUSE) if each.kind == "window" and each.storey > 0]
    boxes = pierced(face, openings, (0.0, HOUSE.height), (0.0, 0.3))
    if build is caged:
        boxes = caged(face, openings, (0.0, HOUSE.height), (0.0, 0.3))
    for u in np.arange(0.011, HOUSE.width, 0.097).tolist():
        for z in np.arange(0.013, HOUSE.height, 0.089).tolist():
            is_hole = any(o.u[0] < u < o.u[1] and o.z[0] < z < o.z[1] for o in openings)
            assert covered(boxes, u - HOUSE.width / 2, z) != is_hole


def test_pieces_of_a_wall_do_not_overlap() -> None:
    openings = front_openings(HOUSE)
    boxes = pierced(front(HOUSE), openings, (0.0, HOUSE.height), (0.0, 0.3))
    holes_m2 = sum((o.u[1] - o.u[0]) * (o.z[1] - o.z[0]) for o in openings)
    area_m2 = sum(each.size_m[0] * each.size_m[2] for each in boxes)
    assert area_m2 == pytest.approx(HOUSE.width * HOUSE.height - holes_m2)


def test_flanks_look_outward() -> None:
    for side in SIDES:
        face = flank(HOUSE, side)
        wall = face.box((0.0, face.length), (0.0, 0.3), (0.0, 1.0))
        assert wall.center_m[0] == pytest.approx(side * (HOUSE.width / 2 - 0.15))
        assert face.along[0] * face.inward[1] - face.along[1] * face.inward[0] > 0


def test_slopes_meet_at_the_ridge_above_the_gables() -> None:
    pitch = Pitch(math.radians(38.0), 0.4, 0.3)
    top_m = HOUSE.height + ridge_m(HOUSE, pitch)
    steps = gables(HOUSE, pitch)
    assert max(each.center_m[2] + each.size_m[2] / 2 for each in steps) == pytest.approx(top_m, abs=1e-3)
    for tilted, slab in slabs(HOUSE, pitch):
        ridge = np.linalg.inv(tilted) @ np.array([0.0, HOUSE.depth / 2, top_m, 1.0])
        assert ridge[2] == pytest.approx(0.0, abs=1e-3)
        assert 0.0 < ridge[1] < slab.size_m[1]
        for each in steps:
            corners = [
                (each.center_m[1] + way * each.size_m[1] / 2, each.center_m[2] + each.size_m[2] / 2) for way in (-1, 1)
            ]
            local = [np.linalg.inv(tilted) @ np.array([0.0, y, z, 1.0]) for y, z in corners]
            assert all(point[2] < slab.size_m[2] for point in local), "no step shows above the roof"


def test_the_highest_ground_counts_and_edges_are_not_level() -> None:
    site = Site()
    site.lay(
        of_boxes("ground", "land", pose((0.0, 0.0, 0.0), 0.0), [box((-50.0, -50.0, -1.0), (50.0, 50.0, -0.06))], PLAIN)
    )
    site.lay(
        of_boxes("sidewalk", "walk", pose((10.0, 0.0, 0.0), 0.5), [box((-2.0, -2.0, -1.0), (2.0, 2.0, 0.12))], PLAIN)
    )
    assert site.height_m((0.0, 0.0)) == pytest.approx(-0.06)
    assert site.height_m((10.0, 0.0)) == pytest.approx(0.12)
    assert site.level_m(Solid((10.0, 0.0), (0.5, 0.5), 0.5, 0.0, 1.0)) == pytest.approx(0.12)
    assert site.level_m(Solid((12.0, 0.5), (0.5, 0.5), 0.0, 0.0, 1.0)) is None


def test_what_is_taken_is_not_free() -> None:
    site = Site()
    site.take(Solid((0.0, 0.0), (1.0, 2.0), 0.3, 0.0, 2.0))
    assert not site.is_free([Solid((1.2, 0.0), (0.3, 0.3), 0.0, 0.0, 1.0)])
    assert site.is_free([Solid((1.2, 0.0), (0.3, 0.3), 0.0, 2.5, 3.0)])
    assert site.is_free([Solid((3.0, 0.0), (0.3, 0.3), 0.0, 0.0, 1.0)])
    site.keep_open(Solid((20.0, 0.0), (5.0, 5.0), 0.0, -1.0, 50.0))
    assert site.is_free([Solid((20.0, 0.0), (0.3, 0.3), 0.0, 0.0, 1.0)])
    assert not site.may_build(Solid((20.0, 0.0), (0.3, 0.3), 0.0, 0.0, 1.0))


def test_bent_roads_go_on_where_they_ended() -> None:
    """The middle of the next leg begins at the end of the main one, and kerbs of the inner side end before it."""
    found = 0
    for number in range(12):
        network = draw_network(rng_for(number, "test"), "town", 400.0)
        for leg in network.others:
            if leg.leaves:
                continue
            found += 1
            assert leg.spot(0.0, 0.0) in (
                network.main.spot(network.main.end_m, 0.0),
                network.main.spot(network.main.start_m, 0.0),
            )
            assert leg.sunk_m > 0
            past = [each for pair in leg.past_m for each in pair if each]
            assert min(past) < 0 < max(past)
    assert found


def test_openings_lie_within_their_wall() -> None:
    for opening in front_openings(HOUSE):
        assert isinstance(opening, Opening)
        assert 0.0 < opening.u[0] < opening.u[1] < HOUSE.width
        assert 0.0 < opening.z[0] < opening.z[1] < HOUSE.height
