"""Skies: what a world without a picture radiates, by weather: shader graphs of the direction that is looked along.

Clear: Blender's physical sky, without its sun disc; clouds are noise on a plane overhead, lit by the sun and the blue
around them. Overcast: the CIE's standard sky, L = L_zenith (1 + 2 sin elevation) / 3. Night: a trace of blue and the
glow of a town at the horizon. Below the horizon all are as dark as ground.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from scenegen.blender.drawn import Setting
from scenegen.blender.nodes import Graph, Socket
from scenegen.colors import linear
from scenegen.recipes.light.kelvin import kelvin
from scenegen.recipes.light.sun import sun_kelvin, sun_w_m2
from schemas.geometry import Vec3
from schemas.scene_plan import Sky
from schemas.seeds import rng_for

_OVERCAST_ZENITH = 7.5
"""Radiance of a grey sky of strength 1: level ground gets half as much again as from a clear one without its sun."""
_NIGHT_ZENITH = 0.0003, 0.00045, 0.0009
_TOWN = 0.0016, 0.0013, 0.0012
"""Radiance of a night sky of strength 1 overhead, and at the horizon."""
_HAZE = 0.3
_GROUND = 0.2
_SHADED = 0.35
"""Radiance of a cloud's thick middle over that of its lit rim."""
_SHIFT = 60.0


def sky_graph(sky: Sky) -> Graph:
    """Returns what a world radiates."""
    graph = Graph("ShaderNodeOutputWorld")
    color = _WEATHERS[sky.weather](graph, sky)
    graph.surface(graph.node("ShaderNodeBackground", Color=color, Strength=sky.strength).outputs[0])
    return graph


def _direction(graph: Graph) -> Socket:
    """Returns where one looks, a unit vector."""
    return graph.node("ShaderNodeTexCoord").outputs["Generated"]


def _clear(graph: Graph, sky: Sky) -> Socket:
    """Haze makes the blue a little greyer than in the clean air of Blender's sky."""
    settings: dict[str, Setting] = {
        "sky_type": "MULTIPLE_SCATTERING",
        "sun_disc": False,
        "sun_elevation": sky.sun_elevation_rad,
        # Blender counts the sun's rotation clockwise from +y.
        "sun_rotation": math.pi / 2 - sky.sun_azimuth_rad,
    }
    blue = graph.node("ShaderNodeTexSky", settings).outputs["Color"]
    hazy = graph.blend(_HAZE, blue, graph.node("ShaderNodeRGBToBW", Color=blue).outputs[0])
    return _clouded(graph, sky, hazy) if sky.clouds else hazy


def _clouded(graph: Graph, sky: Sky, behind: Socket) -> Socket:
    """Puts clouds before a clear sky: few large masses, broken up at their rims, lost in the haze at the horizon."""
    toward = _direction(graph)
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


def _overcast(graph: Graph, sky: Sky) -> Socket:
    """A faint unevenness keeps it from looking painted."""
    toward = _direction(graph)
    up = graph.parts(toward)[2]
    even = graph.ramp(up, 0.0, 1.0, 1.0 / 3.0, 1.0)
    rng = rng_for("clouds", sky.variant)
    x, y = rng.uniform(0.0, _SHIFT, 2).tolist()
    moved = graph.stretched(toward, (1.5, 1.0, 3.0), (x, y, 0.0))
    uneven = graph.between(graph.noise(moved, 1.6, detail=4.0, harsh=0.5), 0.86, 1.1)
    light = graph.math("MULTIPLY", graph.math("MULTIPLY", even, uneven), _OVERCAST_ZENITH)
    tint = (0.985, 1.0, 1.015, 1.0)
    above = graph.shaded(graph.node("ShaderNodeCombineXYZ", X=light, Y=light, Z=light).outputs[0], tint)
    ground = _GROUND * _OVERCAST_ZENITH / 3.0
    return graph.blend(graph.ramp(up, -0.02, 0.0), (ground, ground, ground, 1.0), above)


def _night(graph: Graph, sky: Sky) -> Socket:
    up = graph.parts(_direction(graph))[2]
    height = graph.math("POWER", graph.math("MAXIMUM", up, 0.0), 0.45)
    above = graph.blend(height, (*_TOWN, 1.0), (*_NIGHT_ZENITH, 1.0))
    red, green, blue = (_GROUND * channel for channel in _TOWN)
    return graph.blend(graph.ramp(up, -0.02, 0.0), (red, green, blue, 1.0), above)


_WEATHERS: Mapping[str, Callable[[Graph, Sky], Socket]] = {
    "clear": _clear,
    "overcast": _overcast,
    "night": _night,
}
"""One function for each weather that a plan may name."""
