"""Codec: one exact pair of functions between a frame's buffers and an RGB target, as one prompt asks for it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Shaped, UInt8

from schemas.frame import GBuffer


@dataclass(frozen=True)
class Codec:
    """How truth becomes colours, and colours truth again."""

    name: str
    """Of the encoding, stored with every triplet."""
    params: str
    """Canonical JSON: what else a reader needs to decode the target, beside the legend."""
    encode: Callable[[GBuffer], UInt8[np.ndarray, "h w 3"]]
    """Raises ValueError, naming the first pixel at fault, for buffers that break the conventions of `GBuffer`."""
    decode: Callable[[UInt8[np.ndarray, "h w 3"]], Shaped[np.ndarray, "h w *channels"]]
    """Reads any RGB, a model's noisy output too; never NaN."""
    truth: Callable[[GBuffer], Shaped[np.ndarray, "h w *channels"]]
    """What `decode` of a perfect target comes close to."""
    excess: Callable[[UInt8[np.ndarray, "h w 3"], GBuffer], Float32[np.ndarray, "h w"]]
    """How far a target is from the truth, in units of what rounding to 8 bits allows at that pixel.

    At most 1 is right. Infinity where target and truth disagree on what is there (a surface or none, which label), and
    where the truth itself is no valid value. Never NaN.
    """
    spoken: Callable[[np.generic | np.ndarray], str]
    """What one pixel of what is decoded or true is called in a message: '3.2 m'."""
