"""Skies: what a world without a picture radiates, by weather: shader graphs of the direction that is looked along.

Clear: Blender's physical sky, without its sun disc; clouds are noise on a plane overhead, lit by the sun and the blue
around them. Overcast: the CIE's standard sky, L = L_zenith (1 + 2 sin elevation) / 3. Night: a trace of blue and the
glow of a town at the horizon. Below the horizon all are as dark as ground.
"""

import math
from collections.abc import Callable, Mapping

import bpy
import numpy as np

from scenegen.blender.nodes import Graph, Socket
from scenegen.colors import linear
from scenegen.recipes.light.kelvin import kelvin
from scenegen.recipes.light.sun import sun_kelvin, sun_w_m2
from schemas.geometry import Vec3
from schemas.scene_plan import Sky
from schemas.seeds import rng_for

_OVERCAST_ZENITH = 7.5
"""Radiance of a grey sky of strength 1: level ground gets half as much again as from a clear one without its sun."""
_NIGHT_ZENITH = 0.004, 0.006, 0.012
_TOWN = 0.016, 0.013, 0.011
"""Radiance of a night sky of strength 1 overhead, and at the horizon."""
_GROUND = 0.2
_SHADED = 0.35
"""Radiance of a cloud's thick middle over that of its lit rim."""
_SHIFT = 60.0


class _WorldGraph(Graph):
    """The node tree of a world, empty but for its output."""

    def __init__(self, world: bpy.types.World) -> None:
        self._tree = world.node_tree
        self._tree.nodes.clear()
        self._output = self._tree.nodes.new("ShaderNodeOutputWorld")

    def direction(self) -> Socket:
        """Returns where one looks, a unit vector."""
        return self.node("ShaderNodeTexCoord").outputs["Generated"]


def sky_graph(world: bpy.types.World, sky: Sky) -> None:
    """Makes a world radiate as a sky does."""
    graph = _WorldGraph(world)
    color = _WEATHERS[sky.weather](graph, sky)
    graph.surface(graph.node("ShaderNodeBackground", Color=color, Strength=sky.strength).outputs[0])


def _clear(graph: _WorldGraph, sky: Sky) -> Socket:
    texture = graph.node("ShaderNodeTexSky")
    texture.sky_type = "MULTIPLE_SCATTERING"
    texture.sun_disc = False
    texture.sun_elevation = sky.sun_elevation_rad
    # Blender counts the sun's rotation clockwise from +y.
    texture.sun_rotation = math.pi / 2 - sky.sun_azimuth_rad
    return _clouded(graph, sky, texture.outputs["Color"]) if sky.clouds else texture.outputs["Color"]


def _clouded(graph: _WorldGraph, sky: Sky, behind: Socket) -> Socket:
    """Puts clouds before a clear sky: few large masses, broken up at their rims, lost in the haze at the horizon."""
    toward = graph.direction()
    up = graph.parts(toward)[2]
    over = graph.math("DIVIDE", 1.0, graph.math("MAXIMUM", graph.math("ADD", up, 0.06), 0.05))
    rng = rng_for("clouds", sky.variant)
    shift = rng.uniform(0.0, _SHIFT, 2).tolist()
    stretch = float(rng.uniform(0.5, 1.0))
    plane = graph.vectors("MULTIPLY_ADD", graph.vectors("MULTIPLY", toward, over), (1.0, stretch, 0.0), (*shift, 0.0))
    masses = graph.flat_noise(plane, float(rng.uniform(0.6, 1.3)), detail=6.0, harsh=0.58)
    rim = 0.66 - 0.34 * sky.clouds
    soft = float(rng.choice([0.06, 0.1, 0.2]))
    dense = graph.ramp(masses, rim, rim + soft)
    seen = graph.math("MULTIPLY", dense, graph.ramp(up, 0.01, 0.12))
    thick = graph.ramp(masses, rim + 0.3 * soft, rim + soft + 0.16)
    lit, shaded = _cloud_light(sky)
    return graph.blend(seen, behind, graph.blend(thick, (*lit, 1.0), (*shaded, 1.0)))


def _cloud_light(sky: Sky) -> tuple[Vec3, Vec3]:
    """Returns the radiance of a cloud's lit rim and of its thick middle, beside a sky of strength 1."""
    elevation_rad = sky.sun_elevation_rad
    warm = np.array(linear(kelvin(sun_kelvin(elevation_rad + 0.06))))
    high = max(math.sin(elevation_rad + 0.06), 0.0)
    lit = 0.55 * sun_w_m2(max(elevation_rad + 0.06, 0.0)) * (0.25 + 0.75 * high) / math.pi * warm
    blue = np.array([0.9, 1.5, 2.4]) * float(
        np.interp(math.degrees(elevation_rad), (-6.0, 0.0, 20.0), (0.005, 0.1, 1.0))
    )
    r, g, b = (lit + blue).tolist()
    x, y, z = (_SHADED * lit + blue).tolist()
    return (r, g, b), (x, y, z)


def _overcast(graph: _WorldGraph, sky: Sky) -> Socket:
    """A faint unevenness keeps it from looking painted."""
    toward = graph.direction()
    up = graph.parts(toward)[2]
    even = graph.ramp(up, 0.0, 1.0, 1.0 / 3.0, 1.0)
    rng = rng_for("clouds", sky.variant)
    x, y = rng.uniform(0.0, _SHIFT, 2).tolist()
    moved = graph.stretched(toward, (1.5, 1.0, 3.0), (x, y, 0.0))
    uneven = graph.between(graph.noise(moved, 1.6, detail=4.0, harsh=0.5), 0.86, 1.1)
    light = graph.math("MULTIPLY", graph.math("MULTIPLY", even, uneven), _OVERCAST_ZENITH)
    tint = (0.95, 0.985, 1.04, 1.0)
    above = graph.shaded(graph.node("ShaderNodeCombineXYZ", X=light, Y=light, Z=light).outputs[0], tint)
    ground = _GROUND * _OVERCAST_ZENITH / 3.0
    return graph.blend(graph.ramp(up, -0.02, 0.0), (ground, ground, ground, 1.0), above)


def _night(graph: _WorldGraph, sky: Sky) -> Socket:
    up = graph.parts(graph.direction())[2]
    height = graph.math("POWER", graph.math("MAXIMUM", up, 0.0), 0.45)
    above = graph.blend(height, (*_TOWN, 1.0), (*_NIGHT_ZENITH, 1.0))
    red, green, blue = (_GROUND * channel for channel in _TOWN)
    return graph.blend(graph.ramp(up, -0.02, 0.0), (red, green, blue, 1.0), above)


_WEATHERS: Mapping[str, Callable[[_WorldGraph, Sky], Socket]] = {
    "clear": _clear,
    "overcast": _overcast,
    "night": _night,
}
"""One function for each weather that a plan may name."""
