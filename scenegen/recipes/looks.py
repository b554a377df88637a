"""Looks: what a plan's objects look like, in words, so that language needs the plan and nothing else.

An asset looks as its record says, with the colours that the plan gives to its parts; a shape of ours, as its finish
does. A colour counts by the share of its shades that have its name: a little light and shadow, or those of the finish
(`scenegen.blender.finishes`), each as it is and stronger, as it looks beside greyer ones. So a bluish grey is neither
grey nor blue for sure. A texture set tells its mean colour alone, which half of it is said to have: enough to tell what
it isn't, not what it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from jaxtyping import Float64

from assets_catalog.catalog import Catalog
from assets_catalog.colors import LUMINANCE, color_name, color_names, display, linear
from assets_catalog.record import AssetRecord, Substance, TextureRecord
from schemas.scene_plan import Look, PlannedObject, ScenePlan
from schemas.surface import Color, Finish, Recolor, Surface

_TEXTURE_SHARE = 0.5
_STRENGTHS = (1.0, 1.5)
_PLAIN = (1.0, 0.85, 1.08)
_SHADES: Mapping[Finish, tuple[float, ...]] = {
    "planks": (1.0, 0.55, 0.7, 0.85, 1.1, 1.25),
    "tiles": (1.0, 0.8, 0.9, 1.1),
    "brick": (1.0, 0.6, 0.75, 0.9, 1.2),
    "concrete": (1.0, 0.8, 0.9, 1.15),
    "stone": (1.0, 0.75, 0.9, 1.2),
    "rug": (0.93, 0.33),
    "carpet": (1.0, 0.65, 0.8, 1.1),
    "fabric": (1.0, 0.75, 0.9, 1.1),
    "leather": (1.0, 0.75, 0.9, 1.15),
    "wood": (1.0, 0.65, 0.8, 0.9, 1.08),
    "bark": (1.0, 0.25, 0.5, 0.75, 1.2),
    "asphalt": (1.0, 0.7, 0.85, 1.3),
    "ground": (1.0, 0.45, 0.65, 0.8, 1.3),
    "grass": (1.0, 0.4, 0.6, 0.8, 1.3),
    "foliage": (1.0, 0.25, 0.45, 0.7, 1.3),
}
"""Finish -> what its colour's light is multiplied by, equally often; others are plain."""
_COLORLESS: frozenset[Finish] = frozenset({"metal", "mirror", "glass", "water", "canvas"})
"""Finishes that show what is around them or behind, and paintings."""
_TRIMMED: frozenset[Finish] = frozenset({"planks", "tiles", "brick", "stone", "paper", "paint", "wood", "ceramic"})
"""Finishes whose second colour is that of joints, tape or worn edges; others have it on half of them."""
_STRAW: Color = (0.56, 0.53, 0.32)
"""Of dry grass, where the plan names no second colour."""
_CREAM: Color = (0.86, 0.83, 0.76)
_CREAM_SHARE = 0.55
"""Of a rug's pale bands, which are as broad as the others."""
_WORN = 0.5
"""Of what is worn as can be, that has another colour."""
_SUBSTANCES: Mapping[Finish, Substance] = {
    "paint": "unknown",
    "canvas": "unknown",
    "ground": "unknown",
    "wallpaper": "paper",
    "tiles": "tile",
    "planks": "wood",
    "rug": "carpet",
}
"""Finish -> what it shows, where that has another name. Paint hides what is below, ground may be a hedge."""


def with_looks(plan: ScenePlan, catalog: Catalog) -> ScenePlan:
    """Returns the plan with the look of every object; the catalog has all assets and textures that it names."""
    objects = tuple(planned.model_copy(update={"look": _look_of(planned, catalog)}) for planned in plan.objects)
    return plan.model_copy(update={"objects": objects})


def _look_of(planned: PlannedObject, catalog: Catalog) -> Look | None:
    if planned.asset_id is not None:
        return look_of_asset(catalog.records[planned.asset_id], planned.recolored)
    if planned.surface is None:
        return None
    texture = planned.surface.texture
    return look_of_texture(catalog.textures[texture]) if texture else look_of_surface(planned.surface)


def look_of_asset(record: AssetRecord, recolored: Iterable[Recolor] = ()) -> Look:
    """Returns the look of a model, with shares over its parts, some of which may have another colour."""
    colors = [(part.color_name, part.color) for part in record.parts]
    for each in recolored:
        colors[each.part] = color_name(each.color), each.color
    areas, sure = {record.color_name: 0.0}, {record.color_name: 0.0}
    for part, (name, color) in zip(record.parts, colors, strict=True):
        areas[name] = areas.get(name, 0.0) + part.area_share
        sure[name] = sure.get(name, 0.0) + part.area_share * _names("paint", color, None).get(name, 0.0)
    main = max(areas, key=lambda name: areas[name])
    made = sum((part.area_share for part in record.parts if part.substance == record.substance), 0.0)
    return Look(
        color_name=main,
        color_share=_share(sure[main]),
        substance=record.substance,
        substance_share=_share(made),
        size_m=record.size_m,
    )


def look_of_texture(record: TextureRecord) -> Look:
    """Returns the look of a surface in a texture set."""
    is_known = record.substance != "unknown"
    return Look(
        color_name=record.color_name,
        color_share=_TEXTURE_SHARE,
        substance=record.substance,
        substance_share=float(is_known),
    )


def look_of_surface(surface: Surface) -> Look:
    """Returns the look of a shape's finish."""
    names = _names(surface.finish, surface.color, surface.second_color)
    main = max(names, key=lambda name: names[name], default="")
    substance = _SUBSTANCES.get(surface.finish, surface.finish)
    return Look(
        color_name=main,
        color_share=_share(names.get(main, 0.0) * (1 - _WORN * surface.wear)),
        substance=substance,
        substance_share=float(substance != "unknown"),
    )


@lru_cache(maxsize=8192)
def _names(finish: Finish, color: Color, second: Color | None) -> Mapping[str, float]:
    """Returns what the shades of a finish are called, and the share of each name; none of what has no colour."""
    if finish in _COLORLESS:
        return {}
    names = Counter(color_names(_shades(finish, color, second)))
    return {name: count / names.total() for name, count in names.items()}


def _shades(finish: Finish, color: Color, second: Color | None) -> Float64[np.ndarray, "n 3"]:
    """Returns the colours of a finish, each as broad as any other; the plain one first."""
    bands = [linear(np.array(color))]
    if finish == "rug":
        bands.append((1 - _CREAM_SHARE) * bands[0] + _CREAM_SHARE * linear(np.array(second or _CREAM)))
    elif finish == "grass":
        bands.append(linear(np.array(second or _STRAW)))
    elif second is not None and finish not in _TRIMMED:
        bands.append(linear(np.array(second)))
    factors = np.array(_SHADES.get(finish, _PLAIN))
    lights = (factors[:, None, None] * np.array(bands)).reshape(-1, 3)
    greys = (lights @ np.array(LUMINANCE))[:, None]
    return display(np.clip(np.concatenate([greys + k * (lights - greys) for k in _STRENGTHS]), 0.0, 1.0))


def _share(value: float) -> float:
    """Returns a share to four digits. A record's are rounded, so their sum may be a little more than all."""
    return min(round(value, 4), 1.0)
