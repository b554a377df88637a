"""Checks of a stored target: what its prompt says, read back from the text, what its row says, and every pixel of it.

The prompt alone must do: it is parsed, and the target read by it. Against the exact buffers a target is held by its
codec: `excess` is its error in units of what rounding to 8 bits allows at that pixel, so 1 is the most that is right;
a mask is right to the pixel or wrong. Then the sample is drawn again from its seed: prompt, legend and colours must
come out the same, which also proves that a legend names all it should.
"""

from collections import Counter

import numpy as np
from jaxtyping import UInt8

from scenegen.dataset.checks.differences import differing
from scenegen.dataset.checks.findings import Off, off
from scenegen.dataset.triplets import target_of
from scenegen.encoders import ENCODERS
from scenegen.encoders.codec import Codec
from scenegen.encoders.prompts import ParsedPrompt, parse_prompt
from schemas.errors import DatasetError
from schemas.frame import GBuffer
from schemas.sample import Sample
from schemas.scene_plan import ScenePlan
from schemas.target_spec import TargetSpec
from schemas.triplet import Triplet

Findings = tuple[list[str], float | None]
"""What is off, and how close the target came to its bound; nothing where there is no truth to hold it against."""


def said_faults(triplet: Triplet) -> tuple[list[str], Codec | None]:
    """Returns what is off between a prompt and its row, and how the target is read; nothing where none can tell."""
    try:
        said = parse_prompt(triplet.edit_prompt)
    except DatasetError as error:
        return [f"edit_prompt: {error}"], None
    if said.task != triplet.task or said.task not in ENCODERS:
        return [f"edit_prompt asks for {said.task}"], None
    codec = ENCODERS[said.task].codec_of(said, triplet.legend)
    row = differing(triplet, {"codec": codec.name, "codec_params": codec.params})
    return [*row, *_legend_faults(said, triplet)], codec


def held_against_frame(rgb: UInt8[np.ndarray, "h w 3"], codec: Codec | None, gbuffer: GBuffer) -> Findings:
    """Returns a line where the target leaves its bound, and the worst excess."""
    if rgb.shape[:2] != gbuffer.z_depth_m.shape:
        return ["edited_image is not of the EXR's size"], None
    if codec is None:
        return [], None
    excess = codec.excess(rgb, gbuffer)
    worst = float(excess.max())
    if worst <= 1:
        return [], worst
    y, x = np.unravel_index(int(excess.argmax()), excess.shape)
    true, decoded = codec.truth(gbuffer)[y, x], codec.decode(rgb)[y, x]
    figures = f"{codec.spoken(decoded)} decoded at pixel ({x}, {y}), {codec.spoken(true)} true"
    return [f"edited_image: {figures}: {worst:.3g} times the bound; {int((excess > 1).sum())} pixels leave it"], worst


def drawn_again_faults(  # noqa: PLR0913, PLR0917 - a row, and the four things that it was drawn from
    triplet: Triplet,
    rgb: UInt8[np.ndarray, "h w 3"],
    sample: Sample,
    gbuffer: GBuffer,
    plan: ScenePlan,
    spec: TargetSpec,
) -> list[Off]:
    """Returns what differs from the target that the sample's seed draws of this frame.

    One code of a colour is left to another machine's last bits.
    """
    try:
        drawn = target_of(sample, gbuffer, plan, spec)
    except ValueError as error:
        return [Off("targets", f"its frame can't be encoded: {error}")]
    if drawn is None:
        return [Off("complete", "its frame has nothing to ask for, so it should not be there")]
    words = off("prompts", differing(triplet, {"edit_prompt": drawn.prompt, "legend": drawn.legend}))
    if rgb.shape != drawn.rgb.shape:
        return words
    apart = np.abs(rgb.astype(int) - drawn.rgb).max(axis=-1)
    if apart.max() <= 1:
        return words
    y, x = np.unravel_index(int(apart.argmax()), apart.shape)
    colors = f"{tuple(rgb[y, x].tolist())} at pixel ({x}, {y}), the encoder paints {tuple(drawn.rgb[y, x].tolist())}"
    return [*words, Off("targets", f"edited_image: {colors}; {int((apart > 1).sum())} pixels are off")]


def color_count_faults(triplet: Triplet, rgb: UInt8[np.ndarray, "h w 3"]) -> list[str]:
    """Returns where a legend's colours cover other numbers of pixels than its row says: all that can be told alone."""
    if not triplet.legend:
        return []
    colors, pixels = np.unique(rgb.reshape(-1, 3), axis=0, return_counts=True)
    there = Counter({tuple(color): count for color, count in zip(colors.tolist(), pixels.tolist(), strict=True)})
    wrong = [
        f"legend has {entry.pixels} pixels of {entry.label!r}, edited_image {there[entry.rgb]}"
        for entry in triplet.legend
        if there[entry.rgb] != entry.pixels
    ]
    others = len(there.keys() - {entry.rgb for entry in triplet.legend})
    strange = [f"edited_image has {others} colors that are not in its legend"] if others > 1 else []
    return [*wrong, *strange]


def _legend_faults(said: ParsedPrompt, triplet: Triplet) -> list[str]:
    """Returns how the prompt's legend, or order of colours, differs from the row's."""
    stored = tuple((entry.label, entry.rgb) for entry in triplet.legend)
    if said.legend is not None:
        told = tuple((entry.label, entry.rgb) for entry in said.legend.entries)
        return [] if told == stored else [f"legend is {stored}, edit_prompt says {told}"]
    if said.colors and said.colors != tuple(rgb for _, rgb in stored):
        return [f"legend's colors are {[rgb for _, rgb in stored]}, edit_prompt says {list(said.colors)}"]
    if said.class_label is None and stored:
        return [f"legend has {len(stored)} entries, {triplet.task} has none"]
    return []
