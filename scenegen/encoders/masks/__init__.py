"""Segmentation targets: objects painted in the colours of a legend, and read back from any RGB."""

from scenegen.encoders.masks.codecs import counted, index_map, instance_codec, legend_codec
from scenegen.encoders.masks.five_steps import decode_instances
from scenegen.encoders.masks.nearest import BACKGROUND, decode_legend
from scenegen.encoders.masks.painting import paint
from scenegen.encoders.masks.recovery import recoverable

__all__ = [
    "BACKGROUND",
    "counted",
    "decode_instances",
    "decode_legend",
    "index_map",
    "instance_codec",
    "legend_codec",
    "paint",
    "recoverable",
]
