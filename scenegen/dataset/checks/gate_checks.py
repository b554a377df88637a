"""Gates again: what a frame is stored as must pass every gate that its buffers and picture can be asked.

Which side of a surface was seen, and light before it became a picture, are not stored: `inside`, `finite` and the two
witnesses stand by their stored verdicts alone, which `verdict_checks` reads. Exposure was judged before the camera's
flaws, so of a picture with flaws less is asked: black and white are told in any.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import UInt8

from assets_catalog.colors import display, linear
from scenegen.gates import AFTER, BEFORE
from scenegen.gates.gate import Case
from scenegen.gates.thumbnail import Thumbnail
from scenegen.stage import Picture, Sighting
from schemas.flaws import Flaws
from schemas.frame import UNWITNESSED, GBuffer
from schemas.run_spec import GateSpec
from schemas.scene_plan import ScenePlan, View

NOT_STORED = ("inside", "finite", "witness_ids", "witness_depth")
"""Gates that what is stored can't be asked."""
_SLACK = 0.02
"""Of a figure of exposure: a JPEG moves it."""
_FLAWED_SLACK = 0.5
"""Of light: what white balance, noise and blur take besides."""
_MOST_CLIPPED, _BRIGHTENED_EV = 0.95, 1.0


def gates_again_faults(
    gbuffer: GBuffer, view: View, plan: ScenePlan, limits: GateSpec, shown: Sequence[Thumbnail]
) -> list[str]:
    """Returns the gates that a frame's buffers do not pass; `shown`: the scene's frames before it."""
    nowhere = np.zeros(gbuffer.z_depth_m.shape, dtype=bool)
    case = Case(Sighting(gbuffer, nowhere), view, plan, limits, shown)
    findings = ((name, gate.figure, gate.judge(case)) for name, gate in BEFORE.items() if name not in NOT_STORED)
    return [_line(name, figure, found.figure) for name, figure, found in findings if not found.passed]


def exposure_again_faults(rgb: UInt8[np.ndarray, "h w 3"], view: View, limits: GateSpec) -> list[str]:
    """Returns the gates that a frame's picture does not pass."""
    return list(_exposure_lines(rgb, _slackened(limits, view.flaws)))


def _exposure_lines(rgb: UInt8[np.ndarray, "h w 3"], limits: GateSpec) -> Iterator[str]:
    picture = Picture(rgb, np.broadcast_to(np.float32(0), rgb.shape), UNWITNESSED)  # light is not asked for
    for name, gate in AFTER.items():
        if name not in NOT_STORED and not (found := gate.judge(picture, limits)).passed:
            yield _line(name, gate.figure, found.figure)


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
