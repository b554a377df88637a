"""Codecs of the segmentation tasks: objects painted in the colours of a legend, which must be there to the pixel."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, Int32, UInt8

from scenegen.encoders.codec import Codec
from scenegen.encoders.legend import Legend, LegendEntry, Rgb
from scenegen.encoders.masks.five_steps import TAU, decode_instances
from scenegen.encoders.masks.nearest import BACKGROUND, decode_legend
from scenegen.encoders.masks.overlap import ranked
from scenegen.encoders.masks.painting import paint
from schemas.frame import GBuffer
from schemas.model import canonical_json


def legend_codec(legend: Legend) -> Codec:
    """Returns the codec of semantic and referring targets: index of the legend's entry, or BACKGROUND."""
    colors, background = [entry.rgb for entry in legend.entries], legend.background_rgb

    def excess(rgb: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer) -> Float32[np.ndarray, "h w"]:
        return _excess(rgb, _painted(gbuffer, legend.entries, background))

    return Codec(
        name="legend-colors",
        params=canonical_json({"background": background}),
        encode=lambda gbuffer: _painted(gbuffer, legend.entries, background),
        decode=lambda rgb: decode_legend(rgb, colors, background),
        truth=lambda gbuffer: index_map(gbuffer.instance_id, legend.entries),
        excess=excess,
        spoken=lambda value: "background" if value == BACKGROUND else repr(legend.entries[int(value)].label),
    )


def instance_codec(entries: Sequence[LegendEntry], background: Rgb) -> Codec:
    """Returns the codec of instance targets: numbers from 1 by the five steps, 0 for the background.

    The truth numbers the legend's entries, `decode` what it finds: the two count in different orders.
    """

    def excess(rgb: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer) -> Float32[np.ndarray, "h w"]:
        return _excess(rgb, _painted(gbuffer, entries, background))

    return Codec(
        name="instance-colors",
        params=canonical_json({"background": background, "tau": TAU}),
        encode=lambda gbuffer: _painted(gbuffer, entries, background),
        decode=lambda rgb: decode_instances(rgb, background),
        truth=lambda gbuffer: index_map(gbuffer.instance_id, entries) + 1,
        excess=excess,
        spoken=lambda value: f"object {int(value)}" if value else "background",
    )


def index_map(instance_id: Int32[np.ndarray, "h w"], entries: Sequence[LegendEntry]) -> Int32[np.ndarray, "h w"]:
    """Returns the index of the entry that covers each pixel, or BACKGROUND."""
    owner = {each: index for index, entry in enumerate(entries) for each in entry.instance_ids}
    index_of_rank = np.array([BACKGROUND, *owner.values()], np.int32)
    return index_of_rank[ranked(instance_id, list(owner))]


def counted(entries: Sequence[LegendEntry], instance_id: Int32[np.ndarray, "h w"]) -> tuple[LegendEntry, ...]:
    """Returns the entries with the number of pixels that each covers."""
    pixels = np.bincount(index_map(instance_id, entries).reshape(-1) + 1, minlength=len(entries) + 1)[1:].tolist()
    return tuple(
        LegendEntry(entry.label, entry.rgb, entry.instance_ids, count, entry.decodable)
        for entry, count in zip(entries, pixels, strict=True)
    )


def _painted(gbuffer: GBuffer, entries: Sequence[LegendEntry], background: Rgb) -> UInt8[np.ndarray, "h w 3"]:
    colors = {each: entry.rgb for entry in entries for each in entry.instance_ids}
    return paint(gbuffer.instance_id, colors, background)


def _excess(rgb: UInt8[np.ndarray, "h w 3"], right: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    return np.where((rgb == right).all(axis=-1), np.float32(0), np.float32(np.inf))
