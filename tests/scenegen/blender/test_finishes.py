"""Finishes in real renders: each is there, each looks like none of its variants, and none touches the geometry."""

from dataclasses import fields
from typing import get_args

import numpy as np
import pytest
from jaxtyping import Float32, Float64

from assets_catalog.catalog import Catalog
from scenegen.blender.finishes import FINISHES
from scenegen.blender.stage import open_stage
from schemas.frame import GBuffer
from schemas.geometry import intrinsics, look_along, pose
from schemas.run_spec import RenderSpec, RunSpec
from schemas.scene_plan import Box, Light, PlannedObject, Rectangle, ScenePlan, Sky, Sphere, View, flat
from schemas.surface import PANES, Finish, Surface
from tests.catalogs import catalog_of

SPEC = RunSpec(render=RenderSpec(samples=4, denoise=False))
ALL: tuple[Finish, ...] = get_args(Finish)
_MADE = frozenset(ALL) - PANES
_OF_TWO_COLORS: frozenset[Finish] = frozenset(
    {"wallpaper", "brick", "tiles", "stone", "planks", "carpet", "rug", "fabric", "paper", "canvas", "ground", "grass",
     "foliage"}
)  # fmt: skip
LEAST = 0.005
"""Share of the light by which pixels differ that look different."""
COLUMNS, PX = 7, 32
SIDE_M = 0.6
"""Of a shape; they stand a metre apart."""
Shown = tuple[GBuffer, Float32[np.ndarray, "h w 3"]]


def base(finish: Finish) -> Surface:
    return Surface(finish=finish, color=(0.6, 0.45, 0.35), second_color=(0.3, 0.4, 0.5), wear=0.2, variant=1)


def scene(surfaces: list[Surface], shape: str = "box") -> ScenePlan:
    """Returns a board of shapes, one of each surface, 32 pixels apart, seen from the front and a little above."""
    rows = -(-len(surfaces) // COLUMNS)
    objects = tuple(
        PlannedObject(
            instance_id=number + 1,
            class_id=1,
            class_name="box",
            label="box",
            object2world=flat(_pose(number, rows, upright=shape == "rectangle")),
            boxes=(Box(center_m=(0.0, 0.0, 0.0), size_m=(SIDE_M, SIDE_M, SIDE_M)),) if shape == "box" else (),
            spheres=(Sphere(radius_m=SIDE_M / 2),) if shape == "sphere" else (),
            rectangles=(Rectangle(size_m=(SIDE_M, SIDE_M)),) if shape == "rectangle" else (),
            surface=surface,
        )
        for number, surface in enumerate(surfaces)
    )
    width_px, height_px = COLUMNS * PX, rows * PX
    away_m = 14.0
    view = View(
        view_index=0,
        width_px=width_px,
        height_px=height_px,
        intrinsics=flat(intrinsics(2 * np.arctan(COLUMNS / 2 / away_m), width_px, height_px)),
        cam2world=flat(look_along((COLUMNS / 2, -away_m, rows / 2 + 1.5), np.pi / 2, -np.arctan(1.5 / away_m))),
    )
    sun = Light(kind="sun", light2world=flat(look_along_light()), power=3.0, angle_rad=0.3)
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="test",
        seed=7,
        objects=objects,
        lights=(sun,),
        sky=Sky(sun_elevation_rad=0.6, sun_azimuth_rad=4.0, strength=0.15),
        views=(view,),
    )


def _pose(number: int, rows: int, upright: bool) -> Float64[np.ndarray, "4 4"]:
    object2world = pose((number % COLUMNS + 0.5, 0.0, rows - number // COLUMNS - 0.5), 0.3)
    if upright:
        object2world[:3, :3] @= np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
    return object2world


def look_along_light() -> Float64[np.ndarray, "4 4"]:
    """Returns the pose of a light that shines forward, down and to the right."""
    toward = np.array([0.4, 0.8, -0.45]) / np.linalg.norm([0.4, 0.8, -0.45])
    right = np.cross(toward, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    light2world = np.eye(4)
    light2world[:3, :3] = np.stack([right, np.cross(right, toward), -toward], axis=1)
    return light2world


def shown(plan: ScenePlan) -> Shown:
    stage = open_stage(plan, EMPTY, SPEC, threads=0)
    (view,) = plan.views
    sighting = stage.sight(view)
    return sighting.gbuffer, stage.picture(view, sighting).linear_light


EMPTY: Catalog = catalog_of()


@pytest.fixture(scope="module")
def plain() -> Shown:
    return shown(scene([base(finish) for finish in ALL]))


def pixels(frame: Shown, number: int) -> Float64[np.ndarray, "n 3"]:
    """Returns what is seen of an object."""
    buffer, light = frame
    return light[buffer.instance_id == number + 1].astype(np.float64)


def differences(one: Shown, other: Shown) -> dict[Finish, float]:
    """Returns by which share of their light the pixels of each finish differ."""
    pairs = [(pixels(one, number), pixels(other, number)) for number in range(len(ALL))]
    shares = [float(np.abs(a - b).mean() / a.mean()) for a, b in pairs]
    return dict(zip(ALL, shares, strict=True))


def same(one: GBuffer, other: GBuffer) -> bool:
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(GBuffer))


def test_there_is_a_finish_for_each_name() -> None:
    assert set(FINISHES) == set(ALL)


@pytest.mark.parametrize("shape", ["box", "sphere", "rectangle"])
def test_each_finish_shows_its_colour_and_none_is_black_or_magenta(plain: Shown, shape: str) -> None:
    frame = plain if shape == "box" else shown(scene([base(finish) for finish in ALL], shape))
    for number, finish in enumerate(ALL):
        red, green, blue = pixels(frame, number).mean(axis=0)
        assert max(red, green, blue) > 0.004, finish
        assert not (red > 2 * green and blue > 2 * green), finish


@pytest.mark.parametrize(
    ("change", "altered"),
    [
        ({"variant": 2}, _MADE),
        ({"color": (0.25, 0.5, 0.3)}, frozenset(ALL)),
        ({"second_color": (0.8, 0.2, 0.1)}, _OF_TWO_COLORS),
        ({"wear": 1.0}, _MADE - {"canvas", "ground", "foliage", "water"}),
        ({"relief": 4.0}, _MADE),
    ],
    ids=["variant", "colour", "second colour", "wear", "relief"],
)
def test_another_choice_looks_different_and_leaves_the_exact_buffers_as_they_were(
    plain: Shown, change: dict[str, object], altered: frozenset[Finish]
) -> None:
    frame = shown(scene([base(finish).model_copy(update=change) for finish in ALL]))
    assert same(frame[0], plain[0])
    found = differences(plain, frame)
    assert not {finish: found[finish] for finish in altered if found[finish] < LEAST}


def test_one_scene_is_the_same_twice(plain: Shown) -> None:
    again = shown(scene([base(finish) for finish in ALL]))
    assert max(differences(plain, again).values()) == 0.0


def test_two_objects_of_one_surface_are_not_alike() -> None:
    """The same light falls on all; panes show what is around them, land goes on, and joints are laid out once."""
    surfaces = [base(finish).model_copy(update={"second_color": None}) for finish in ("plaster", "leather", "wood")]
    frame = shown(scene([surface for surface in surfaces for _ in range(2)]))
    for number, surface in enumerate(surfaces):
        one, other = pixels(frame, 2 * number), pixels(frame, 2 * number + 1)
        few = min(len(one), len(other))
        assert np.abs(np.sort(one[:few], axis=0) - np.sort(other[:few], axis=0)).mean() > 0.01 * one.mean(), (
            surface.finish
        )
