"""Gates again: what a frame is stored as must pass every gate that its buffers and picture can be asked.

Which side of a surface was seen, and light before it became a picture, are not stored: `inside`, `finite` and the two
witnesses stand by their stored verdicts alone, which `verdict_checks` reads. Exposure was judged before the camera's
flaws, so of a picture with flaws less is asked: black and white are told in any.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from jaxtyping import UInt8

from assets_catalog.colors import display, linear
from scenegen.dataset.checks.thinned import thinned
from scenegen.gates import AFTER, BEFORE
from scenegen.gates.gate import Case, Finding
from scenegen.gates.thumbnail import Thumbnail
from scenegen.stage import Picture, Sighting
from schemas.flaws import Flaws
from schemas.frame import UNWITNESSED, GBuffer
from schemas.ingested import Lacking
from schemas.run_spec import GateSpec
from schemas.scene_plan import ScenePlan, View

NOT_STORED = ("inside", "finite", "witness_ids", "witness_depth")
"""Gates that what is stored can't be asked."""
STORED = tuple(name for name in (*BEFORE, *AFTER) if name not in NOT_STORED)
"""Those that it can, in their order."""
_OF_SLOPES = ("slope", "axes", "edge_normals", "fov")
"""Those that hold normals against how depth changes from pixel to pixel."""
_NEEDS: dict[str, tuple[Lacking, ...]] = {
    **dict.fromkeys(_OF_SLOPES, ("normals",)),
    "edges": ("instances", "normals"),
    "blank": ("instances",),
}
"""What a gate needs that others' frames may lack; normals that are no more than slopes would agree with them."""
Named: TypeAlias = tuple[str, str, Finding]
"""Name of a gate, what its figure is, what it found."""
_SLACK = 0.02
"""Of a figure of exposure: a JPEG moves it."""
_FLAWED_SLACK = 0.5
"""Of light: what white balance, noise and blur take besides."""
_MOST_CLIPPED, _BRIGHTENED_EV = 0.95, 1.0


def asked_gates(plan: ScenePlan) -> tuple[str, ...]:
    """Returns the gates that a stored frame can be asked, in their order; fewer of others' that lack what they need."""
    lacking = () if plan.origin is None else plan.origin.lacking
    return tuple(name for name in STORED if not any(need in lacking for need in _NEEDS.get(name, ())))


def gates_again_faults(
    gbuffer: GBuffer, view: View, plan: ScenePlan, limits: GateSpec, shown: Sequence[Thumbnail]
) -> list[str]:
    """Returns the gates that a frame's buffers do not pass; `shown`: the scene's frames before it."""
    findings = gate_findings(gbuffer, view, plan, limits, shown)
    return [_line(name, figure, found.figure) for name, figure, found in findings if not found.passed]


def gate_findings(
    gbuffer: GBuffer, view: View, plan: ScenePlan, limits: GateSpec, shown: Sequence[Thumbnail] = ()
) -> list[Named]:
    """Returns what each gate that stored buffers can be asked finds, in their order."""
    nowhere = np.zeros(gbuffer.z_depth_m.shape, dtype=bool)
    case = Case(Sighting(gbuffer, nowhere), view, plan, limits, shown)
    sloping = _sloping(case)
    asked = [(name, gate) for name, gate in BEFORE.items() if name in asked_gates(plan)]
    return [(name, gate.figure, gate.judge(sloping if name in _OF_SLOPES else case)) for name, gate in asked]


def _sloping(case: Case) -> Case:
    """Returns what gates of slopes judge: fewer pixels where depth goes in steps."""
    every_px = 1 if case.plan.origin is None else case.plan.origin.slopes_every_px
    if every_px == 1:
        return case
    gbuffer, view = thinned(case.gbuffer, case.view, every_px)
    nowhere = np.zeros(gbuffer.z_depth_m.shape, dtype=bool)
    return Case(Sighting(gbuffer, nowhere), view, case.plan, case.limits)


def exposure_again_faults(rgb: UInt8[np.ndarray, "h w 3"], view: View, limits: GateSpec) -> list[str]:
    """Returns the gates that a frame's picture does not pass."""
    findings = exposure_findings(rgb, _slackened(limits, view.flaws))
    return [_line(name, figure, found.figure) for name, figure, found in findings if not found.passed]


def exposure_findings(rgb: UInt8[np.ndarray, "h w 3"], limits: GateSpec) -> list[Named]:
    """Returns what each gate that a stored picture can be asked finds, in their order."""
    picture = Picture(rgb, np.broadcast_to(np.float32(0), rgb.shape), UNWITNESSED)  # light is not asked for
    return [(name, gate.figure, gate.judge(picture, limits)) for name, gate in AFTER.items() if name not in NOT_STORED]


def _slackened(limits: GateSpec, flaws: Flaws) -> GateSpec:
    """Returns the limits of a picture as it is stored: what was light enough before its flaws may be darker now."""
    if flaws == Flaws():
        burnt, darkest = limits.clipped_share + _SLACK, limits.darkest_p99 - _SLACK
    else:
        light = linear(np.array([limits.darkest_p99])) * 2.0**flaws.exposure_ev * (1 - flaws.vignette) * _FLAWED_SLACK
        burnt, darkest = (1.0 if flaws.exposure_ev > _BRIGHTENED_EV else _MOST_CLIPPED), float(display(light)[0])
    return limits.model_copy(update={"clipped_share": min(burnt, 1.0), "darkest_p99": max(darkest, 0.0)})


def _line(name: str, figure: str, value: float) -> str:
    return f"does not pass the gate {name} again: {value:.6g}, {figure}"
