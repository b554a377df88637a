"""Records of the models: class, size, placement, supports, lights, licence and creator, from a library's properties.

Bulbs: `lightSourceX/Y/Z` are centimetres from the left, the front and the bottom of the box (checked against the meshes
of lamps that are not symmetric). Their colour also states the power there; here it is scaled to full brightness.
"""

import hashlib
import math
import re
import zipfile
from collections.abc import Iterator, Mapping

from assets_catalog.record import AssetRecord, LightSource, Placement
from assets_catalog.sources.sweethome3d.library import Library, member_path
from assets_catalog.sources.sweethome3d.supports import supports
from assets_catalog.taxonomy import AssetClass, ModelNames, Taxonomy
from schemas.errors import AssetError
from schemas.geometry import Vec3
from schemas.model import canonical_json
from schemas.scene_plan import Color

SOURCE = "sweethome3d"
_SIZE_LIMITS_M = (1e-4, 20.0)


def library_records(library: Library, sha256: str, taxonomy: Taxonomy) -> Iterator[tuple[str, AssetRecord]]:
    """Yields (id of the model, record) for each model of a library that has a class and can be used."""
    names = taxonomy.sources[SOURCE]
    with zipfile.ZipFile(library.path) as archive:
        for model in library.models:
            try:
                record = _record(library, archive, model, names, taxonomy)
            except AssetError:
                continue
            if record is not None:
                yield model, record.model_copy(update={"sha256": _digest(record, sha256)})


def asset_id(model: str) -> str:
    """Returns e.g. 'sweethome3d/Scopia.bed1' for the model 'Scopia#bed1'."""
    return f"{SOURCE}/" + re.sub(r"[^A-Za-z0-9_.-]+", "-", model.replace("#", "."))


def size_m(model: str, properties: Mapping[str, str]) -> Vec3:
    """Returns width, depth and height of the box. Raises AssetError unless they are sane lengths."""
    width, depth, height = (_length_m(model, properties, key) for key in ("width", "depth", "height"))
    if not all(_SIZE_LIMITS_M[0] <= side <= _SIZE_LIMITS_M[1] for side in (width, depth, height)):
        raise AssetError(f"{model} measures {width} x {depth} x {height} m")
    return width, depth, height


def is_lamp(properties: Mapping[str, str]) -> bool:
    """Tells whether the catalog gives the model a bulb."""
    return "lightSourceX" in properties


def _record(
    library: Library, archive: zipfile.ZipFile, model: str, names: ModelNames, taxonomy: Taxonomy
) -> AssetRecord | None:
    properties = library.models[model]
    size = size_m(model, properties)
    class_name = names.class_of(properties["name"], model, size[2])
    if class_name is None:
        return None
    member = member_path("", properties["model"])
    if member not in archive.NameToInfo:
        return None
    asset_class = taxonomy.classes[class_name]
    elevation_m = max(_length_m(model, properties, "elevation"), 0.0) if "elevation" in properties else 0.0
    placement = names.placement.get(model) or placement_of(asset_class, size, elevation_m)
    return AssetRecord(
        asset_id=asset_id(model),
        label=_label(properties["name"], model, class_name, names),
        class_name=class_name,
        size_m=size,
        placement=placement,
        elevation_m=(elevation_m or asset_class.elevation_m) if placement == "wall" else 0.0,
        supports=supports(model, archive.NameToInfo[member].CRC, properties, size, asset_class),
        lights=_lights(model, properties, size),
        license=library.license,
        creator=_creator(library, properties),
        source=f"Sweet Home 3D furniture: {library.title} ({library.path.name})",
        sha256="",
    )


def placement_of(asset_class: AssetClass, size: Vec3, elevation_m: float) -> Placement:
    """Returns where a model belongs: its class's place, but for things the catalog hangs up and things too large."""
    placement = asset_class.placement
    if placement in ("floor", "surface") and elevation_m >= 0.05:
        return "wall"
    too_large = size[2] > asset_class.on_surface_up_to_m or max(size[:2]) > asset_class.on_surface_wide_m
    return "floor" if placement == "surface" and too_large else placement


def _label(name: str, model: str, class_name: str, names: ModelNames) -> str:
    if model in names.by_model or name in names.by_height:
        return class_name.replace("_", " ")
    return names.labels.get(name, name.lower())


def _lights(model: str, properties: Mapping[str, str], size: Vec3) -> tuple[LightSource, ...]:
    """Returns the bulbs; none where one lies outside of the box, as around lanterns whose paper is opaque."""
    if not is_lamp(properties):
        return ()
    rows = [properties.get(f"lightSource{key}", "").split() for key in ("X", "Y", "Z", "Color")]
    diameters = properties.get("lightSourceDiameter", "").split() or ["6"] * len(rows[0])
    try:
        lights = [
            LightSource(
                position_m=(_cm(x) - size[0] / 2, _cm(y) - size[1] / 2, _cm(z)),
                color=_full_color(color),
                diameter_m=_cm(diameter),
            )
            for x, y, z, color, diameter in zip(*rows, diameters, strict=True)
        ]
    except ValueError as error:
        raise AssetError(f"{model} has a broken light source: {error}") from error
    inside = all(
        abs(light.position_m[0]) <= size[0] / 2
        and abs(light.position_m[1]) <= size[1] / 2
        and 0 <= light.position_m[2] <= size[2]
        for light in lights
    )
    return tuple(lights) if inside else ()


def _full_color(text: str) -> Color:
    """Returns '#443D2C' as sRGB whose largest channel is 1."""
    red, green, blue = bytes.fromhex(text.lstrip("#"))
    brightest = max(red, green, blue, 1)
    return red / brightest, green / brightest, blue / brightest


def _creator(library: Library, properties: Mapping[str, str]) -> str:
    creator = properties.get("creator", library.properties.get("provider", "unknown"))
    return f"{creator} (© {library.holder})" if library.holder else creator


def _length_m(model: str, properties: Mapping[str, str], key: str) -> float:
    try:
        return _cm(properties[key])
    except (KeyError, ValueError) as error:
        raise AssetError(f"{model} has no sane {key}: {properties.get(key)!r}") from error


def _cm(text: str) -> float:
    """Returns centimetres as metres, free of the dust of the division. Raises ValueError."""
    length = float(text)
    if not math.isfinite(length):
        raise ValueError(f"{text} is not finite")
    return round(length / 100, 6)


def _digest(record: AssetRecord, library_sha256: str) -> str:
    canonical = canonical_json(record.model_dump(mode="json"))
    return hashlib.sha256(f"{library_sha256}/{canonical}".encode()).hexdigest()
