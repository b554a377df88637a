"""Nodes: a short way to draw a material's shader graph; values and sockets go in by name, sockets come out."""

import bpy

from scenegen.blender.drawn import Node, Setting, Socket, Value, draw, made
from scenegen.blender.roles import ABSENT
from scenegen.colors import linear_rgba
from scenegen.cutouts import HOLE_BELOW
from schemas.geometry import Vec3
from schemas.surface import Color

__all__ = ["Graph", "Node", "Socket", "Value"]


_NUMBERS = ("ShaderNodeMapRange", "ShaderNodeMath")
"""Nodes that return one."""


class Graph:
    """The nodes of one material, or of a world, none but its output at first."""

    def __init__(self, output: str = "ShaderNodeOutputMaterial") -> None:
        self._output = Node(0, output, {})
        self._nodes = [self._output]

    def material(self, name: str) -> bpy.types.Material:
        """Returns a new material of the graph."""
        return made(name, self._nodes)

    def draw(self, tree: bpy.types.NodeTree) -> None:
        """Draws the graph in place of what a tree holds."""
        draw(tree, self._nodes)

    def node(self, kind: str, settings: dict[str, Setting] | None = None, **inputs: Value) -> Node:
        """Adds a node; inputs are given by identifier, blanks written as underscores."""
        node = Node(len(self._nodes), kind, settings or {}, inputs)
        self._nodes.append(node)
        return node

    def surface(self, shader: Socket) -> None:
        """Makes `shader` the material's surface."""
        self._output.inputs["Surface"] = shader

    def pane(self) -> None:
        """Gives the material a second output, not in use, under which it isn't there."""
        clear = self.node("ShaderNodeBsdfTransparent").outputs[0]
        self.node("ShaderNodeOutputMaterial", {"name": ABSENT, "is_active_output": False}, Surface=clear)

    def cut_out(self, shader: Socket, alpha: Socket) -> Socket:
        """Returns the shader with holes where alpha is below a half."""
        opaque = self.math("LESS_THAN", alpha, HOLE_BELOW)
        hole = self.node("ShaderNodeBsdfTransparent").outputs[0]
        return self.node("ShaderNodeMixShader", Fac=opaque, Shader=shader, Shader_001=hole).outputs[0]

    def plain_to_diffuse_light(self, shader: Socket, color: Value) -> Socket:
        """Returns the shader, but even and matt to light from a matt surface or a second mirror: none sees the detail.

        Cycles skips what a mix leaves out: a room full of patterns takes a third less time.
        """
        path = self.node("ShaderNodeLightPath").outputs
        unseen = self.math("MAXIMUM", path["Is Diffuse Ray"], self.math("GREATER_THAN", path["Ray Depth"], 1.0))
        even = self.node("ShaderNodeBsdfDiffuse", Color=color).outputs[0]
        return self.node("ShaderNodeMixShader", Fac=unseen, Shader=shader, Shader_001=even).outputs[0]

    def glowing(self, shader: Socket, light: Value) -> Socket:
        """Returns the shader with light of its own, seen by the camera and in mirrors alone."""
        glow = self.node("ShaderNodeEmission", Color=light, Strength=1.0).outputs[0]
        return self.node("ShaderNodeAddShader", Shader=shader, Shader_001=glow).outputs[0]

    def plain_in_mirrors(self, shader: Socket, color: Value, roughness: float) -> Socket:
        """Returns the shader of a metal, but without detail where it is seen in another one, which is mostly itself."""
        depth = self.node("ShaderNodeLightPath").outputs["Ray Depth"]
        even = self.node("ShaderNodeBsdfGlossy", Color=color, Roughness=roughness).outputs[0]
        unseen = self.math("GREATER_THAN", depth, 0.0)
        return self.node("ShaderNodeMixShader", Fac=unseen, Shader=shader, Shader_001=even).outputs[0]

    def object_coordinates(self, scale: Vec3 = (1.0, 1.0, 1.0)) -> Socket:
        """Returns the point in the object's axes, metres times `scale`."""
        point = self.node("ShaderNodeTexCoord").outputs["Object"]
        return (
            point if scale == (1.0, 1.0, 1.0) else self.node("ShaderNodeMapping", Vector=point, Scale=scale).outputs[0]
        )

    def world_coordinates(self) -> Socket:
        """Returns the point in the world's axes, metres."""
        return self.node("ShaderNodeNewGeometry").outputs["Position"]

    def noise(
        self, coordinates: Socket, scale: float, detail: float = 3.0, distortion: float = 0.0, harsh: float = 0.5
    ) -> Socket:
        """Returns fractal noise around 0.5, with `scale` features a unit; `harsh`: how much the finest ones weigh."""
        inputs: dict[str, Value] = {"Scale": scale, "Detail": detail, "Distortion": distortion, "Roughness": harsh}
        return self.node("ShaderNodeTexNoise", None, Vector=coordinates, **inputs).outputs[0]

    def flat_noise(self, coordinates: Socket, scale: float, detail: float = 3.0, harsh: float = 0.5) -> Socket:
        """Returns noise that looks at x and y only, for half the price."""
        inputs: dict[str, Value] = {"Scale": scale, "Detail": detail, "Roughness": harsh}
        flat: dict[str, Setting] = {"noise_dimensions": "2D"}
        return self.node("ShaderNodeTexNoise", flat, Vector=coordinates, **inputs).outputs[0]

    def between(self, value: Socket, low: float, high: float, soft: float = 0.2) -> Socket:
        """Returns `value` stretched so that 0.5 -+ `soft` becomes `low` to `high`, held at both ends."""
        node = self.node(
            "ShaderNodeMapRange", Value=value, From_Min=0.5 - soft, From_Max=0.5 + soft, To_Min=low, To_Max=high
        )
        return node.outputs[0]

    def math(self, operation: str, a: Value, b: Value = 0.0, held: bool = False) -> Socket:
        """Returns a number made of others by one of Blender's operations; `held`: between 0 and 1."""
        settings: dict[str, Setting] = {"operation": operation, "use_clamp": held}
        return self.node("ShaderNodeMath", settings, Value=a, Value_001=b).outputs[0]

    def vectors(self, operation: str, a: Value, b: Value = (0.0, 0.0, 0.0), c: Value = (0.0, 0.0, 0.0)) -> Socket:
        """Returns a vector made of others by one of Blender's operations."""
        settings: dict[str, Setting] = {"operation": operation}
        return self.node("ShaderNodeVectorMath", settings, Vector=a, Vector_001=b, Vector_002=c).outputs["Vector"]

    def parts(self, vector: Socket) -> tuple[Socket, Socket, Socket]:
        """Returns x, y and z."""
        parts = self.node("ShaderNodeSeparateXYZ", Vector=vector).outputs
        return parts["X"], parts["Y"], parts["Z"]

    def stretched(self, point: Socket, scale: Vec3, location: Vec3 = (0.0, 0.0, 0.0)) -> Socket:
        """Returns a point times `scale` plus `location`."""
        return self.vectors("MULTIPLY_ADD", point, scale, location)

    def attribute(self, name: str, output: str = "Vector") -> Socket:
        """Returns what a mesh says of a point of it."""
        return self.node("ShaderNodeAttribute", {"attribute_name": name}).outputs[output]

    def cells(self, coordinates: Socket, scale: float, flat: bool = False) -> tuple[Socket, Socket]:
        """Returns how far the middle of a cell is, in cells, and the cell's random colour; `flat`: of x and y only."""
        settings: dict[str, Setting] = {"voronoi_dimensions": "2D" if flat else "3D"}
        node = self.node("ShaderNodeTexVoronoi", settings, Vector=coordinates, Scale=scale)
        return node.outputs["Distance"], node.outputs["Color"]

    def ramp(self, value: Value, start: float, end: float, low: float = 0.0, high: float = 1.0) -> Socket:
        """Returns `value` stretched so that `start` to `end` becomes `low` to `high`, held at both ends."""
        return self.node(
            "ShaderNodeMapRange", Value=value, From_Min=start, From_Max=end, To_Min=low, To_Max=high
        ).outputs[0]

    def ridges(self, value: Socket, width: float) -> Socket:
        """Returns 1 where noise is a half, and less than 1 up to `width` from there: winding lines."""
        away = self.math("ABSOLUTE", self.math("SUBTRACT", value, 0.5))
        return self.ramp(away, 0.0, width, 1.0, 0.0)

    def inverted(self, value: Socket) -> Socket:
        """Returns 1 - `value`."""
        return self.math("SUBTRACT", 1.0, value)

    def blend(self, factor: Value, a: Value, b: Value) -> Socket:
        """Returns the colour `a` where `factor` is 0 and `b` where it is 1."""
        return self._mix("MIX", factor, a, b)

    def shaded(self, color: Value, factor: Value) -> Socket:
        """Returns a colour times a grey or another colour; a number costs less than a colour does."""
        if isinstance(factor, Socket) and factor.node.kind in _NUMBERS:
            settings: dict[str, Setting] = {"operation": "SCALE"}
            scaled = color[:3] if isinstance(color, tuple) else color
            return self.node("ShaderNodeVectorMath", settings, Vector=scaled, Scale=factor).outputs["Vector"]
        return self._mix("MULTIPLY", 1.0, color, factor)

    def bump(self, height: Socket, depth_m: float, strength: Value = 1.0) -> Socket:
        """Returns the normal of a surface raised by `height` (0 to 1) times `depth_m`, in the picture only."""
        return self.node("ShaderNodeBump", Height=height, Distance=depth_m, Strength=strength).outputs[0]

    def principled(self, **inputs: Value) -> Socket:
        """Returns a principled shader."""
        return self.node("ShaderNodeBsdfPrincipled", None, **inputs).outputs[0]

    def color(self, color: Color, factor: float = 1.0) -> tuple[float, float, float, float]:
        """Returns an sRGB colour as a socket's value, scaled in linear light."""
        return linear_rgba(color, factor)

    def one_color(self, name: str, color: Value) -> Socket:
        """Returns a colour, of a node with a name."""
        node = self.node("ShaderNodeRGB", {"name": name})
        node.constant = color
        return node.outputs[0]

    def _mix(self, blend_type: str, factor: Value, a: Value, b: Value) -> Socket:
        settings: dict[str, Setting] = {"data_type": "RGBA", "blend_type": blend_type}
        return self.node("ShaderNodeMix", settings, Factor_Float=factor, A_Color=a, B_Color=b).outputs["Result_Color"]
