"""Blender's camera is the view's: pixels, principal point, and the plane that is sharp."""

import bpy
import numpy as np
import pytest

from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.nodes import Graph
from scenegen.blender.session import empty_scene, link
from schemas.geometry import intrinsics, look_along, pixel_rays
from schemas.run_spec import RenderSpec
from schemas.scene_plan import Defocus, View, flat, square

WALL_Y_M = 3.0
OPEN = Defocus(f_number=0.7, focus_m=WALL_Y_M)


def view_of(width_px: int, height_px: int, *, turned_rad: float = 0.0, defocus: Defocus | None = None) -> View:
    k = intrinsics(2 * np.arctan(width_px / max(width_px, height_px)), width_px, height_px)
    k[:2, 2] += 0.21 * width_px, -0.17 * height_px
    return View(
        view_index=0,
        width_px=width_px,
        height_px=height_px,
        intrinsics=flat(k),
        cam2world=flat(look_along((0.0, 0.0, 0.0), np.pi / 2 + turned_rad, -turned_rad, turned_rad)),
        defocus=defocus,
    )


@pytest.fixture
def wall() -> bpy.types.Scene:
    """A wall at y = 3 m, chequered and glowing."""
    scene = empty_scene()
    mesh = bpy.data.meshes.new("wall")
    mesh.from_pydata(
        [(-99, WALL_Y_M, -99), (99, WALL_Y_M, -99), (99, WALL_Y_M, 99), (-99, WALL_Y_M, 99)], [], [range(4)]
    )
    link(bpy.data.objects.new("wall", mesh))
    graph = Graph()
    squares = graph.node("ShaderNodeTexChecker", Vector=graph.world_coordinates(), Scale=4.0)
    graph.surface(graph.node("ShaderNodeEmission", Color=squares.outputs["Color"]).outputs[0])
    mesh.materials.append(graph.material("chequers"))
    configure(scene, RenderSpec(device="cpu", samples=1, denoise=False), threads=1)
    return scene


@pytest.mark.parametrize(("width_px", "height_px"), [(64, 32), (32, 64), (48, 48)])
def test_cycles_sees_each_pixel_along_its_own_ray(wall: bpy.types.Scene, width_px: int, height_px: int) -> None:
    view = view_of(width_px, height_px, turned_rad=0.2)
    aim(wall, view)
    rays_world = pixel_rays(square(view.intrinsics), width_px, height_px) @ square(view.cam2world)[:3, :3].T
    z_depth_m = render_view(wall, seed=1)["Depth"][..., 0]
    assert np.abs(z_depth_m * rays_world[..., 1] / WALL_Y_M - 1).max() < 2e-5


def picture(scene: bpy.types.Scene, view: View, sharp: bool = False) -> np.ndarray:
    aim(scene, view, sharp)
    return render_view(scene, seed=1, samples=128)["Combined"][..., 0]


def test_what_lies_in_the_focused_plane_is_sharp_to_the_corners_and_all_else_is_not(wall: bpy.types.Scene) -> None:
    sharp = picture(wall, view_of(48, 32))
    focused = np.abs(picture(wall, view_of(48, 32, defocus=OPEN)) - sharp)
    nearer = Defocus(f_number=OPEN.f_number, focus_m=1.0)
    blurred = np.abs(picture(wall, view_of(48, 32, defocus=nearer)) - sharp)
    assert focused.mean() < 0.15 * blurred.mean()
    assert focused[:6, :6].mean() < 0.15 * blurred[:6, :6].mean()


def test_a_smaller_f_number_blurs_more(wall: bpy.types.Scene) -> None:
    sharp = picture(wall, view_of(48, 32))
    errors = [
        np.abs(picture(wall, view_of(48, 32, defocus=Defocus(f_number=f_number, focus_m=1.0))) - sharp).mean()
        for f_number in (1.0, 4.0, 16.0)
    ]
    assert errors[0] > 1.2 * errors[1]
    assert errors[1] > 1.2 * errors[2]


def test_sharp_leaves_defocus_out_and_does_not_stay(wall: bpy.types.Scene) -> None:
    nearer = view_of(48, 32, defocus=Defocus(f_number=0.7, focus_m=1.0))
    first = picture(wall, nearer)
    assert np.array_equal(picture(wall, nearer, sharp=True), picture(wall, view_of(48, 32)))
    assert np.array_equal(picture(wall, nearer), first)


def test_samples_for_one_render_change_no_later_one(wall: bpy.types.Scene) -> None:
    aim(wall, view_of(48, 32, defocus=OPEN))
    first = render_view(wall, seed=1)
    other = render_view(wall, seed=1, samples=3, denoise=True)
    again = render_view(wall, seed=1)
    assert not np.array_equal(first["Combined"], other["Combined"])
    assert all(np.array_equal(first[name], again[name]) for name in ("Combined", "Depth", "Object Index"))
