"""Stored buffers against an independent ray caster, float64, on the exported glTF scene.

Moeller and Trumbore's intersection (1997) in plain numpy, over all triangles whose bounding sphere the ray meets: it
shares neither code, precision nor data structure with Embree, and sees only what the exporter wrote.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import trimesh
from jaxtyping import Float64, Int64

from scenegen.dataset.exr import decode_exr

Run = Callable[..., subprocess.CompletedProcess[str]]
SCENE = 1


def exported(scenegen: Run, dataset: Path, folder: Path, options: list[str]) -> tuple[trimesh.Scene, dict[str, Any]]:
    target = folder / "scene.glb"
    scenegen("export-scene", dataset, "--scene", str(SCENE), *options, target)
    return trimesh.load_scene(target, process=False), json.loads((folder / "scene.json").read_text())


def world_triangles(scene: trimesh.Scene, world_from_gltf: Float64[np.ndarray, "4 4"]) -> tuple[np.ndarray, ...]:
    """Returns corners, corner normals and instance ids of all nodes, in our world's axes."""
    corners, normals, ids = [], [], []
    for node in scene.graph.nodes_geometry:
        placed, name = scene.graph[node]
        turn = (world_from_gltf @ placed)[:3, :3]
        mesh = scene.geometry[name]
        corners.append(np.asarray(mesh.vertices)[mesh.faces] @ turn.T + (world_from_gltf @ placed)[:3, 3])
        normals.append(np.asarray(mesh.vertex_normals)[mesh.faces] @ turn.T)
        ids.append(np.full(len(mesh.faces), int(node)))
    return np.concatenate(corners), np.concatenate(normals), np.concatenate(ids)


def nearest_hits(
    eye: Float64[np.ndarray, " 3"], rays: Float64[np.ndarray, "n 3"], corners: Float64[np.ndarray, "t 3 3"]
) -> tuple[Float64[np.ndarray, " n"], Int64[np.ndarray, " n"], Float64[np.ndarray, "n 3"]]:
    """Returns the nearest hit: distance in units of the ray, triangle (-1: none), barycentric weights."""
    center = corners.mean(axis=1) - eye
    radius_squared = ((corners - eye - center[:, None]) ** 2).sum(-1).max(-1) * (1 + 1e-9)
    distance_squared = (center**2).sum(-1)
    hits = []
    for ray in rays:
        along = center @ (ray / np.linalg.norm(ray))
        near = np.flatnonzero(distance_squared - along**2 <= radius_squared)  # those whose bounding sphere it meets
        hits.append(_nearest_hit(eye, ray, corners[near], near))
    distances, triangles, weights = zip(*hits, strict=True)
    return np.array(distances), np.array(triangles), np.array(weights)


def _nearest_hit(
    eye: Float64[np.ndarray, " 3"],
    ray: Float64[np.ndarray, " 3"],
    corners: Float64[np.ndarray, "t 3 3"],
    names: Int64[np.ndarray, " t"],
) -> tuple[float, int, tuple[float, float, float]]:
    edge_1, edge_2, to_eye = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0], eye - corners[:, 0]
    p, q = np.cross(ray, edge_2), np.cross(to_eye, edge_1)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # triangles seen edge-on
        determinant = np.einsum("tx,tx->t", edge_1, p)
        u = np.einsum("tx,tx->t", to_eye, p) / determinant
        v = q @ ray / determinant
        distance = np.einsum("tx,tx->t", edge_2, q) / determinant
        inside = (u >= 0) & (v >= 0) & (u + v <= 1) & (distance > 1e-9)
    if not inside.any():
        return np.inf, -1, (0.0, 0.0, 0.0)
    nearest = int(np.argmin(np.where(inside, distance, np.inf)))
    return float(distance[nearest]), int(names[nearest]), (1 - u[nearest] - v[nearest], u[nearest], v[nearest])


def test_our_own_shapes_agree_on_999_of_1000_pixels(dataset: Path, tmp_path: Path, scenegen: Run) -> None:
    _hold(dataset, *exported(scenegen, dataset, tmp_path, []))


def test_real_furniture_agrees_on_999_of_1000_pixels(
    furnished_dataset: Path, furniture_catalog: str, tmp_path: Path, scenegen: Run
) -> None:
    scenegen("validate", furnished_dataset)
    options = ["--catalog", str(furniture_catalog)]
    _hold(furnished_dataset, *exported(scenegen, furnished_dataset, tmp_path, options))


def _hold(dataset: Path, scene: trimesh.Scene, beside: dict[str, Any]) -> None:
    corners, normals, ids = world_triangles(scene, np.linalg.inv(np.array(beside["gltf_from_world"])))
    rows = pq.read_table(next((dataset / "frames").rglob(f"unit-{SCENE:08d}-*.parquet"))).to_pylist()
    assert [camera["frame_id"] for camera in beside["cameras"]] == [row["frame_id"] for row in rows]
    agree = [
        _agreement(camera, row, corners, normals, ids) for camera, row in zip(beside["cameras"], rows, strict=True)
    ]
    assert np.mean(agree, axis=(0, 2)).min() >= 0.999, np.mean(agree, axis=(0, 2))


def _agreement(
    camera: dict[str, Any], row: dict[str, Any], corners: np.ndarray, normals: np.ndarray, ids: np.ndarray
) -> list[np.ndarray]:
    """Returns for each pixel of one frame whether depth, normal and id agree with the oracle."""
    truth = decode_exr(row["exr"])
    cam2world, k = np.array(camera["cam2world"]), np.array(camera["intrinsics"])
    v, u = np.indices(truth.z_depth_m.shape)
    pixels = np.stack([u + 0.5, v + 0.5, np.ones(u.shape)], axis=-1).reshape(-1, 3)
    rays_cam = pixels @ np.linalg.inv(k).T
    z_m, triangle, weights = nearest_hits(cam2world[:3, 3], rays_cam @ cam2world[:3, :3].T, corners)

    stored_z_m = truth.z_depth_m.ravel().astype(float)
    both_sky = np.isinf(z_m) & np.isinf(stored_z_m)
    with np.errstate(invalid="ignore"):
        depth = both_sky | (np.abs(stored_z_m - z_m) <= 1e-4 * z_m + 1e-4)
    normal_world = np.einsum("nc,ncx->nx", weights, normals[triangle])
    normal_cam = normal_world @ cam2world[:3, :3] * [1, -1, -1]
    normal_cam /= np.maximum(np.linalg.norm(normal_cam, axis=1, keepdims=True), 1e-12)
    cosine = (normal_cam * truth.normal_cam.reshape(-1, 3)).sum(-1)
    angle_deg = np.degrees(np.arccos(np.clip(np.abs(cosine), 0, 1)))  # which side is seen: the next line's matter
    toward_camera = -(rays_cam * [1, -1, -1])
    faces = (truth.normal_cam.reshape(-1, 3) * toward_camera).sum(-1) > -1e-5
    normal = both_sky | ((angle_deg <= 1.0) & faces)
    return [depth, normal, np.where(triangle >= 0, ids[triangle], 0) == truth.instance_id.ravel()]
