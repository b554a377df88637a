"""Form: a thing's surface in its own axes, ready to be asked what meets it.

A mesh is taken as the triangles it has: catalog models are mostly open, of sheets and leaves, so no question here needs
a closed one. Boxes, rectangles and spheres become triangles too; a sphere's lie up to 0.5 % of its radius inside it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from schemas.geometry import Vec3
from schemas.scene_plan import Box, PlannedObject, Rectangle, Sphere

_KEPT = 1024
"""Forms of assets that a process keeps."""
_RINGS = 16
"""Of a sphere, from pole to pole."""
_CORNERS = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
_SIDES = np.array(
    [
        *((0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1)),
        *((2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3)),
    ]
)
"""Of a box, as triangles of corners, counter-clockwise from outside."""


@dataclass(frozen=True, eq=False)
class Form:
    """Triangles, with what is asked of them most."""

    points_m: Float32[np.ndarray, "v 3"]
    triangles: Int[np.ndarray, "t 3"]

    @cached_property
    def low_m(self) -> Float64[np.ndarray, "3"]:
        """The lowest coordinates."""
        return self.points_m.min(axis=0).astype(np.float64)

    @cached_property
    def high_m(self) -> Float64[np.ndarray, "3"]:
        """The highest coordinates."""
        return self.points_m.max(axis=0).astype(np.float64)

    @cached_property
    def edges(self) -> Int[np.ndarray, "e 2"]:
        """Each edge once, as numbers of its ends."""
        pairs = np.sort(self.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1).astype(np.int64)
        keys = np.unique(pairs[:, 0] * len(self.points_m) + pairs[:, 1])
        return np.stack(np.divmod(keys, len(self.points_m)), axis=1)

    @cached_property
    def edge_bounds_m(self) -> tuple[Float32[np.ndarray, "e 3"], Float32[np.ndarray, "e 3"]]:
        """The lowest and highest coordinates of each edge."""
        ends = self.points_m[self.edges]
        return ends.min(axis=1), ends.max(axis=1)

    @cached_property
    def scene(self) -> Any:
        """The triangles in Embree's tree."""
        return tree_of(self.points_m[self.triangles])

    def meets(self, starts_m: Float64[np.ndarray, "n 3"], ways_m: Float64[np.ndarray, "n 3"]) -> Bool[np.ndarray, "n"]:
        """Tells which segments, from a start along a way to its end, meet the surface."""
        if not len(starts_m):
            return np.zeros(0, dtype=bool)
        ends = np.ones(len(starts_m), dtype=np.float32)
        rays = (np.ascontiguousarray(each, dtype=np.float32) for each in (starts_m, ways_m))
        return self.scene.run(*rays, query="OCCLUDED", dists=ends) >= 0

    def first_hits(
        self, starts_m: Float64[np.ndarray, "n 3"], ways_m: Float64[np.ndarray, "n 3"]
    ) -> tuple[Float64[np.ndarray, "n"], Bool[np.ndarray, "n"]]:
        """Returns how far along each way the surface is first met, in lengths of the way, infinity for never; and
        whether a back was met."""
        starts, ways = (np.ascontiguousarray(each, dtype=np.float32) for each in (starts_m, ways_m))
        hit = self.scene.run(starts, ways, output=True)
        missed = hit["primID"] < 0
        back = np.einsum("nk,nk->n", hit["Ng"], ways) > 0
        return np.where(missed, np.inf, hit["tfar"]).astype(np.float64), back & ~missed


def tree_of(corners_m: Float32[np.ndarray, "t 3 3"]) -> Any:
    """Returns an Embree scene of triangles."""
    from embreex.mesh_construction import TriangleMesh  # noqa: PLC0415 - readers of plans need no ray caster
    from embreex.rtcore_scene import EmbreeScene  # noqa: PLC0415

    scene = EmbreeScene(_device())
    TriangleMesh(scene, np.ascontiguousarray(corners_m, dtype=np.float32))
    return scene


@cache
def _device() -> Any:
    """Returns the device of all scenes: with one of its own for each, Embree dies at about a thousand."""
    from embreex.rtcore import EmbreeDevice  # noqa: PLC0415

    return EmbreeDevice()


_FORMS: dict[tuple[str, str, str], Form] = {}


def form_of(planned: PlannedObject, catalog: Catalog) -> Form:
    """Returns a planned object's form; those of assets are kept."""
    return form_of_shapes(planned) if planned.asset_id is None else form_of_asset(planned.asset_id, catalog)


def form_of_asset(asset_id: str, catalog: Catalog) -> Form:
    """Returns a model's form, kept for the next scene. Raises AssetError where its mesh can't be read."""
    key = catalog.name, asset_id, catalog.records[asset_id].sha256
    if key not in _FORMS:
        if len(_FORMS) >= _KEPT:
            del _FORMS[next(iter(_FORMS))]
        _FORMS[key] = form_of_mesh(catalog.load(asset_id))
    return _FORMS[key]


def form_of_mesh(mesh: AssetMesh) -> Form:
    """Returns a model's form."""
    return _joined([(part.vertices_m, part.triangles) for part in mesh.parts])


def form_of_shapes(planned: PlannedObject) -> Form:
    """Returns the form of boxes, rectangles and spheres."""
    return _joined(list(_shapes(planned)))


def form_of_box(low_m: Float64[np.ndarray, "3"], high_m: Float64[np.ndarray, "3"]) -> Form:
    """Returns a box's form."""
    return _joined([_box(Box(center_m=_vec((low_m + high_m) / 2), size_m=_vec(high_m - low_m)))])


_Mesh = tuple[np.ndarray, np.ndarray]


def _shapes(planned: PlannedObject) -> Iterator[_Mesh]:
    yield from map(_box, planned.boxes)
    yield from map(_sphere, planned.spheres)
    yield from map(_rectangle, planned.rectangles)


def _box(box: Box) -> _Mesh:
    return _CORNERS * box.size_m + box.center_m, _SIDES


def _rectangle(rectangle: Rectangle) -> _Mesh:
    x, y = rectangle.size_m[0] / 2, rectangle.size_m[1] / 2
    return np.array([(-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)]), np.array([(0, 1, 2), (0, 2, 3)])


def _sphere(sphere: Sphere) -> _Mesh:
    """Rings of equal points; the triangles at the poles are degenerate on one side, which does no harm."""
    around, down = np.meshgrid(np.linspace(0, 2 * math.pi, 2 * _RINGS + 1), np.linspace(0, math.pi, _RINGS + 1))
    unit = np.stack([np.sin(down) * np.cos(around), np.sin(down) * np.sin(around), np.cos(down)], axis=-1)
    row, column = (each.ravel() for each in np.meshgrid(range(_RINGS), range(2 * _RINGS), indexing="ij"))
    first = row * (2 * _RINGS + 1) + column
    below = first + 2 * _RINGS + 1
    triangles = np.concatenate(
        [np.stack(t, axis=1) for t in ((first, below, below + 1), (first, below + 1, first + 1))]
    )
    return sphere.radius_m * unit.reshape(-1, 3) + sphere.center_m, triangles


def _joined(meshes: list[_Mesh]) -> Form:
    counts = np.cumsum([0, *(len(points) for points, _ in meshes)])
    points_m = np.concatenate([points for points, _ in meshes]).astype(np.float32)
    triangles = [triangles + start for (_, triangles), start in zip(meshes, counts[:-1], strict=True)]
    return Form(points_m, np.concatenate(triangles))


def _vec(values: Float64[np.ndarray, "3"]) -> Vec3:
    x, y, z = values.tolist()
    return x, y, z
