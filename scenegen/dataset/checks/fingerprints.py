"""Fingerprints of a unit's frames, small enough that those of a million fit: 90 bytes each.

`exact` is a hash of the EXR's file: two frames that have it in common are one frame stored twice.
"""

import hashlib
from dataclasses import dataclass, field, replace

import numpy as np
from jaxtyping import UInt8

from scenegen.dataset.stats.duplicates import Fingerprints
from schemas.frame import GBuffer

_BYTES = 12


@dataclass
class UnitPrints:
    """Of the frames looked at, in their order."""

    near: Fingerprints = field(default_factory=Fingerprints)
    exact: list[bytes] = field(default_factory=list)

    def add(self, frame_id: str, rgb: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer, exr: bytes) -> None:
        """Adds a frame whose picture and buffers could be read; what is no depth counts as no surface."""
        z_depth_m = np.where(gbuffer.z_depth_m > 0, gbuffer.z_depth_m, np.float32(np.inf))
        self.near.add(frame_id, rgb, replace(gbuffer, z_depth_m=z_depth_m))
        self.exact.append(short_hash(exr))


def short_hash(data: bytes) -> bytes:
    """Returns what equal bytes have in common, and others by a chance of 2^-96."""
    return hashlib.sha256(data).digest()[:_BYTES]
