"""Skin: what a finish works with: its graph, its surface, and the coordinates and masks that finishes share.

Each is made when it is first asked for, once. Lengths are metres on the object's axes. Where patterns lie is told by
the mesh (`scenegen.blender.shape_coordinates`).
"""

from functools import cached_property

import numpy as np

from scenegen.blender.nodes import Graph, Socket, Value
from scenegen.blender.shape_coordinates import ABOVE, CHANCE, FACE, GRAIN, HALF, LOCAL, SHIFT_M, SKIN, shift_m
from schemas.geometry import Vec3
from schemas.seeds import rng_for
from schemas.surface import Color, Surface

_TRUNK_M = 0.3
_AGE_SCALE = 1.7
"""Blotches a metre."""
_SEEN_TO = 300.0
"""Times its size: how far off a thing still has a pixel or two."""

Rgba = tuple[float, float, float, float]


class Skin:
    """One material in the making."""

    def __init__(self, graph: Graph, surface: Surface) -> None:
        self.graph, self.surface = graph, surface

    @property
    def wear(self) -> float:
        """Returns how worn it is, 0 to 1."""
        return self.surface.wear

    def kind(self, count: int) -> int:
        """Returns which of `count` patterns the variant has."""
        return int(rng_for("kind", self.surface.variant).integers(count))

    def length_m(self, low: float, high: float, usual: float) -> float:
        """Returns the surface's scale where it can be that of this finish; else what is usual."""
        return self.surface.scale_m if low <= self.surface.scale_m <= high else usual

    def color(self, factor: float = 1.0) -> Rgba:
        """Returns the surface's colour in linear light, times `factor`."""
        return self.graph.color(self.surface.color, factor)

    def second(self, otherwise: Color | float, factor: float = 1.0) -> Rgba:
        """Returns the second colour; where there is none, another or the first times a factor."""
        if self.surface.second_color is not None:
            return self.graph.color(self.surface.second_color, factor)
        return self.color(otherwise) if isinstance(otherwise, float) else self.graph.color(otherwise, factor)

    @cached_property
    def point(self) -> Socket:
        """The point on its face, elsewhere for each object; on land, seen from above, and a little from the side."""
        return self.graph.attribute(SKIN)

    @cached_property
    def face(self) -> Socket:
        """The point on its face: level, and up or along y; for joints."""
        return self.graph.attribute(FACE)

    @cached_property
    def local(self) -> Socket:
        """The point from the middle of its shape, the longest side along x."""
        return self.graph.attribute(LOCAL)

    @cached_property
    def half(self) -> Socket:
        """Half the sides of its shape."""
        return self.graph.attribute(HALF)

    @cached_property
    def grain(self) -> Socket:
        """`local`, elsewhere for each shape: no two boards are cut from one place."""
        return self.graph.attribute(GRAIN)

    @cached_property
    def sawn(self) -> Socket:
        """`local`, from the middle of the trunk that the shape was cut from, a hand's breadth away or two."""
        x, y, z = shift_m(self.surface).tolist()
        near: Vec3 = (x, (y / SHIFT_M - 0.5) * _TRUNK_M, (z / SHIFT_M - 0.5) * _TRUNK_M)
        moved = self.graph.vectors("ADD", self.local, near)
        return self.graph.vectors("MULTIPLY_ADD", self.chance, (17.0, 0.5 * _TRUNK_M, 0.3 * _TRUNK_M), moved)

    @cached_property
    def chance(self) -> Socket:
        """A number of the shape's own, 0 to 1."""
        return self.graph.attribute(CHANCE, "Fac")

    @cached_property
    def above_m(self) -> Socket:
        """Height over the lowest point of the object."""
        return self.graph.attribute(ABOVE, "Fac")

    @cached_property
    def edge_m(self) -> Socket:
        """Distance from the nearest edge of the shape: on a face, the middle one of the distances from its sides."""
        inside = self.graph.vectors("SUBTRACT", self.half, self.graph.vectors("ABSOLUTE", self.local))
        x, y, z = self.graph.parts(inside)
        low, high = self.graph.math("MINIMUM", x, y), self.graph.math("MAXIMUM", x, y)
        return self.graph.math("MAXIMUM", low, self.graph.math("MINIMUM", high, z))

    @cached_property
    def age(self) -> Socket:
        """Blotches of all sizes, around 0.5: where wear and weather bite."""
        return self.noise(_AGE_SCALE, 3.0, harsh=0.62)

    def noise(self, scale: float, detail: float = 2.0, stretch: Vec3 = (1.0, 1.0, 1.0), harsh: float = 0.5) -> Socket:
        """Returns noise around 0.5 on the face, with `scale` features a metre, `stretch` times more along an axis."""
        point = self.point if stretch == (1.0, 1.0, 1.0) else self.graph.stretched(self.point, stretch)
        return self.graph.flat_noise(point, scale, detail=detail, harsh=harsh)

    def fibres(self, scale: float, detail: float, thin: float) -> Socket:
        """Returns noise through the shape, `thin` times finer across its longest side than along it."""
        return self.graph.noise(self.graph.stretched(self.grain, (1.0, thin, thin)), scale, detail=detail)

    def faded(self, shade: Socket, size_m: float, mean: float = 1.0) -> Socket:
        """Returns a shade that comes to its mean where what it shades, `size_m` large, is smaller than a pixel.

        Few paths would see it as grain there.
        """
        away_m = self.graph.node("ShaderNodeCameraData").outputs["View Distance"]
        near = self.graph.ramp(away_m, _SEEN_TO * size_m, 3.0 * _SEEN_TO * size_m, 1.0, 0.0)
        varied = self.graph.math("MULTIPLY", self.graph.math("SUBTRACT", shade, mean), near)
        return self.graph.math("ADD", varied, mean)

    def raised(self, height: Socket, depth_m: float) -> Socket:
        """Returns the normal of a surface raised by `height`, 0 to 1, times `depth_m` and the surface's relief."""
        return self.graph.bump(height, depth_m * self.surface.relief)

    def toward(self, color: Value, other: Value, mask: Socket) -> Socket:
        """Returns the colour, another where the mask is 1."""
        return self.graph.blend(mask, color, other)


def mixed(color: Rgba, other: Rgba, share: float) -> Rgba:
    """Returns a colour between two."""
    red, green, blue = (np.array(color[:3]) * (1 - share) + np.array(other[:3]) * share).tolist()
    return red, green, blue, 1.0
