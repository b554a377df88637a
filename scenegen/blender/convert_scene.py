"""Conversion in the Blender session: a file is imported, its meshes are made plain, and these are written as GLB.

Importers bring a file's unit to metres and its axes to Blender's; a .blend file is scaled by its own unit. Plain means:
every instance an object of its own, in the world's axes, with modifiers applied; nothing else is left. Textures count
only where they lie inside the source's folder.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import bpy
import mathutils

from schemas.errors import AssetError, RenderError

_MOST_OBJECTS = 20_000
_MOST_TRIANGLES = 4_000_000


def write_converted(source: Path, target: Path, allow_blend: bool = False) -> None:
    """Writes `source` as GLB to `target`; raises AssetError where it holds no mesh or too much."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.preferences.filepaths.use_scripts_auto_execute = False
    ending = source.suffix.lower()
    if ending not in _IMPORTERS:
        raise AssetError(f"{source.name}: can't be converted; must end in {', '.join(_IMPORTERS)}")
    if ending == ".blend" and not allow_blend:
        raise AssetError(f"{source.name}: .blend files may hold programs; they are read where that is allowed only")
    _IMPORTERS[ending](source)
    _drop_images_outside(source.parent)
    _make_plain(bpy.context.scene.unit_settings.scale_length if ending == ".blend" else 1.0)
    _export(target)


def _open_fbx(source: Path) -> None:
    _imported(bpy.ops.wm.fbx_import(filepath=str(source), import_subdivision=False, use_anim=False), source)


def _open_usd(source: Path) -> None:
    done = bpy.ops.wm.usd_import(
        filepath=str(source),
        apply_unit_conversion_scale=True,
        import_cameras=False,
        import_lights=False,
        import_volumes=False,
        import_curves=False,
        import_points=False,
        create_world_material=False,
        set_frame_range=False,
        import_textures_mode="IMPORT_PACK",
        property_import_mode="NONE",
    )
    _imported(done, source)


def _open_blend(source: Path) -> None:
    _imported(bpy.ops.wm.open_mainfile(filepath=str(source), load_ui=False, use_scripts=False), source)


def _imported(done: set[str], source: Path) -> None:
    if done != {"FINISHED"}:
        raise AssetError(f"{source.name}: Blender can't read it")


_IMPORTERS: Mapping[str, Callable[[Path], None]] = {
    ".fbx": _open_fbx,
    **dict.fromkeys((".usd", ".usda", ".usdc", ".usdz"), _open_usd),
    ".blend": _open_blend,
}


def _drop_images_outside(folder: Path) -> None:
    """Removes images that lie elsewhere, or that can't be loaded: their materials keep their plain colours."""
    for image in [each for each in bpy.data.images if each.source not in ("GENERATED", "VIEWER")]:
        path = Path(bpy.path.abspath(image.filepath, library=image.library)).resolve()
        if (image.packed_file is None and not path.is_relative_to(folder.resolve())) or image.size[0] == 0:
            bpy.data.images.remove(image)
    for material in bpy.data.materials:
        nodes = material.node_tree.nodes
        for node in [each for each in nodes if each.bl_idname == "ShaderNodeTexImage" and each.image is None]:
            nodes.remove(node)


def _make_plain(unit_m: float) -> None:
    """Replaces the scene's objects by their evaluated meshes."""
    depsgraph = bpy.context.evaluated_depsgraph_get()
    plain: list[bpy.types.Object] = []
    triangles = 0
    for instance in depsgraph.object_instances:
        if instance.object.type != "MESH" or not instance.show_self:
            continue
        mesh = bpy.data.meshes.new_from_object(instance.object, preserve_all_data_layers=True, depsgraph=depsgraph)
        triangles += sum(polygon.loop_total - 2 for polygon in mesh.polygons)
        if len(plain) == _MOST_OBJECTS or triangles > _MOST_TRIANGLES:
            raise AssetError(f"more than {_MOST_OBJECTS} objects or {_MOST_TRIANGLES} triangles")
        placed = bpy.data.objects.new(f"mesh-{len(plain):05d}", mesh)
        placed.matrix_world = mathutils.Matrix.Scale(unit_m, 4) @ instance.matrix_world
        plain.append(placed)
    if not triangles:
        raise AssetError("no mesh with a face in it")
    scene = bpy.data.scenes.new("converted")
    for placed in plain:
        scene.collection.objects.link(placed)
    bpy.context.window.scene = scene
    for other in [each for each in bpy.data.scenes if each != scene]:
        bpy.data.scenes.remove(other)


def _export(target: Path) -> None:
    done = bpy.ops.export_scene.gltf(
        filepath=str(target),
        export_format="GLB",
        export_yup=True,
        export_apply=False,
        export_animations=False,
        export_skins=False,
        export_morph=False,
        export_cameras=False,
        export_lights=False,
        export_extras=False,
    )
    if done != {"FINISHED"} or not target.is_file():
        raise RenderError("Blender wrote no GLB")
