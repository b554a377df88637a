"""Checks of what the gates and the second witness are stored to have said of a frame; lines that say what is off.

A frame has the verdict of every gate, all passed. Its agreement lies within the spec's limits; it is NaN only where
the renderer has no second witness, and its depth's also where the frame shows no surface.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from scenegen.gates import AFTER, BEFORE
from scenegen.renderers import is_witnessed
from schemas.run_spec import RunSpec


def known_gates() -> list[str]:
    """Returns the names of all gates, in the order in which they judge."""
    return [*BEFORE, *AFTER]


def verdict_faults(verdicts: Sequence[Mapping[str, Any]], planned: Sequence[str]) -> list[str]:
    """Returns what is off with a frame's verdicts, which must be of the gates `planned`."""
    gates = [verdict["gate"] for verdict in verdicts]
    failed = [verdict for verdict in verdicts if not verdict["passed"]]
    return [
        *(
            [f"verdicts are of {', '.join(gates) or 'no gate'}, must be of {', '.join(planned)}"]
            * (gates != [*planned])
        ),
        *(f"did not pass the gate {verdict['gate']}, figure {verdict['figure']:.6g}" for verdict in failed),
    ]


def agreement_faults(spec: RunSpec, agreement: Mapping[str, float], shows_surface: bool) -> list[str]:
    """Returns what is off with a frame's agreement of two witnesses."""
    share, error = agreement["same_share"], agreement["z_error_p999"]
    if math.isnan(share) and math.isnan(error) and not is_witnessed(spec.render.renderer):
        return []
    few = not share >= spec.gates.same_share
    far = not (error <= spec.gates.z_error_p999 or (math.isnan(error) and not shows_surface))
    return [
        *([f"agreement.same_share is {share:.6g}, the spec asks for {spec.gates.same_share:g}"] * few),
        *([f"agreement.z_error_p999 is {error:.6g}, the spec allows {spec.gates.z_error_p999:g}"] * far),
    ]
