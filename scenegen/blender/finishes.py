"""Finishes: how planned boxes look. One function a finish; patterns are in metres, on the object's own axes.

Bump shapes the picture only: the exact normals are those of the geometry.
"""

from collections.abc import Callable

import bpy

from assets_catalog.catalog import Catalog
from scenegen.blender.glass import thin_glass
from scenegen.blender.nodes import Graph, Socket, Value
from scenegen.blender.textured import textured
from schemas.scene_plan import PANES, Finish, Surface


def surface_material(name: str, surface: Surface, catalog: Catalog) -> bpy.types.Material:
    """Returns a new material for a planned surface, whose texture set, if it names one, the catalog holds."""
    material = bpy.data.materials.new(name)
    graph = Graph(material)
    shown = textured(graph, surface, catalog) if surface.texture else FINISHES[surface.finish](graph, surface)
    graph.surface(shown)
    if surface.finish in PANES:
        graph.pane()
    return material


def paint(graph: Graph, surface: Surface) -> Socket:
    """Rolled wall paint: nearly even, with clouds a metre wide and an orange-peel skin."""
    point = graph.object_coordinates()
    clouds = graph.between(graph.noise(point, 0.9), 0.95, 1.02)
    skin = graph.noise(point, 160.0, detail=2.0)
    return graph.principled(
        Base_Color=graph.shaded(graph.color(surface.color), clouds),
        Roughness=surface.roughness,
        Normal=graph.bump(skin, 0.0008, 0.5),
    )


def planks(graph: Graph, surface: Surface) -> Socket:
    """Boards along x, `scale_m` wide, each of its own shade, with grain and open joints."""
    boards = _laid(
        graph, surface, length_m=9.0 * surface.scale_m, joint_m=0.0015, joint=graph.color(surface.color, 0.18)
    )
    boards.offset, boards.offset_frequency = 0.37, 3
    grain = graph.noise(graph.object_coordinates((1.6, 26.0, 8.0)), 2.2, detail=6.0, distortion=0.6)
    return graph.principled(
        Base_Color=graph.shaded(boards.outputs["Color"], graph.between(grain, 0.72, 1.08)),
        Roughness=graph.between(grain, surface.roughness + 0.08, surface.roughness - 0.06),
        Normal=graph.bump(graph.inverted(boards.outputs["Fac"]), 0.002, 0.6),
    )


def tiles(graph: Graph, surface: Surface) -> Socket:
    """Square tiles of side `scale_m` with pale joints."""
    squares = _laid(graph, surface, length_m=surface.scale_m, joint_m=0.003, joint=graph.color((0.62, 0.6, 0.57)))
    squares.offset = 0.0
    veins = graph.noise(graph.object_coordinates(), 3.5, detail=8.0, distortion=1.5)
    return graph.principled(
        Base_Color=graph.shaded(squares.outputs["Color"], graph.between(veins, 0.86, 1.04)),
        Roughness=surface.roughness,
        Normal=graph.bump(graph.inverted(squares.outputs["Fac"]), 0.002, 0.7),
    )


def _laid(graph: Graph, surface: Surface, *, length_m: float, joint_m: float, joint: Value) -> bpy.types.Node:
    """Returns the pattern of boards or tiles `scale_m` wide: colour, and a factor that is 1 in the joints."""
    return graph.node(
        "ShaderNodeTexBrick",
        Vector=graph.object_coordinates(),
        Color1=graph.color(surface.color, 0.76),
        Color2=graph.color(surface.color, 1.1),
        Mortar=joint,
        Scale=1.0,
        Mortar_Size=joint_m,
        Brick_Width=length_m,
        Row_Height=surface.scale_m,
    )


def carpet(graph: Graph, surface: Surface) -> Socket:
    """Short pile."""
    pile = graph.noise(graph.object_coordinates(), 420.0, detail=2.0)
    wear = graph.between(graph.noise(graph.object_coordinates(), 1.3), 0.86, 1.05)
    speckle = graph.between(pile, 0.68, 1.18)
    return graph.principled(
        Base_Color=graph.shaded(graph.shaded(graph.color(surface.color), wear), speckle),
        Roughness=0.95,
        Sheen_Weight=0.3,
        Normal=graph.bump(pile, 0.004, 0.8),
    )


