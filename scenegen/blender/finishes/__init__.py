"""Finishes: how planned shapes look. One function a finish, one file a family; patterns are in metres.

Bump shapes the picture only: the exact normals are those of the geometry. What finishes share (coordinates, the shifts
of variants, masks of age) is in `skin`, what use leaves in `wear`.
"""

import math
from collections.abc import Callable, Mapping

import bpy

from assets_catalog.catalog import Catalog
from scenegen.blender.finishes.hard import ceramic, metal, plastic
from scenegen.blender.finishes.masonry import brick, concrete, stone
from scenegen.blender.finishes.outdoors import asphalt, foliage, grass, ground, water
from scenegen.blender.finishes.panes import glass, mirror
from scenegen.blender.finishes.paper_and_canvas import canvas, paper
from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.textiles import carpet, fabric, leather, rug
from scenegen.blender.finishes.tiles import tiles
from scenegen.blender.finishes.walls import paint, plaster, wallpaper
from scenegen.blender.finishes.woods import bark, planks, wood
from scenegen.blender.nodes import Graph, Socket
from scenegen.blender.textured import textured
from schemas.surface import PANES, Finish, Surface

FINISHES: Mapping[Finish, Callable[[Skin], Socket]] = {
    "paint": paint,
    "plaster": plaster,
    "wallpaper": wallpaper,
    "brick": brick,
    "tiles": tiles,
    "concrete": concrete,
    "stone": stone,
    "planks": planks,
    "wood": wood,
    "carpet": carpet,
    "rug": rug,
    "fabric": fabric,
    "leather": leather,
    "metal": metal,
    "plastic": plastic,
    "ceramic": ceramic,
    "paper": paper,
    "canvas": canvas,
    "glass": glass,
    "mirror": mirror,
    "ground": ground,
    "asphalt": asphalt,
    "grass": grass,
    "bark": bark,
    "foliage": foliage,
    "water": water,
}
"""One function for each finish a plan may name; it returns the shader."""


def surface_material(name: str, surface: Surface, catalog: Catalog) -> bpy.types.Material:
    """Returns a new material for a planned surface, whose texture set, if it names one, the catalog holds."""
    graph = Graph()
    shader = textured(graph, surface, catalog) if surface.texture else FINISHES[surface.finish](Skin(graph, surface))
    if surface.glow_w_m2:
        shader = graph.glowing(shader, graph.color(surface.color, surface.glow_w_m2 / math.pi))
    if surface.finish in PANES:
        graph.surface(shader)
        graph.pane()
    else:
        color = graph.color(surface.color)
        if surface.finish == "metal" and not surface.texture and not surface.glow_w_m2:
            shader = graph.plain_in_mirrors(shader, color, surface.roughness)
        graph.surface(graph.plain_to_diffuse_light(shader, color))
    material = graph.material(name)
    if surface.glow_w_m2:
        material.cycles.emission_sampling = "NONE"  # it lights nothing
    return material
