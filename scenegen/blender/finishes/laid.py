"""Laid: pieces in courses, with joints between them: bricks, slabs, tiles and boards."""

from dataclasses import dataclass

from scenegen.blender.finishes.skin import Skin
from scenegen.blender.nodes import Socket

_BLACK, _WHITE = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Courses:
    """Lengths in metres; `offset` is how far a course begins from the one below, in lengths, and every how many."""

    length_m: float
    height_m: float
    joint_m: float
    soft: float = 0.1
    offset: float = 0.5
    every: int = 2


@dataclass(frozen=True)
class Pieces:
    """What a point of a pattern is."""

    lot: Socket
    """A number of the piece's own, 0 to 1."""
    joint: Socket
    """1 in the joints, 0 on the pieces."""


def laid(skin: Skin, courses: Courses, where: Socket | None = None) -> Pieces:
    """Returns the pattern on the faces, or elsewhere."""
    node = skin.graph.node(
        "ShaderNodeTexBrick",
        {"offset": courses.offset, "offset_frequency": courses.every},
        Vector=where or skin.face,
        Color1=_BLACK,
        Color2=_WHITE,
        Mortar=_BLACK,
        Scale=1.0,
        Mortar_Size=courses.joint_m / 2,
        Mortar_Smooth=courses.soft,
        Brick_Width=courses.length_m,
        Row_Height=courses.height_m,
    )
    return Pieces(node.outputs["Color"], node.outputs["Fac"])


def each_its_own(skin: Skin, point: Socket, pieces: Pieces) -> Socket:
    """Returns a point that lies elsewhere for each piece, so that no pattern goes on from one to the next."""
    return skin.graph.vectors("MULTIPLY_ADD", pieces.lot, (5.0, 9.0, 7.0), point)


def ragged(skin: Skin, by_m: float, scale: float) -> Socket:
    """Returns the point on its face, moved to and fro: edges that no machine has cut."""
    node = skin.graph.node("ShaderNodeTexNoise", {"noise_dimensions": "2D"}, Vector=skin.face, Scale=scale, Detail=0.0)
    return skin.graph.vectors("MULTIPLY_ADD", node.outputs["Color"], (by_m, by_m, 0.0), skin.face)
