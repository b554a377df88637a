"""A drawn graph becomes the material that it says, whatever was made before."""

from collections.abc import Iterator
from typing import Any

import bpy
import pytest

from scenegen.blender.drawn import FORM
from scenegen.blender.nodes import Graph, Value
from scenegen.blender.session import empty_scene

RED, GREEN, BLACK = (1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0)


@pytest.fixture(autouse=True)
def _session() -> Iterator[None]:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    empty_scene()
    yield
    bpy.ops.wm.read_factory_settings(use_empty=True)


def cloudy(color: Value, scale: float, mortar_from: float | None = None) -> Graph:
    graph = Graph()
    clouds = graph.flat_noise(graph.object_coordinates(), scale, detail=4.0)
    inputs: dict[str, Value] = {} if mortar_from is None else {"Metallic": graph.ramp(clouds, mortar_from, 0.9)}
    graph.surface(graph.principled(Base_Color=graph.blend(graph.between(clouds, 0.5, 1.0), color, BLACK), **inputs))
    return graph


def content(material: bpy.types.Material) -> list[object]:
    """Returns all that a tree says."""
    told: list[object] = []
    for node in material.node_tree.nodes:
        told.append((node.bl_idname, node.name))
        for socket in node.inputs:
            told.append((socket.identifier, _plain(getattr(socket, "default_value", None))))
            told.extend((link.from_node.name, link.from_socket.identifier) for link in socket.links)
    return told


def value_of(material: bpy.types.Material, kind: str, name: str) -> object:
    node = next(node for node in material.node_tree.nodes if node.bl_idname == kind)
    socket = next(socket for socket in node.inputs if socket.identifier == name)
    return _plain(socket.default_value)


def _plain(value: Any) -> object:
    return tuple(value) if hasattr(value, "__len__") else value


def test_values_settings_and_links_arrive() -> None:
    material = cloudy(RED, 3.5).material("clouds")
    assert material.name == "clouds"
    assert value_of(material, "ShaderNodeTexNoise", "Scale") == 3.5
    assert value_of(material, "ShaderNodeTexNoise", "Detail") == 4.0
    assert value_of(material, "ShaderNodeMix", "A_Color") == RED
    nodes = {node.bl_idname: node for node in material.node_tree.nodes}
    assert nodes["ShaderNodeTexNoise"].noise_dimensions == "2D"
    assert nodes["ShaderNodeOutputMaterial"].inputs["Surface"].links[0].from_node == nodes["ShaderNodeBsdfPrincipled"]


def test_a_material_is_the_same_first_and_after_others_of_its_form() -> None:
    first = content(cloudy(GREEN, 2.0).material("first"))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    cloudy(RED, 7.0).material("other")
    assert content(cloudy(GREEN, 2.0).material("later")) == first


def test_materials_of_one_form_share_nothing_but_the_form() -> None:
    red, green = cloudy(RED, 2.0).material("red"), cloudy(GREEN, 2.0).material("green")
    assert value_of(red, "ShaderNodeMix", "A_Color") == RED
    assert value_of(green, "ShaderNodeMix", "A_Color") == GREEN
    assert len([each for each in bpy.data.materials if each.name.startswith(FORM)]) == 1


def test_another_link_or_setting_is_another_form() -> None:
    for graph in (cloudy(RED, 2.0), cloudy(RED, 2.0, 0.3)):
        graph.material("clouds")
    solid = Graph()
    solid.surface(solid.principled(Roughness=solid.noise(solid.object_coordinates(), 2.0)))
    flat = Graph()
    flat.surface(flat.principled(Roughness=flat.flat_noise(flat.object_coordinates(), 2.0)))
    solid.material("solid")
    flat.material("flat")
    assert len([each for each in bpy.data.materials if each.name.startswith(FORM)]) == 4


def test_a_graph_costs_no_tree_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cloudy(RED, 2.0).material("first")
    monkeypatch.setattr("scenegen.blender.drawn._keep", lambda *_: pytest.fail("the form is kept"))
    cloudy(GREEN, 5.0).material("second")