def rug(graph: Graph, surface: Surface) -> Socket:
    """Woven bands, `scale_m` apart, in the colour, a darker one and a pale one."""
    point = graph.object_coordinates()
    bands = graph.node("ShaderNodeTexWave", Vector=point, Scale=0.31 / surface.scale_m, Distortion=0.0)
    bands.bands_direction = "Y"
    broad = graph.between(graph.noise(graph.object_coordinates((0.001, 1.0, 0.001)), 3.0), 0.0, 1.0, soft=0.03)
    dark = graph.blend(broad, graph.color(surface.color), graph.color(surface.color, 0.35))
    pale = graph.between(bands.outputs["Fac"], 0.0, 0.55, soft=0.06)
    pile = graph.noise(point, 380.0, detail=2.0)
    color = graph.blend(pale, dark, graph.color((0.86, 0.83, 0.76)))
    return graph.principled(
        Base_Color=graph.shaded(color, graph.between(pile, 0.72, 1.15)),
        Roughness=0.95,
        Sheen_Weight=0.3,
        Normal=graph.bump(pile, 0.004, 0.8),
    )


def wood(graph: Graph, surface: Surface) -> Socket:
    """Planed wood, grain along the box's z."""
    grain = graph.noise(graph.object_coordinates((9.0, 9.0, 0.9)), 3.0 / surface.scale_m, detail=6.0, distortion=0.5)
    return graph.principled(
        Base_Color=graph.shaded(graph.color(surface.color), graph.between(grain, 0.7, 1.08)),
        Roughness=graph.between(grain, surface.roughness + 0.06, surface.roughness - 0.06),
        Normal=graph.bump(grain, 0.0006, 0.4),
    )


def metal(graph: Graph, surface: Surface) -> Socket:
    """Brushed metal."""
    scratches = graph.noise(graph.object_coordinates((4.0, 4.0, 90.0)), 6.0, detail=2.0)
    return graph.principled(
        Base_Color=graph.color(surface.color),
        Metallic=1.0,
        Roughness=graph.between(scratches, surface.roughness - 0.08, surface.roughness + 0.1),
    )


def fabric(graph: Graph, surface: Surface) -> Socket:
    """Woven cloth."""
    point = graph.object_coordinates()
    weave = graph.noise(point, 300.0, detail=1.0)
    folds = graph.between(graph.noise(point, 2.0), 0.9, 1.05)
    return graph.principled(
        Base_Color=graph.shaded(graph.color(surface.color), folds),
        Roughness=0.9,
        Sheen_Weight=0.25,
        Normal=graph.bump(weave, 0.002, 0.5),
    )


def canvas(graph: Graph, surface: Surface) -> Socket:
    """An abstract painting, no two alike: brushed fields of the colour, its opposite, a pale and a dark one."""
    point = graph.world_coordinates()
    red, green, blue = surface.color
    opposite = graph.color((1.0 - 0.6 * red, 1.0 - 0.6 * green, 1.0 - 0.6 * blue), 0.6)
    fields = [graph.noise(point, scale, detail=2.0, distortion=1.2) for scale in (1.4, 2.1, 2.9)]
    edges = [graph.between(field, 0.0, 1.0, soft=0.015) for field in fields]
    color = graph.blend(edges[0], graph.color(surface.color), opposite)
    color = graph.blend(edges[1], color, graph.color((0.9, 0.87, 0.8)))
    color = graph.blend(graph.between(fields[2], -1.2, 1.0, soft=0.12), color, graph.color((0.1, 0.11, 0.14)))
    strokes = graph.noise(point, 90.0, detail=3.0)
    return graph.principled(
        Base_Color=graph.shaded(color, graph.between(strokes, 0.82, 1.08)),
        Roughness=0.7,
        Normal=graph.bump(strokes, 0.001, 0.6),
    )


def ground(graph: Graph, surface: Surface) -> Socket:
    """Grass and bare earth, seen from a window."""
    point = graph.object_coordinates()
    patches = graph.between(graph.noise(point, 0.12, detail=5.0), 0.0, 1.0, soft=0.12)
    blades = graph.between(graph.noise(point, 6.0, detail=6.0), 0.6, 1.25)
    color = graph.blend(patches, graph.color(surface.color), graph.color(surface.color, 0.55))
    return graph.principled(Base_Color=graph.shaded(color, blades), Roughness=0.95)


def glass(graph: Graph, surface: Surface) -> Socket:
    """A clear pane, faintly tinted."""
    return thin_glass(graph, graph.color(surface.color))


def mirror(graph: Graph, surface: Surface) -> Socket:
    """Silvered glass."""
    return graph.principled(Base_Color=graph.color(surface.color), Metallic=1.0, Roughness=0.02)


FINISHES: dict[Finish, Callable[[Graph, Surface], Socket]] = {
    "paint": paint,
    "planks": planks,
    "tiles": tiles,
    "carpet": carpet,
    "rug": rug,
    "wood": wood,
    "metal": metal,
    "fabric": fabric,
    "canvas": canvas,
    "ground": ground,
    "glass": glass,
    "mirror": mirror,
}
"""One function for each finish a plan may name."""
