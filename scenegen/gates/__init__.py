"""Gates: what a view must pass to become a frame. Adding one is one file and one line in a table.

`BEFORE` judges the exact buffers, so that a bad view costs no path; `AFTER` judges the picture and its witness.
"""

from collections.abc import Mapping, Sequence

from scenegen.gates.codec import CODEC
from scenegen.gates.distinct import DISTINCT
from scenegen.gates.edges import EDGES
from scenegen.gates.exposure import BURNT, DARK, FINITE
from scenegen.gates.fov import FOV
from scenegen.gates.gate import Case, PictureGate, SightingGate
from scenegen.gates.ids import BLANK, IDS
from scenegen.gates.normals import AXES, EDGE_NORMALS, NORMALS, SLOPE
from scenegen.gates.ranges import DEPTH, INSIDE, NEAR
from scenegen.gates.thumbnail import Thumbnail
from scenegen.gates.witness import WITNESS_DEPTH, WITNESS_IDS
from scenegen.stage import Picture, Sighting
from schemas.frame import Verdict
from schemas.run_spec import GateSpec
from schemas.scene_plan import ScenePlan, View

BEFORE: Mapping[str, SightingGate] = {
    "depth": DEPTH,
    "ids": IDS,
    "normals": NORMALS,
    "slope": SLOPE,
    "axes": AXES,
    "edge_normals": EDGE_NORMALS,
    "edges": EDGES,
    "fov": FOV,
    "codec": CODEC,
    "blank": BLANK,
    "near": NEAR,
    "inside": INSIDE,
    "distinct": DISTINCT,
}
"""Name -> gate, before path tracing: first what only a fault of ours breaks, then what a bad view does."""

AFTER: Mapping[str, PictureGate] = {
    "witness_ids": WITNESS_IDS,
    "witness_depth": WITNESS_DEPTH,
    "finite": FINITE,
    "dark": DARK,
    "burnt": BURNT,
}
"""Name -> gate, after the render."""


def judge_sighting(
    sighting: Sighting, view: View, plan: ScenePlan, limits: GateSpec, accepted: Sequence[Thumbnail] = ()
) -> tuple[Verdict, ...]:
    """Returns the verdict of every gate in `BEFORE`, in its order.

    `accepted`: what the scene's frames so far show, of which none shall be shown again.
    """
    case = Case(sighting, view, plan, limits, accepted)
    findings = {name: gate.judge(case) for name, gate in BEFORE.items()}
    return tuple(Verdict(name, finding.figure, finding.passed) for name, finding in findings.items())


def judge_picture(picture: Picture, limits: GateSpec) -> tuple[Verdict, ...]:
    """Returns the verdict of every gate in `AFTER`, in its order."""
    findings = {name: gate.judge(picture, limits) for name, gate in AFTER.items()}
    return tuple(Verdict(name, finding.figure, finding.passed) for name, finding in findings.items())
