"""Drawn: a shader graph as plain values, and the material that is made of it.

Blender looks through a whole tree for each node, link and value that is set in it. So a tree of each form (its nodes,
settings and links) is made once a session, with no values in it; each material of this form is a copy, whose values go
in by the node, without any looking. A material depends on its own graph alone, whatever was made before.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import bpy
import numpy as np

from schemas.geometry import Vec3

Setting: TypeAlias = str | int | float | bool | bpy.types.ID
Value: TypeAlias = "Socket | float | Vec3 | tuple[float, float, float, float]"

FORM = "form-"
"""What the names of kept trees begin with."""


@dataclass(eq=False)
class Node:
    """One node: its kind, as Blender calls it, and what it is given."""

    number: int
    kind: str
    settings: dict[str, Setting]
    inputs: dict[str, Value] = field(default_factory=dict)
    """Values and sockets by the identifier of the input, blanks as underscores."""
    constant: "Value | None" = None
    """Its first output, of nodes that hold nothing else."""

    @property
    def outputs(self) -> "_Outputs":
        """Returns its sockets, by number or identifier."""
        return _Outputs(self)


@dataclass(frozen=True, eq=False)
class Socket:
    """One output of a node."""

    node: Node
    key: int | str


@dataclass(frozen=True, eq=False)
class _Outputs:
    node: Node

    def __getitem__(self, key: int | str) -> Socket:
        return Socket(self.node, key)


def made(name: str, nodes: Sequence[Node]) -> bpy.types.Material:
    """Returns a new material; the first node is its output."""
    form = _form(nodes)
    kept = bpy.data.materials.get(form) or _keep(form, nodes)
    material = kept.copy()
    material.name, material.use_fake_user = name, False
    _give_values(material.node_tree, nodes)
    return material


def draw(tree: bpy.types.NodeTree, nodes: Sequence[Node]) -> None:
    """Draws a graph in place of what a tree holds; the first node is its output."""
    _lay(tree, nodes)
    _give_values(tree, nodes)


def _give_values(tree: bpy.types.NodeTree, nodes: Sequence[Node]) -> None:
    for drawn, node in zip(nodes, tree.nodes, strict=True):
        for setting, value in drawn.settings.items():
            if isinstance(value, bpy.types.ID):
                setattr(node, setting, value)
        values = {name: value for name, value in drawn.inputs.items() if not isinstance(value, Socket)}
        if values:
            _fill(node, values)
        if drawn.constant is not None:
            node.outputs[0].default_value = drawn.constant


def _form(nodes: Sequence[Node]) -> str:
    """Returns a name that all graphs of one form have."""
    content = [(node.kind, sorted(_plain(node).items()), _links(node)) for node in nodes]
    return FORM + hashlib.sha256(repr(content).encode()).hexdigest()[:32]


def _plain(node: Node) -> Mapping[str, Setting]:
    """Returns the settings that all materials of the form share: all but pictures."""
    return {name: value for name, value in node.settings.items() if not isinstance(value, bpy.types.ID)}


def _links(node: Node) -> list[tuple[str, int, int | str]]:
    return [(name, fed.node.number, fed.key) for name, fed in node.inputs.items() if isinstance(fed, Socket)]


def _keep(form: str, nodes: Sequence[Node]) -> bpy.types.Material:
    """Makes a tree of the graph's form, which stays in the session."""
    material = bpy.data.materials.new(form)
    material.use_fake_user = True
    _lay(material.node_tree, nodes)
    return material


def _lay(tree: bpy.types.NodeTree, nodes: Sequence[Node]) -> None:
    """Makes a graph's nodes, with their settings and links."""
    tree.nodes.clear()
    new = [tree.nodes.new(node.kind) for node in nodes]
    for node, drawn in zip(new, nodes, strict=True):
        for setting, value in _plain(drawn).items():
            setattr(node, setting, value)
    for node, drawn in zip(new, nodes, strict=True):
        sockets = {_name(socket): socket for socket in node.inputs}
        for name, number, key in _links(drawn):
            tree.links.new(_output(new[number], key), sockets[name])
    new[0].is_active_output = True


def _output(node: bpy.types.Node, key: int | str) -> bpy.types.NodeSocket:
    return node.outputs[key] if isinstance(key, int) else next(each for each in node.outputs if each.identifier == key)


def _fill(node: bpy.types.Node, values: Mapping[str, Value]) -> None:
    """Sets values of a node's inputs."""
    sockets = list(node.inputs)
    if not all(hasattr(socket, "default_value") for socket in sockets):  # a shader has no value
        for socket in sockets:
            if _name(socket) in values:
                socket.default_value = values[_name(socket)]
        return
    places = _PLACES.setdefault(node.bl_idname, dict(_places(sockets)))
    flat = np.empty(max(place.stop for place in places.values()), dtype=np.float32)
    node.inputs.foreach_get("default_value", flat)
    for name, value in values.items():
        flat[places[name]] = value
    node.inputs.foreach_set("default_value", flat)


_PLACES: dict[str, dict[str, slice]] = {}
"""Where the inputs of a kind of node stand in the row of their numbers: facts about Blender, read when first needed."""


def _places(sockets: Sequence[bpy.types.NodeSocket]) -> Iterator[tuple[str, slice]]:
    start = 0
    for socket in sockets:
        value = socket.default_value
        width = len(value) if hasattr(value, "__len__") else 1
        yield _name(socket), slice(start, start + width)
        start += width


def _name(socket: bpy.types.NodeSocket) -> str:
    return str(socket.identifier).replace(" ", "_")
