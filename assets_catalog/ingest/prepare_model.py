"""Models: checked, cleaned, fitted to metres, measured; then written as the GLB that the catalog keeps."""

import hashlib
from dataclasses import dataclass
from typing import Any

from assets_catalog.glb import write_glb
from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, Loaded, LoadedModel, Prepared
from assets_catalog.ingest.checks import check_mesh
from assets_catalog.ingest.cleaning import cleaned, extents
from assets_catalog.ingest.decimation import decimated
from assets_catalog.ingest.doubles import without_doubles
from assets_catalog.ingest.fitting import fitted, size_m
from assets_catalog.ingest.looks import has_glass, has_holes, main_color, main_substance, part_looks
from assets_catalog.ingest.model_textures import decoded_textures
from assets_catalog.ingest.origin import origin_of
from assets_catalog.ingest.placing import elevation_m, placement_of
from assets_catalog.ingest.sane_normals import with_sane_normals
from assets_catalog.ingest.sizes import metres_per_unit
from assets_catalog.ingest.supports import measured_supports
from assets_catalog.likeness import signature
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, ScaleOrigin, SupportSurface
from assets_catalog.taxonomy import AssetClass, load_taxonomy
from schemas.errors import AssetError, did_you_mean, one_line


@dataclass(frozen=True)
class _Fitted:
    """A model in metres."""

    mesh: AssetMesh
    scale: ScaleOrigin
    glb: bytes


def prepare_model(candidate: Candidate, loaded: Loaded, options: AddOptions) -> Prepared:
    """Returns the record and the GLB of a model. Raises AssetError where it can't be used."""
    if not isinstance(loaded, LoadedModel):
        raise AssetError(f"is listed as a model, and holds a {type(loaded).__name__}")
    origin, asset_class = origin_of(candidate, options), _asset_class(candidate.facts, options)
    model = _fitted(loaded, candidate.facts, options, asset_class)
    record = _record(candidate.facts, origin, asset_class, model)
    return Prepared(entry=record, objects={f"{record.sha256}.glb": model.glb})


def _asset_class(facts: Facts, options: AddOptions) -> AssetClass:
    name = facts.class_name or options.class_name
    if name is None:
        raise AssetError("is of no class that its source, its sidecar or its name states")
    classes = load_taxonomy().classes
    if name not in classes:
        raise AssetError(f"is of class '{name}', which the taxonomy lacks{did_you_mean(name, classes)}")
    return classes[name]


def _fitted(loaded: LoadedModel, facts: Facts, options: AddOptions, asset_class: AssetClass) -> _Fitted:
    check_mesh(loaded.mesh, options.max_triangles)
    mesh = without_doubles(cleaned(loaded.mesh))
    fewer = decimated(mesh, options.max_triangles)
    mesh = mesh if fewer is mesh else cleaned(fewer)
    scale, origin = metres_per_unit(extents(mesh), facts, loaded.meters_per_unit, asset_class)
    mesh = with_sane_normals(cleaned(fitted(mesh, scale)))
    return _Fitted(mesh, origin, write_glb(mesh))


def _record(facts: Facts, origin: dict[str, Any], asset_class: AssetClass, model: _Fitted) -> AssetRecord:
    size = size_m(model.mesh)
    textures = decoded_textures(model.mesh)
    looks = part_looks(model.mesh, textures)
    placement = placement_of(facts, size, asset_class)
    return AssetRecord(
        **origin,
        label=(one_line(facts.label or "") or asset_class.name.replace("_", " ")).lower(),
        sha256=hashlib.sha256(model.glb).hexdigest(),
        signature=signature(model.mesh),
        class_name=asset_class.name,
        size_m=size,
        scale=model.scale,
        placement=placement,
        elevation_m=elevation_m(facts, placement, asset_class),
        supports=_supports(model.mesh, facts, asset_class),
        lights=facts.lights,
        parts=looks,
        color_name=main_color(looks),
        substance=main_substance(looks),
        triangles=sum(len(part.triangles) for part in model.mesh.parts),
        has_glass=has_glass(looks),
        has_holes=has_holes(textures),
    )


def _supports(mesh: AssetMesh, facts: Facts, asset_class: AssetClass) -> tuple[SupportSurface, ...]:
    if facts.supports is not None:
        return facts.supports
    return measured_supports(mesh, facts.support_height_m) if asset_class.carries else ()
