"""What builtin states of its shapes: each is a candidate for a catalog, drawn again when it is loaded."""

from functools import partial
from pathlib import Path

from assets_catalog.ingest.candidate import Candidate, Facts, LoadedModel
from assets_catalog.ingest.sane_normals import with_sane_normals
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.builtin.families import FAMILIES, Family
from assets_catalog.sources.builtin.shapes.shape import FinishedShape

WALL_CENTER_M = 1.55
"""Height at which the middle of a picture, a mirror or a clock hangs."""


def candidate_of_record(record: AssetRecord) -> Candidate:
    """Returns a variant as a candidate; what is stated of it is taken from its record, nothing is drawn."""
    facts = Facts(
        label=record.label,
        class_name=record.class_name,
        license=record.license,
        creator=record.creator,
        source=record.source,
        meters_per_unit=1.0,
        placement=record.placement,
        elevation_m=record.elevation_m,
        supports=record.supports,
        lights=record.lights,
    )
    return _candidate(record.asset_id, facts)


def candidate_of_shape(asset_id: str, family: Family, shape: FinishedShape) -> Candidate:
    """Returns a variant that was drawn as a candidate."""
    facts = Facts(
        label=family.label or family.class_name.replace("_", " "),
        class_name=family.class_name,
        license="CC0-1.0",
        creator="scenegen",
        source="scenegen, drawn by assets_catalog.sources.builtin",
        meters_per_unit=1.0,
        placement=family.placement,
        elevation_m=round(WALL_CENTER_M - 0.5 * shape.size_m[2], 6) if family.at_eye_height else None,
        supports=shape.supports,
        lights=shape.lights,
    )
    return _candidate(asset_id, facts)


def load_mesh(asset_id: str) -> AssetMesh:
    """Returns the mesh of a variant, given as 'builtin/<family>-<number>', as a catalog would give it."""
    return with_sane_normals(_drawn(asset_id))


def _drawn(asset_id: str) -> AssetMesh:
    name, _, number = asset_id.removeprefix("builtin/").rpartition("-")
    return FAMILIES[name].drawn(int(number)).mesh


def _candidate(asset_id: str, facts: Facts) -> Candidate:
    return Candidate(asset_id, "model", (), Path(__file__).parent, facts, partial(_load, asset_id))


def _load(asset_id: str) -> LoadedModel:
    return LoadedModel(_drawn(asset_id), 1.0)
