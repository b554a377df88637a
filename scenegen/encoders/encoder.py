"""Encoder: one task as a pair of exact functions between a frame's buffers and an RGB target, with its prompts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt8

from scenegen.encoders.prompts import draw_prompt
from scenegen.encoders.prompts.request import Request
from schemas.frame import GBuffer


@dataclass(frozen=True)
class Encoder:
    """A task: what its target shows, how that is read back, how it is asked for, and how it is explained."""

    task: str
    """Its name in `ENCODERS`, in specs and in the data."""
    codec: str
    """The name of the encoding, stored with every triplet."""
    codec_params: str
    """Canonical JSON: what else a reader needs to decode the target."""
    convention: str
    """What the target means, for people, as Markdown: a sentence or two of the dataset's card."""
    tag: str
    """The Hub's word for the task."""
    request: Request
    """What a prompt must say; `scenegen.encoders.prompts` words it anew for each sample."""
    truth: Callable[[GBuffer], Float32[np.ndarray, "h w"] | Float32[np.ndarray, "h w 3"]]
    """What `decode` of a perfect target comes close to."""
    encode: Callable[[GBuffer], UInt8[np.ndarray, "h w 3"]]
    """Raises ValueError, naming the first pixel at fault, for buffers that break the conventions of `GBuffer`."""
    decode: Callable[[UInt8[np.ndarray, "h w 3"]], Float32[np.ndarray, "h w"] | Float32[np.ndarray, "h w 3"]]
    """Reads any RGB, a model's noisy output too; never NaN."""
    excess: Callable[[UInt8[np.ndarray, "h w 3"], GBuffer], Float32[np.ndarray, "h w"]]
    """How far a target is from the truth, in units of what rounding to 8 bits allows at that pixel.

    At most 1 is right. Infinity where target and truth disagree on whether there is a surface, and where the truth
    itself is no valid value. Never NaN.
    """


def prompt_for(rng: np.random.Generator, encoder: Encoder) -> str:
    """Returns a prompt for the task, as an instruction or a caption."""
    return draw_prompt(rng, encoder.request)
