"""Shape coordinates: what the mesh of planned shapes tells its material about each point.

"face": metres on its face, u level and v up, as of sets of pictures (`scenegen.blender.textured`), but faces that
look elsewhere lie elsewhere. "skin": the same, elsewhere for each object; on land the point in the world, seen from
above and a little from the side. "local": the point from the middle of its shape, the longest side along x, the
thinnest along z. "half": half the shape's sides in this order; a sphere has none, so that no edge is near. "chance":
a number of the shape's own, 0 to 1. "grain": "local", elsewhere for each shape: no two boards are cut from one place.
"above": metres above the lowest point of the object.

A surface's variant shifts "face", "skin" and "grain", but joints meet and land goes on from one object to the next.
Shifts are short, since fine noise far from the origin loses its digits. All is laid down here, once a corner, since a
material would work it out for each sample, and three times for relief. Nothing of it changes the geometry.
"""

from collections.abc import Iterator
from typing import Literal

import bpy
import numpy as np
from jaxtyping import Float32, Float64

from scenegen.blender.textured import corners, metres
from schemas.scene_plan import PlannedObject, square
from schemas.seeds import rng_for
from schemas.surface import Finish, Surface

FACE, SKIN, LOCAL, HALF, CHANCE, GRAIN, ABOVE = "face", "skin", "local", "half", "chance", "grain", "above"
_LAND: frozenset[Finish] = frozenset({"ground", "asphalt", "grass", "water"})
"""Finishes of what lies around things, in the world's axes."""
SHIFT_M = 24.0
_OF_OBJECT_M = np.array([19.0, 11.0, 0.0])
_OF_SHAPE_M = np.array([17.0, 9.0, 13.0])
_FROM_THE_SIDE = np.array([0.7, 0.7, 0.0])
_NO_EDGE_M = 1e4
_APART_M = np.array([3.37, 5.11])

Middle = tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]


def shift_m(surface: Surface) -> Float64[np.ndarray, "3"]:
    """Returns how far a surface's variant moves its patterns."""
    return rng_for("variant", surface.variant).uniform(0.0, SHIFT_M, 3)


def lay_coordinates(mesh: bpy.types.Mesh, planned: PlannedObject) -> None:
    """Gives the mesh of an object's shapes, whose vertices come shape by shape, its coordinates."""
    surface = planned.surface
    moved_m = np.zeros(3) if surface is None else shift_m(surface)
    faces = _faces(mesh) + moved_m
    _lay(mesh, FACE, faces, "CORNER")
    flat = np.empty(len(mesh.vertices) * 3, dtype=np.float32)
    mesh.vertices.foreach_get("co", flat)
    corners_m = flat.reshape(-1, 3)
    shapes = list(_shapes(planned))
    spheres = len(shapes) - len(planned.boxes) - len(planned.rectangles)
    of_sphere = (len(mesh.vertices) - 8 * len(planned.boxes) - 4 * len(planned.rectangles)) // max(spheres, 1)
    counts = [8] * len(planned.boxes) + [of_sphere] * spheres + [4] * len(planned.rectangles)
    of_vertex = np.repeat(np.arange(len(shapes)), counts)
    middles = np.array([middle for middle, _ in shapes])[of_vertex]
    halves = np.array([half for _, half in shapes])[of_vertex]
    order = np.argsort(-halves, axis=1, kind="stable")
    local = np.take_along_axis(corners_m - middles, order, axis=1)
    chance = rng_for("shapes", planned.instance_id).random(len(shapes))[of_vertex]
    _lay(mesh, LOCAL, local)
    _lay(mesh, HALF, np.take_along_axis(halves, order, axis=1))
    _lay(mesh, CHANCE, chance)
    _lay(mesh, GRAIN, local + chance[:, None] * _OF_SHAPE_M + moved_m)
    if surface is not None and surface.finish in _LAND:
        _lay(mesh, SKIN, _on_land(corners_m, planned) + moved_m)
    else:
        _lay(mesh, SKIN, faces + rng_for("skin", planned.instance_id).random() * _OF_OBJECT_M, "CORNER")
    _lay(mesh, ABOVE, corners_m[:, 2] - corners_m[:, 2].min())


def _on_land(corners_m: Float32[np.ndarray, "v 3"], planned: PlannedObject) -> Float64[np.ndarray, "v 3"]:
    object2world = square(planned.object2world)
    world_m = corners_m @ object2world[:3, :3].T + object2world[:3, 3]
    return np.asarray(world_m + world_m[:, 2:] * _FROM_THE_SIDE)


def _faces(mesh: bpy.types.Mesh) -> Float64[np.ndarray, "c 3"]:
    """Returns metres on each face, moved by where the face looks: else all sides of a cube would be alike."""
    corners_m, normals = corners(mesh)
    axis = np.abs(normals).argmax(axis=1)
    looks = 2 * axis + (np.take_along_axis(normals, axis[:, None], axis=1)[:, 0] < 0)
    return np.concatenate([metres(corners_m, normals) + looks[:, None] * _APART_M, np.zeros((len(looks), 1))], axis=1)


def _shapes(planned: PlannedObject) -> Iterator[Middle]:
    """Yields the middle and half the sides of each shape, in the order of their vertices."""
    for box in planned.boxes:
        yield np.array(box.center_m), np.array(box.size_m) / 2
    for sphere in planned.spheres:
        yield np.array(sphere.center_m), np.full(3, _NO_EDGE_M)
    for rectangle in planned.rectangles:
        yield np.zeros(3), np.array([*rectangle.size_m, 0.0]) / 2


def _lay(
    mesh: bpy.types.Mesh,
    name: str,
    values: Float64[np.ndarray, "v *n"] | Float32[np.ndarray, "v *n"],
    of: Literal["POINT", "CORNER"] = "POINT",
) -> None:
    kind, field = ("FLOAT", "value") if values.ndim == 1 else ("FLOAT_VECTOR", "vector")
    flat = np.ascontiguousarray(values, dtype=np.float32).ravel()
    mesh.attributes.new(name, kind, of).data.foreach_set(field, flat)
