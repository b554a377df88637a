"""A small room that shows every kind of thing a plan may hold: all finishes, a smooth textured asset, a sky."""

import io
from typing import get_args

import numpy as np
import pytest
import trimesh
from PIL import Image

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from schemas.geometry import intrinsics, look_along, pose
from schemas.scene_plan import Box, Light, PlannedObject, ScenePlan, Sky, View, flat
from schemas.surface import Finish, Surface
from tests.catalogs import catalog_of

BALL_RADIUS_M = 0.4
PURPLE = (170, 40, 200)


def ball(texture: bytes | None = None) -> AssetMesh:
    """Returns a ball that stands on the origin, smooth, with the sphere's own normals."""
    sphere = trimesh.creation.icosphere(subdivisions=3, radius=BALL_RADIUS_M)
    faces = sphere.faces.astype(np.int32)
    normals = (np.asarray(sphere.vertices) / BALL_RADIUS_M)[faces].astype(np.float32)
    vertices = (np.asarray(sphere.vertices) + np.array([0, 0, BALL_RADIUS_M])).astype(np.float32)
    uvs = np.full((len(faces), 3, 2), 0.5, dtype=np.float32)
    material = AssetMaterial("wood:oak", (1.0, 1.0, 1.0), texture=texture)
    return AssetMesh((MeshPart(vertices, faces, normals, uvs, material),))


def _png(color: tuple[int, int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return catalog_of({"plain": ball(), "purple": ball(_png(PURPLE))})


def _boxes() -> list[PlannedObject]:
    """Returns two rows of boxes, one of each finish, and a floor."""
    boxes = [
        (Surface(finish=finish, color=(0.6, 0.5, 0.4)), (-1.6 + 0.26 * (number % 13), 1.0, height_m), (0.22, 0.3, 0.7))
        for number, finish in enumerate(get_args(Finish))
        for height_m in (0.55 + 0.8 * (number // 13),)
    ]
    boxes.append((Surface(finish="planks", color=(0.6, 0.45, 0.3), scale_m=0.12), (0.0, 0.0, -0.05), (5.0, 5.0, 0.1)))
    return [
        PlannedObject(
            instance_id=number,
            class_id=number + 10,
            class_name="box",
            label="box",
            object2world=flat(np.eye(4)),
            boxes=(Box(center_m=center, size_m=size),),
            surface=surface,
        )
        for number, (surface, center, size) in enumerate(boxes, start=1)
    ]


def _balls(first: int) -> list[PlannedObject]:
    """Returns two assets, numbered from `first`."""
    return [
        PlannedObject(
            instance_id=number,
            class_id=99,
            class_name="ball",
            label="ball",
            object2world=flat(pose((x, -0.3, 0.0), 0.4)),
            asset_id=asset_id,
        )
        for number, (asset_id, x) in enumerate((("plain", -0.7), ("purple", 0.7)), start=first)
    ]


@pytest.fixture(scope="session")
def plan() -> ScenePlan:
    boxes = _boxes()
    lamp = Light(kind="area", light2world=flat(pose((0.0, -0.5, 2.6), 0.0)), power=80.0, size_m=(0.6, 0.6))
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="test",
        seed=7,
        objects=(*boxes, *_balls(len(boxes) + 1)),
        lights=(lamp,),
        sky=Sky(sun_elevation_rad=0.6, sun_azimuth_rad=1.0, strength=0.2),
        views=(_view(0, 96, 64, 4.5, -2.25, 0.0), _view(1, 64, 96, -3.0, 6.0, 0.3)),
    )


def _view(index: int, width_px: int, height_px: int, shift_x_px: float, shift_y_px: float, roll_rad: float) -> View:
    k = intrinsics(1.1, width_px, height_px)
    k[0, 2] += shift_x_px
    k[1, 2] += shift_y_px
    cam2world = look_along((0.2, -2.4, 1.3), np.pi / 2 + 0.1, -0.3, roll_rad)
    return View(view_index=index, width_px=width_px, height_px=height_px, intrinsics=flat(k), cam2world=flat(cam2world))
