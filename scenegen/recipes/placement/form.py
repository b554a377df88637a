"""Form: a thing's surface in its own axes, ready to be asked what meets it.

A mesh is taken as the triangles it has: catalog models are mostly open, of sheets and leaves, so no question here needs
a closed one.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int

from scenegen.recipes.placement.parts import Parts


@dataclass(frozen=True, eq=False)
class Form:
    """Triangles, with what is asked of them most."""

    points_m: Float32[np.ndarray, "v 3"]
    triangles: Int[np.ndarray, "t 3"]
    boxes: Parts | None = None
    """Those whose faces the triangles are, where it is made of boxes alone."""

    @cached_property
    def parts(self) -> Parts:
        """Its boxes; of anything else, the box around it."""
        middle_m, half_m = (self.low_m + self.high_m) / 2, (self.high_m - self.low_m) / 2
        return self.boxes or Parts(middle_m[None], half_m[None])

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
