"""Facts of the models: class, size, elevation, lights, licence and creator, from a library's properties.

Bulbs: `lightSourceX/Y/Z` are centimetres from the left, the front and the bottom of the box (checked against the meshes
of lamps that are not symmetric). Their colour also states the power there; here it is scaled to full brightness.
`dropOnTopElevation` is the height in centimetres above the model's bottom where it carries things, -1 for nowhere.
"""

import math
from collections.abc import Mapping

from assets_catalog.ingest.candidate import AddOptions, Facts
from assets_catalog.record import LightSource
from assets_catalog.sources.sweethome3d.library import Library
from assets_catalog.sources.sweethome3d.names import load_names
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import AssetError, one_line
from schemas.geometry import Vec3
from schemas.surface import Color

_SIZE_LIMITS_M = (1e-4, 100.0)


def facts_of(library: Library, model: str, options: AddOptions) -> Facts:
    """Returns what a library states of a model. Raises AssetError when it states nonsense, or what nobody can class."""
    properties = library.models[model]
    size_m = _size_m(model, properties)
    class_name = _class_name(model, properties["name"], size_m, options)
    return Facts(
        label=one_line(load_names().label_of(properties["name"], model, class_name)),
        class_name=class_name,
        license=library.license,
        creator=one_line(_creator(library, properties)),
        source=one_line(f"Sweet Home 3D furniture: {library.title} ({library.path.name})"),
        size_m=size_m,
        placement=load_names().placement.get(model),
        elevation_m=_length_m(model, properties, "elevation") if "elevation" in properties else None,
        support_height_m=_support_height_m(model, properties, size_m),
        lights=_lights(model, properties, size_m),
    )


def is_lamp(properties: Mapping[str, str]) -> bool:
    """Tells whether the library gives the model a bulb."""
    return "lightSourceX" in properties


def _class_name(model: str, name: str, size_m: Vec3, options: AddOptions) -> str:
    """Returns what the table says; for names that it lacks, as of other libraries, what their words say."""
    known = load_names().class_of(name, model, size_m[2])
    class_name = known or load_taxonomy().class_for_words(name) or options.class_name
    if class_name is None:
        raise AssetError(f"no class is known for the name '{name}'")
    return class_name


def _size_m(model: str, properties: Mapping[str, str]) -> Vec3:
    width, depth, height = (_length_m(model, properties, key) for key in ("width", "depth", "height"))
    if not all(_SIZE_LIMITS_M[0] <= side <= _SIZE_LIMITS_M[1] for side in (width, depth, height)):
        raise AssetError(f"{model} measures {width} x {depth} x {height} m")
    return width, depth, height


def _support_height_m(model: str, properties: Mapping[str, str], size_m: Vec3) -> float | None:
    """Returns where the model carries things; its top, where nothing is stated."""
    if "dropOnTopElevation" not in properties:
        return size_m[2]
    height_m = _length_m(model, properties, "dropOnTopElevation")
    return height_m if 0 < height_m <= size_m[2] + 1e-6 else None


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
