"""One file per task: what is asked of a frame, how the truth becomes an RGB target, and how any picture is read."""

import numpy as np
from jaxtyping import Shaped, UInt8

from scenegen.encoders.depth import DEPTH
from scenegen.encoders.encoder import Encoder
from scenegen.encoders.instance import INSTANCE
from scenegen.encoders.normals import NORMALS
from scenegen.encoders.prompts import parse_prompt
from scenegen.encoders.referring.encoder import REFERRING
from scenegen.encoders.semantic import SEMANTIC

ENCODERS: dict[str, Encoder] = {
    "depth": DEPTH,
    "normals": NORMALS,
    "semantic": SEMANTIC,
    "instance": INSTANCE,
    "referring": REFERRING,
}
"""task -> encoder; a new task is one file here and one line in this table."""


def decode(rgb: UInt8[np.ndarray, "h w 3"], prompt: str) -> Shaped[np.ndarray, "h w *channels"]:
    """Reads any RGB by what its prompt says; raises DatasetError for a prompt that no grammar writes.

    Depth gives planar metres, normals unit vectors (x right, y up, z toward the camera), semantic and referring the
    index of the legend's entry or -1, instance numbers from 1 with 0 for the background.
    """
    said = parse_prompt(prompt)
    return ENCODERS[said.task].decode(rgb, said)
