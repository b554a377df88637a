"""Referring targets: one to three expressions, each in a colour of its own on one background.

No object is meant twice in a prompt. Colours are drawn afresh for every sample, at least 64 apart in RGB, the
background's included; where a prompt doesn't say the background, it is black. Each pixel is read as the nearest of the
prompted colours and the background (arXiv:2604.20329).
"""

from collections.abc import Sequence

import numpy as np

from scenegen.encoders.codec import Codec
from scenegen.encoders.encoder import Encoder, Target, painted
from scenegen.encoders.legend import BLACK, Legend
from scenegen.encoders.masks import counted, legend_codec
from scenegen.encoders.palette import draw_colors
from scenegen.encoders.prompts import ParsedPrompt, ReferringRequest
from scenegen.encoders.referring.expressions import Expression, draw_disjoint
from scenegen.encoders.referring.scene import seen_of
from schemas.frame import GBuffer
from schemas.scene_plan import ScenePlan
from schemas.target_spec import TargetSpec
from schemas.triplet import LegendEntry

APART = 64
"""Between any two colours of a target."""

_CONVENTION = """\
**Referring** targets show what one to three expressions mean, such as "the lamp on the desk" or "both chairs", each in
the colour that the prompt gives it. All else has the background's colour, black where the prompt names none. An
expression may mean several objects; `legend` lists them by instance id."""


def _encode(rng: np.random.Generator, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target | None:
    most = int(rng.integers(1, spec.referring.most_expressions + 1))
    expressions = draw_disjoint(rng, seen_of(gbuffer, plan), most)
    if not expressions:
        return None
    legend = _legend(rng, expressions, gbuffer, spec.referring.background_share)
    return painted(rng, gbuffer, legend_codec(legend), ReferringRequest(legend), legend.entries)


def _legend(rng: np.random.Generator, expressions: Sequence[Expression], gbuffer: GBuffer, share: float) -> Legend:
    """Draws the colours; the background's is said in a share of the legends, and black in the others."""
    is_said, count = rng.random() < share, len(expressions)
    colors = draw_colors(rng, count + is_said, APART, taken=() if is_said else (BLACK,))
    entries = (
        LegendEntry(expression.text, rgb, expression.referents)
        for expression, rgb in zip(expressions, colors[:count], strict=True)
    )
    return Legend(counted(tuple(entries), gbuffer.instance_id), colors[count] if is_said else None)


def _codec_of(said: ParsedPrompt, legend: Sequence[LegendEntry]) -> Codec:
    """The prompt's legend names colours; the stored one, which says the same, objects too."""
    entries = tuple(legend) or (said.legend.entries if said.legend else ())
    return legend_codec(Legend(entries, said.background))


REFERRING = Encoder(
    "referring",
    convention=_CONVENTION,
    tag="image-segmentation",
    encode=_encode,
    codec_of=_codec_of,
    needs=("scene", "classes", "instances"),
)
