"""One file per task: how the truth becomes an RGB target, how a target is read back, and how it is asked for."""

from scenegen.encoders.depth import DEPTH
from scenegen.encoders.encoder import Encoder
from scenegen.encoders.normals import NORMALS

ENCODERS: dict[str, Encoder] = {
    "depth": DEPTH,
    "normals": NORMALS,
}
"""task -> encoder; a new task is one file here and one line in this table."""
