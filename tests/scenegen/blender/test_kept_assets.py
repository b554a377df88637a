"""What is kept from scene to scene changes no byte of any, and is bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import bpy
import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.opening import open_catalog
from assets_catalog.record import AssetRecord
from scenegen.blender import scene as scene_module
from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.drawn import FORM
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.kept_assets import KeptAssets
from scenegen.blender.scene import build_scene
from scenegen.blender.session import empty_scene
from scenegen.recipes import plan_scene
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.scene_plan import ScenePlan
from tests.catalogs import catalog_of

SPEC = RunSpec(
    catalog="builtin", camera=CameraSpec(width_px=64, height_px=64), render=RenderSpec(samples=1, denoise=False)
)


@pytest.fixture(scope="module")
def builtin() -> Catalog:
    return open_catalog("builtin")


@pytest.fixture(scope="module")
def plans(builtin: Catalog) -> tuple[ScenePlan, ...]:
    return tuple(plan_scene(SPEC, number, "train", builtin) for number in range(3))


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    monkeypatch.setattr(scene_module, "_kept_assets", KeptAssets(10**9))
    yield
    bpy.ops.wm.read_factory_settings(use_empty=True)


def bytes_of(plan: ScenePlan, catalog: Catalog) -> Mapping[str, bytes]:
    """Builds, measures and renders two views; returns every array as bytes."""
    scene = build_scene(plan, catalog)
    configure(scene, SPEC.render, threads=0)
    triangles = evaluated_triangles()
    found = {name: value for name, value in vars(triangles).items() if isinstance(value, np.ndarray)}
    for number, view in enumerate(plan.views[:2]):
        aim(scene, view)
        found |= {f"{number} {name}": value for name, value in render_view(scene, seed=number).items()}
    return {name: value.tobytes() for name, value in found.items()} | {"materials": repr(triangles.materials).encode()}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    assert one.keys() == other.keys()
    return [name for name in one if one[name] != other[name]]


def test_a_scene_is_the_same_first_and_after_others_that_share_its_assets(
    plans: tuple[ScenePlan, ...], builtin: Catalog
) -> None:
    *others, last = plans
    assert set(last.asset_ids()) & {asset_id for plan in others for asset_id in plan.asset_ids()}
    fresh = bytes_of(last, builtin)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for plan in others:
        bytes_of(plan, builtin)
    assert differing(bytes_of(last, builtin), fresh) == []
    assert differing(bytes_of(last, builtin), fresh) == []


def test_a_kept_texture_is_the_same(plan: ScenePlan, catalog: Catalog) -> None:
    fresh = bytes_of(plan, catalog)
    uid = bpy.data.meshes["purple"].session_uid
    assert differing(bytes_of(plan, catalog), fresh) == []
    assert bpy.data.meshes["purple"].session_uid == uid


def test_a_scene_is_the_same_when_nothing_is_kept(
    plans: tuple[ScenePlan, ...], builtin: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = bytes_of(plans[0], builtin)
    monkeypatch.setattr(scene_module, "_kept_assets", KeptAssets(0))
    bytes_of(plans[1], builtin)
    assert differing(bytes_of(plans[0], builtin), kept) == []


def materials() -> list[bpy.types.Material]:
    """Returns all of the session but the empty trees that `scenegen.blender.drawn` keeps."""
    return [material for material in bpy.data.materials if not material.name.startswith(FORM)]


def _not_again(record: AssetRecord) -> AssetMesh:
    raise AssertionError(f"{record.asset_id} was read again")


def test_a_kept_asset_is_read_once(plans: tuple[ScenePlan, ...], builtin: Catalog) -> None:
    build_scene(plans[0], builtin)
    first = {asset_id: bpy.data.meshes[asset_id].session_uid for asset_id in plans[0].asset_ids()}
    build_scene(plans[0], replace(builtin, load_mesh=_not_again))
    assert {asset_id: bpy.data.meshes[asset_id].session_uid for asset_id in first} == first


def test_an_asset_of_another_catalog_takes_the_place_and_the_names_of_its_namesake(
    plan: ScenePlan, catalog: Catalog
) -> None:
    meshes = {asset_id: catalog.load(asset_id) for asset_id in catalog.records}
    names = []
    for name in ("one", "other"):
        build_scene(plan, catalog_of(meshes, name))
        uid = bpy.data.meshes["plain"].session_uid
        names.append(evaluated_triangles().materials)
    assert names[0] == names[1]
    build_scene(plan, catalog_of(meshes, "other"))
    assert bpy.data.meshes["plain"].session_uid == uid


def test_the_least_recently_used_go_beyond_the_limit(builtin: Catalog) -> None:
    ids = list(builtin.records)[:4]
    kept = KeptAssets(limit_bytes=1)
    empty_scene()
    for asset_id in ids:
        kept.mesh(asset_id, builtin)
    kept.drop_beyond_limit()
    empty_scene()
    assert len(bpy.data.meshes) == len(materials()) == 0

    kept = KeptAssets(limit_bytes=10**9)
    for asset_id in [*ids, ids[0]]:
        kept.mesh(asset_id, builtin)
    kept._limit_bytes = sum(each.size_bytes for each in kept._kept.values()) - 1
    kept.drop_beyond_limit()
    empty_scene()
    assert sorted(mesh.name for mesh in bpy.data.meshes) == sorted([*ids[2:], ids[0]])


def test_nothing_of_a_scene_stays_but_what_is_kept(plans: tuple[ScenePlan, ...], builtin: Catalog) -> None:
    bytes_of(plans[0], builtin)
    empty_scene()
    assert {mesh.name for mesh in bpy.data.meshes} == set(plans[0].asset_ids())
    assert all("/" in material.name for material in materials())
    assert [scene.name for scene in bpy.data.scenes] == ["scene"]
    assert not any((bpy.data.objects, bpy.data.lights, bpy.data.cameras, bpy.data.worlds))
