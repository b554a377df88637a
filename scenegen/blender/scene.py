"""Scene: a ScenePlan is built in the Blender session, object by object; an object's pass index is its instance_id."""

import bpy
import mathutils

from assets_catalog.catalog import Catalog
from scenegen.blender.asset_materials import PART, recolored
from scenegen.blender.finishes import surface_material
from scenegen.blender.kept_assets import KeptAssets
from scenegen.blender.lighting import add_light, set_environment, set_sky
from scenegen.blender.meshes import shapes_mesh
from scenegen.blender.session import empty_scene, link
from scenegen.blender.shape_coordinates import lay_coordinates
from scenegen.blender.textured import lay_metres
from schemas.scene_plan import PlannedObject, ScenePlan, square
from schemas.surface import Recolor, Surface

_ROUNDED_M = {"wood": 0.003, "metal": 0.002, "fabric": 0.004}
"""Edge radius of planned boxes by finish: no made thing has a razor's edge. Walls and floors meet sharply."""

_KEPT_BYTES = 512 * 2**20
_kept_assets = KeptAssets(_KEPT_BYTES)


def build_scene(plan: ScenePlan, catalog: Catalog) -> bpy.types.Scene:
    """Builds everything but the camera into an emptied session and returns the scene."""
    _kept_assets.drop_beyond_limit()
    scene = empty_scene()
    builder = _Builder(catalog)
    for planned in plan.objects:
        builder.add(planned)
    for number, light in enumerate(plan.lights):
        add_light(number, light)
    if plan.environment is not None:
        set_environment(scene, plan.environment, catalog)
    elif plan.sky is not None:
        set_sky(scene, plan.sky)
    return scene


class _Builder:
    """Objects of one scene; equal surfaces share one material, as do the objects of one asset their mesh."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._meshes: dict[str, bpy.types.Mesh] = {}
        self._surfaces: dict[Surface, bpy.types.Material] = {}
        self._dyed: dict[tuple[str, Recolor], bpy.types.Material] = {}

    def add(self, planned: PlannedObject) -> None:
        name = f"{planned.instance_id:06d}"
        mesh = self._shapes(name, planned) if planned.asset_id is None else self._asset(planned.asset_id)
        built = link(bpy.data.objects.new(name, mesh))
        built.pass_index = planned.instance_id
        built.matrix_world = mathutils.Matrix(square(planned.object2world).tolist())
        for each in planned.recolored:
            self._dye(built, planned, each)
        only_boxes = not planned.spheres and not planned.rectangles
        radius_m = _ROUNDED_M.get(planned.surface.finish) if planned.surface and only_boxes else None
        if radius_m:
            bevel = built.modifiers.new("rounded edges", "BEVEL")
            bevel.width, bevel.segments = radius_m, 2

    def _asset(self, asset_id: str) -> bpy.types.Mesh:
        if asset_id not in self._meshes:
            self._meshes[asset_id] = _kept_assets.mesh(asset_id, self._catalog)
        return self._meshes[asset_id]

    def _dye(self, built: bpy.types.Object, planned: PlannedObject, wanted: Recolor) -> None:
        """Gives a part of one object another colour; others of the asset keep theirs."""
        asset_id = planned.asset_id
        assert asset_id is not None, "only assets are recoloured"
        part = self._catalog.records[asset_id].parts[wanted.part]
        slot = next(slot for slot in built.material_slots if slot.material[PART] == part.name)
        dyed = asset_id, wanted
        if dyed not in self._dyed:
            self._dyed[dyed] = recolored(slot.material, part.color, wanted.color)
        slot.link = "OBJECT"
        slot.material = self._dyed[dyed]

    def _shapes(self, name: str, planned: PlannedObject) -> bpy.types.Mesh:
        surface = planned.surface
        assert surface is not None, "a planned object without an asset has a surface"
        if surface not in self._surfaces:
            named = f"{surface.texture or surface.finish}-{len(self._surfaces):03d}"
            self._surfaces[surface] = surface_material(named, surface, self._catalog)
        mesh = shapes_mesh(name, planned)
        if surface.texture:
            lay_metres(mesh)
        else:
            lay_coordinates(mesh, planned)
        mesh.materials.append(self._surfaces[surface])
        return mesh
