"""Outlines of rooms against points that are plainly inside or outside."""

import numpy as np
import pytest

from scenegen.recipes.room.shape import Part, Shape, ell, rectangle
from scenegen.recipes.solid import Solid

_OUTER = Part((0.0, 0.0), (6.0, 4.0))
_NOTCHES = [
    Part((0.0, 0.0), (2.0, 1.5)),
    Part((4.0, 0.0), (6.0, 1.5)),
    Part((4.0, 2.5), (6.0, 4.0)),
    Part((0.0, 2.5), (2.0, 4.0)),
]


def _shape(notch: Part) -> Shape:
    return Shape(ell(_OUTER, notch), 2.6, 0.25, (0.015, 0.08))


@pytest.mark.parametrize("notch", _NOTCHES)
def test_walls_go_round_with_the_room_on_their_left(notch: Part) -> None:
    shape = _shape(notch)
    assert len(shape.walls) == 6
    assert shape.notch == notch
    for wall in shape.walls:
        middle = wall.length_m / 2
        assert shape.contains(wall.point_m(middle, 0.05))
        assert not shape.contains(wall.point_m(middle, -0.05))
        assert (wall.along[1] == 0.0) == (wall.index % 2 == 0)
        assert shape.opposite(wall).local_m(wall.point_m(middle, 0.0))[1] == pytest.approx(shape.across_m(wall))
    assert sum(wall.juts.count(True) for wall in shape.walls) == 2


@pytest.mark.parametrize("notch", _NOTCHES)
def test_parts_tile_the_floor(notch: Part) -> None:
    shape = _shape(notch)
    assert shape.area_m2 == pytest.approx(24.0 - 3.0)
    grid = np.stack(np.meshgrid(np.linspace(0.01, 5.99, 40), np.linspace(0.01, 3.99, 30)), axis=-1).reshape(-1, 2)
    for x, y in grid:
        inside = [part.low_m[0] <= x <= part.high_m[0] and part.low_m[1] <= y <= part.high_m[1] for part in shape.parts]
        assert sum(inside) == shape.contains((float(x), float(y)))


@pytest.mark.parametrize("notch", _NOTCHES)
def test_a_solid_is_held_where_none_of_it_is_beyond_a_wall(notch: Part) -> None:
    shape, rng, seen = _shape(notch), np.random.default_rng(0), {True: 0, False: 0}
    for _ in range(300):
        x, y = float(rng.uniform(0, 6)), float(rng.uniform(0, 4))
        solid = Solid(
            (x, y), (float(rng.uniform(0.1, 0.6)), float(rng.uniform(0.1, 0.6))), float(rng.uniform(0, 3)), 0.0, 1.0
        )
        steps = np.linspace(-1, 1, 25)
        (ax, ay), (bx, by) = solid.axes
        points = [
            (
                x + u * solid.half_m[0] * ax + v * solid.half_m[1] * bx,
                y + u * solid.half_m[0] * ay + v * solid.half_m[1] * by,
            )
            for u in steps
            for v in steps
        ]
        surely, surely_not = (all(shape.contains(p, 0.05) for p in points), not all(map(shape.contains, points)))
        if surely or surely_not:
            assert shape.holds(solid, 0.0) == surely
            seen[surely] += 1
    assert min(seen.values()) > 30


def test_a_rectangle_is_around_the_origin() -> None:
    shape = rectangle(4.0, 3.0, 2.6, 0.25, (0.015, 0.08))
    assert [wall.side for wall in shape.walls] == ["south", "east", "north", "west"]
    assert shape.middle_m == (0.0, 0.0)
    assert shape.across_m(shape.walls[0]) == pytest.approx(3.0)
    assert not shape.holds(Solid((0.0, 0.0), (2.1, 0.5), 0.0, 0.0, 1.0), 0.0)
