"""Flaws of views: which pictures have any, and how strong; drawn for each view from a stream of its own."""

from collections.abc import Iterable

import numpy as np

from scenegen.recipes.draws import drawn_within
from schemas.flaws import Flaws, FlawSpec
from schemas.scene_plan import View
from schemas.seeds import rng_for

_EACH = 0.5
"""Of the pictures that have flaws at all, how many have a certain one."""


def with_flaws(seed: int, views: Iterable[View], spec: FlawSpec) -> tuple[View, ...]:
    """Returns the views of a scene with their flaws; `seed` is the scene's."""
    return tuple(
        view.model_copy(update={"flaws": draw_flaws(rng_for(seed, "flaws", view.view_index), spec)}) for view in views
    )


def draw_flaws(rng: np.random.Generator, spec: FlawSpec) -> Flaws:
    """Returns the flaws of one picture: always as many numbers are drawn, whatever comes of them."""
    has_any = rng.random() < spec.share
    drawn = {name: (rng.random() < _EACH, drawn_within(rng, getattr(spec, name))) for name in _NAMES}
    if not has_any:
        return Flaws()
    strong = {name: strength for name, (comes, strength) in drawn.items() if comes}
    if "jpeg_quality" in strong:
        strong["jpeg_quality"] = round(strong["jpeg_quality"])
    return Flaws.model_validate(strong)


_NAMES = tuple(name for name in FlawSpec.model_fields if name != "share")
