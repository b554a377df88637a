"""Boxes and texture sets made by hand, as an ingest would yield them."""

import hashlib
from typing import Any

from assets_catalog.glb import write_glb
from assets_catalog.ingest.candidate import Prepared
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, TextureRecord
from tests.assets_catalog.meshes import box_part


def make_box(name: str, size_m: tuple[float, float, float] = (1.0, 1.0, 1.0), **changes: Any) -> Prepared:
    """Returns a box, with changes to its record."""
    width_m, depth_m, height_m = size_m
    glb = write_glb(AssetMesh((box_part((-width_m / 2, -depth_m / 2, 0.0), (width_m / 2, depth_m / 2, height_m)),)))
    sha256 = hashlib.sha256(glb).hexdigest()
    fields: dict[str, Any] = {
        "asset_id": f"shop/{name}",
        "label": name,
        "class_name": "box",
        "size_m": size_m,
        "placement": "surface",
        "triangles": 12,
        "license": "CC0-1.0",
        "creator": "Ann",
        "source": "Shop 1.0",
        "sha256": sha256,
    }
    return Prepared(AssetRecord(**(fields | changes)), {f"{sha256}.glb": glb})


def make_texture(name: str, pictures: dict[str, bytes]) -> Prepared:
    """Returns a set of maps, all 8 pixels wide."""
    names = {role: f"{hashlib.sha256(data).hexdigest()}.png" for role, data in pictures.items()}
    lines = "\n".join(sorted(f"{role} {object_name}" for role, object_name in names.items()))
    record = TextureRecord(
        asset_id=f"walls/{name}",
        label=name,
        substance="brick",
        color_name="red",
        color=(0.6, 0.2, 0.1),
        maps=names,
        size_m=(1.0, 1.0),
        width_px=8,
        height_px=8,
        license="CC0-1.0",
        creator="Ann",
        source="Walls 2",
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
    )
    return Prepared(record, {names[role]: data for role, data in pictures.items()})
