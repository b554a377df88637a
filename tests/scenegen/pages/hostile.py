"""Rows whose names, prompts and labels would run as code, or become elements, on a page that took them for HTML."""

from dataclasses import replace

import numpy as np

from scenegen.dataset.png import encode_png
from scenegen.encoders.legend import Legend, LegendEntry
from scenegen.encoders.masks.codecs import legend_codec
from scenegen.encoders.prompts import SemanticRequest, draw_prompt
from schemas.frame import GBuffer
from schemas.triplet import Triplet

HOSTILE = "</script><script>window.stolen=1;alert(1)</script><img src=x onerror=alert(2)><b class=hostile>"


def hostile_triplets(row: Triplet, gbuffer: GBuffer) -> tuple[Triplet, ...]:
    """Returns a semantic triplet of a frame whose every text is hostile."""
    shown = tuple(int(number) for number in np.unique(gbuffer.instance_id) if number)
    legend = Legend((LegendEntry(HOSTILE, (250, 20, 30), shown, 1),), None)
    prompt = draw_prompt(np.random.default_rng(0), SemanticRequest(legend))
    png = encode_png(legend_codec(legend).encode(gbuffer))
    named = replace(row, frame_id=HOSTILE, scene_id=HOSTILE, recipe=HOSTILE, split=HOSTILE, task="semantic")
    return (replace(named, edit_prompt=prompt, target_png=png, legend=legend.entries),)
