"""Ingest: frames that others rendered become ours. One file for each source, and one line in INGESTERS.

A source lists its frames and reads one as a `Reading`, in our units and axes; `finished` makes it one of our frames,
with a plan that names what is seen and nothing else; the gates judge it. `survey` does so with every frame once, so
that a run knows which it has; `frames` again, unit by unit, for the workers that commit them. docs/ingest.md
"""

from collections.abc import Mapping

from scenegen.ingest.blenderproc import BLENDERPROC
from scenegen.ingest.hypersim import HYPERSIM
from scenegen.ingest.ingester import Ingester
from scenegen.ingest.rgb_exr import RGB_EXR
from scenegen.ingest.vkitti2 import VKITTI2

INGESTERS: Mapping[str, Ingester] = {
    "blenderproc": BLENDERPROC,
    "hypersim": HYPERSIM,
    "rgb_exr": RGB_EXR,
    "vkitti2": VKITTI2,
}
"""Name of a source -> how it is read."""
