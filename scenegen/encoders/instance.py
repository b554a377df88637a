"""Instance targets: the objects of one class, each in a colour of its own, also where an occluder divides it.

The class is one in view, by its own name or an upper level's, and all its objects are painted. Colours are 32 or more
apart in RGB, the background's too, which is black where the prompt doesn't say it: the five steps of
`scenegen.encoders.masks.five_steps` tell colours 14 apart (arXiv:2604.20329). What they can't recover from the clean
target, what is tiny, thin or torn apart, is painted and marked `decodable: false`.

Colours are free, or have an order from left to right, by the mean x of an object's pixels: one that the prompt lists,
or FIXED_ORDER without what is near the background.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from jaxtyping import Int32

from scenegen.encoders.classes import Countable, countable_of, view_of
from scenegen.encoders.codec import Codec
from scenegen.encoders.encoder import Encoder, Target, painted
from scenegen.encoders.legend import BLACK, LegendEntry, Rgb
from scenegen.encoders.masks import counted, instance_codec, paint, recoverable
from scenegen.encoders.palette import NAMED_COLORS, draw_colors
from scenegen.encoders.prompts import InstanceRequest, ParsedPrompt
from schemas.frame import GBuffer
from schemas.scene_plan import ScenePlan
from schemas.target_spec import TargetSpec

_APART = 32
_LEAST_DECODABLE = 0.75
"""Share of a class's objects in a frame; a class with less is not asked for there."""
_MOST_ORDERED = 12
_LEAST_STEP = 0.02
"""Of the picture's width, between neighbours in an order from left to right."""
_LISTED_SHARE = 0.6
"""Of the prompts that ask for an order; the others leave it at FIXED_ORDER."""

_ORDER = (
    *("red", "lime", "blue", "yellow", "magenta", "cyan", "orange", "purple"),
    *("green", "white", "brown", "gray", "pink", "teal", "navy", "olive"),
)
FIXED_ORDER: tuple[Rgb, ...] = tuple(NAMED_COLORS[name] for name in _ORDER)
"""Colours from left to right where a prompt asks for a fixed order and lists none."""

_CONVENTION = f"""\
**Instance** targets paint each object of the one class that the prompt names in a colour of its own, also where
something hides its middle; all else has the background's colour: black, where the prompt gives none. Colours (32 or
more apart in RGB) are free, or go from left to right: as listed, or in a fixed order without what is near the
background: {", ".join(_ORDER)}. A model's output is read by the paper's five steps with τ = 14 (arXiv:2604.20329); an
object that these can't recover from the target as it is, being tiny, thin or torn apart, has `decodable: false`."""


def _draw(rng: np.random.Generator, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target | None:
    for asked in _by_preference(rng, countable_of(view_of(gbuffer, plan))):
        background = draw_colors(rng, 1, _APART)[0] if rng.random() < spec.instance.background_share else None
        noun = asked.nouns[int(rng.integers(len(asked.nouns)))]
        request = InstanceRequest(noun.singular, noun.plural, background)
        colors = draw_colors(rng, len(asked.name.members), _APART, taken=[_rgb(background)])
        entries = _entries(request, sorted(asked.name.instance_ids), colors, gbuffer.instance_id)
        if sum(entry.decodable for entry in entries) >= _LEAST_DECODABLE * len(entries):
            if rng.random() < spec.instance.left_to_right_share and _goes_left_to_right(entries, gbuffer.instance_id):
                request, entries = _in_order(rng, request, entries, gbuffer.instance_id)
            codec = instance_codec(entries, _rgb(background))
            return painted(rng, gbuffer, codec, request, counted(entries, gbuffer.instance_id))
    return None


def _by_preference(rng: np.random.Generator, classes: Sequence[Countable]) -> Iterator[Countable]:
    """Yields each class once, the weightier mostly earlier; those without any weight never."""
    weights = np.array([each.weight for each in classes])
    while weights.any():
        drawn = int(rng.choice(len(classes), p=weights / weights.sum()))
        weights[drawn] = 0.0
        yield classes[drawn]


def _entries(
    request: InstanceRequest, ids: Sequence[int], colors: Sequence[Rgb], instance_id: Int32[np.ndarray, "h w"]
) -> list[LegendEntry]:
    """Returns the objects in their colours; the five steps recover the same ones in whatever colours, if far apart."""
    background, color_of = _rgb(request.background), dict(zip(ids, colors, strict=True))
    decodable = recoverable(paint(instance_id, color_of, background), background, instance_id, ids)
    return [
        LegendEntry(request.singular, color, (each,), decodable=each in decodable) for each, color in color_of.items()
    ]


def _in_order(
    rng: np.random.Generator,
    request: InstanceRequest,
    entries: Sequence[LegendEntry],
    instance_id: Int32[np.ndarray, "h w"],
) -> tuple[InstanceRequest, list[LegendEntry]]:
    """Returns the objects from left to right, their colours listed or in the fixed order.

    Where no background is said the order is listed, so that there is more than one picture for such a prompt.
    """
    middle = _middles(entries, instance_id)
    colors: Sequence[Rgb] = [entry.rgb for entry in entries]
    is_listed = request.background is None or rng.random() < _LISTED_SHARE
    if not is_listed:
        colors = [color for color in FIXED_ORDER if math.dist(color, _rgb(request.background)) >= _APART]
    request = replace(request, ordered=True, colors=tuple(colors) if is_listed else ())
    in_order = sorted(entries, key=lambda entry: middle[entry.instance_ids[0]])
    return request, [replace(entry, rgb=color) for entry, color in zip(in_order, colors, strict=False)]


def _goes_left_to_right(entries: Sequence[LegendEntry], instance_id: Int32[np.ndarray, "h w"]) -> bool:
    """Tells whether a person can name the objects from left to right: all can be seen, and none is above another."""
    if not 2 <= len(entries) <= _MOST_ORDERED or not all(entry.decodable for entry in entries):
        return False
    middles = sorted(_middles(entries, instance_id).values())
    return all(right - left >= _LEAST_STEP for left, right in pairwise(middles))


def _middles(entries: Sequence[LegendEntry], instance_id: Int32[np.ndarray, "h w"]) -> dict[int, float]:
    """Returns the mean x of each object's pixels, as a share of the picture's width."""
    height_px, width_px = instance_id.shape
    pixels = np.bincount(instance_id.ravel())
    sums = np.bincount(instance_id.ravel(), np.tile((np.arange(width_px) + 0.5) / width_px, height_px))
    return {each: float(sums[each] / pixels[each]) for entry in entries for each in entry.instance_ids}


def _rgb(background: Rgb | None) -> Rgb:
    return BLACK if background is None else background


def _codec_of(said: ParsedPrompt, legend: Sequence[LegendEntry]) -> Codec:
    return instance_codec(legend, said.background_rgb)


INSTANCE = Encoder(
    "instance",
    convention=_CONVENTION,
    tag="image-segmentation",
    encode=_draw,
    codec_of=_codec_of,
    needs=("classes", "instances"),
)
