"""Judged: a frame that others rendered is held against the gates that what is stored can be asked.

Of the backs of surfaces, of light before it became a picture, and of a second witness nothing is known; all other gates
judge, and what was stated wrongly, such as K, the kind of depth or the axes of the normals, fails at `fov`, `slope` or
`axes` in every frame.
"""

from dataclasses import replace

from scenegen.dataset.checks.gate_checks import exposure_findings, gate_findings
from scenegen.ingest.ingester import FrameError
from schemas.frame import Shot, Verdict
from schemas.run_spec import GateSpec


def judged(shot: Shot, limits: GateSpec) -> Shot:
    """Returns the frame with its verdicts; raises FrameError where a gate rejects it."""
    plan, frame = shot
    findings = [*gate_findings(frame.gbuffer, frame.view, plan, limits), *exposure_findings(frame.rgb, limits)]
    for name, figure, found in findings:
        if not found.passed:
            raise FrameError(f"gate {name}", f"{found.figure:.4g}, {figure}")
    verdicts = tuple(Verdict(name, float(found.figure), found.passed) for name, _, found in findings)
    return plan, replace(frame, verdicts=verdicts)
