"""Semantic targets: each pixel has the colour of its class, by a legend that is drawn afresh for every sample.

A legend lists some of the classes in view, at any level of the taxonomy: 'chair', 'seat' or 'furniture'. An entry means
all objects in view that are called so, and no object is of two entries. Some legends list classes that are not to be
seen at all. Colours are 64 or more apart in RGB, the background's too, which is black where the prompt doesn't say it
(arXiv:2604.20329).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scenegen.encoders.classes import ClassName, Noun, View, draw_absent, names_of, nouns_of, view_of
from scenegen.encoders.classes.labels import is_group_label
from scenegen.encoders.codec import Codec
from scenegen.encoders.encoder import Encoder, Target, painted
from scenegen.encoders.legend import BLACK, Legend, LegendEntry
from scenegen.encoders.masks import counted, legend_codec
from scenegen.encoders.palette import draw_colors
from scenegen.encoders.prompts import ParsedPrompt, SemanticRequest
from schemas.frame import GBuffer
from schemas.scene_plan import ScenePlan
from schemas.target_spec import SemanticTargetSpec, TargetSpec

_APART = 64
_MOST_ABSENT = 3
_OWN_LEVEL_WEIGHT = 3.0
"""Of a class's own name, against 1 for each upper level."""
_SINGULAR_SHARE, _PLURAL_SHARE = 0.4, 0.35
"""Of the legends; the others have the plural for what is several."""
_SEVERAL_ABSENT_SHARE = 0.25
"""Of the absent classes in those others: how often one writes the plural, not knowing."""

_CONVENTION = """\
**Semantic** targets paint each listed class in its colour of the legend, and all other pixels in the background's:
black, where the prompt gives none. Legend and colours (64 or more apart in RGB) are new in every sample; classes stand
at several levels ("chair", "seat", "furniture"), and some that are not to be seen are listed too. A model's output is
read by the nearest of the prompted colours (arXiv:2604.20329)."""


@dataclass(frozen=True)
class _Listed:
    """What an entry says before it has a colour."""

    label: str
    instance_ids: frozenset[int] = frozenset()


def _draw(rng: np.random.Generator, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target | None:
    listed = _draw_listed(rng, view_of(gbuffer, plan), spec.semantic)
    if not listed:
        return None
    legend = _colored(rng, listed, spec.semantic.background_share)
    codec = legend_codec(legend)
    return painted(rng, gbuffer, codec, SemanticRequest(legend), counted(legend.entries, gbuffer.instance_id))


def _draw_listed(rng: np.random.Generator, view: View, spec: SemanticTargetSpec) -> list[_Listed]:
    """Returns what a legend lists, in its order; nothing where there is no class to be seen."""
    absent_count = int(rng.integers(1, _MOST_ABSENT + 1)) * int(rng.random() < spec.absent_share)
    absent_count = min(absent_count, spec.most_classes - 1)
    names = _draw_names(rng, view, spec.most_classes - absent_count)
    if not names:
        return []
    number = _draw_number(rng)
    listed = [_Listed(_label_of(rng, name, number), name.instance_ids) for name in names]
    for levels in draw_absent(rng, view, names, absent_count):
        count = 1 + int(rng.random() < _SEVERAL_ABSENT_SHARE)
        listed.append(_Listed(_draw_noun(rng, nouns_of(levels[0])).in_legend(number(count))))
    return [listed[row] for row in rng.permutation(len(listed)).tolist()]


def _draw_names(rng: np.random.Generator, view: View, most: int) -> list[ClassName]:
    """Returns names of one to `most` classes in view, or of all; no object has two of them, and none is in doubt.

    Where all are in doubt, one is taken by itself.
    """
    seen = [name for name in names_of(view) if name.pixels >= view.least_px]
    clear = [name for name in seen if name.is_clear] or seen
    classes = sorted(frozenset().union(*(name.classes for name in clear)))
    if not classes or not seen:
        return []
    wanted = 1 + int(rng.integers(min(most, len(classes)))) if clear[0].is_clear else 1
    found: list[ClassName] = []
    for class_words in rng.permutation(classes).tolist():
        options = [name for name in clear if class_words in name.classes and not any(map(name.meets, found))]
        if options and len(found) < wanted:
            found.append(options[_draw_level(rng, options, class_words)])
    return found


def _draw_level(rng: np.random.Generator, options: Sequence[ClassName], class_words: str) -> int:
    weights = np.array([_OWN_LEVEL_WEIGHT if name.level == class_words else 1.0 for name in options])
    return int(rng.choice(len(options), p=weights / weights.sum()))


def _draw_number(rng: np.random.Generator) -> Callable[[int], bool]:
    """Returns when a legend says the plural: people mostly write one or the other throughout."""
    drawn = float(rng.random())
    if drawn < _SINGULAR_SHARE:
        return lambda count: False
    if drawn < _SINGULAR_SHARE + _PLURAL_SHARE:
        return lambda count: True
    return lambda count: count > 1


def _label_of(rng: np.random.Generator, name: ClassName, number: Callable[[int], bool]) -> str:
    """Returns what a legend calls a class in view: not 'book' for a stack of books, which are 'books'."""
    noun = _draw_noun(rng, name.nouns)
    holds_several = name.is_of_groups and not is_group_label(noun.singular)
    return noun.in_legend(holds_several or number(len(name.members)))


def _draw_noun(rng: np.random.Generator, nouns: Sequence[Noun]) -> Noun:
    return nouns[int(rng.integers(len(nouns)))]


def _colored(rng: np.random.Generator, listed: Sequence[_Listed], background_share: float) -> Legend:
    """Returns the legend; no colour is near the background's, which is black if unsaid."""
    background = draw_colors(rng, 1, _APART)[0] if rng.random() < background_share else None
    colors = draw_colors(rng, len(listed), _APART, taken=[BLACK if background is None else background])
    entries = (
        LegendEntry(each.label, color, tuple(sorted(each.instance_ids)))
        for each, color in zip(listed, colors, strict=True)
    )
    return Legend(tuple(entries), background)


def _codec_of(said: ParsedPrompt, legend: Sequence[LegendEntry]) -> Codec:
    entries = tuple(legend) if legend or said.legend is None else said.legend.entries
    return legend_codec(Legend(entries, said.background))


SEMANTIC = Encoder(
    "semantic",
    convention=_CONVENTION,
    tag="image-segmentation",
    encode=_draw,
    codec_of=_codec_of,
    needs=("classes",),
)
