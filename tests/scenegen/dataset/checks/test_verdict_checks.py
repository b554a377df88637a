"""Agreement and verdicts are held against the spec's limits, by the kind of renderer."""

import math

import pytest

from scenegen.dataset.checks.verdict_checks import agreement_faults, known_gates, verdict_faults
from schemas.run_spec import RenderSpec, RunSpec

NAN = float("nan")


def agreed(renderer: str, share: float, error: float, shows_surface: bool = True) -> list[str]:
    spec = RunSpec(render=RenderSpec(renderer=renderer))
    return agreement_faults(spec, {"same_share": share, "z_error_p999": error}, shows_surface)


@pytest.mark.parametrize("renderer", ["cycles", "analytic"])
def test_within_the_limits_is_right_and_at_them_too(renderer: str) -> None:
    limits = RunSpec().gates
    assert agreed(renderer, 0.9999, 1e-5) == []
    assert agreed(renderer, limits.same_share, limits.z_error_p999) == []
    assert len(agreed(renderer, math.nextafter(limits.same_share, 0), math.nextafter(limits.z_error_p999, 1))) == 2


def test_only_a_renderer_without_a_witness_may_leave_it_out() -> None:
    assert agreed("analytic", NAN, NAN) == []
    assert len(agreed("cycles", NAN, NAN)) == 2
    assert len(agreed("analytic", NAN, 1e-5)) == len(agreed("analytic", 0.9999, NAN)) == 1


def test_depths_of_nothing_may_be_no_number() -> None:
    assert agreed("cycles", 1.0, NAN, shows_surface=False) == []
    assert len(agreed("cycles", 1.0, NAN)) == 1


def test_verdicts_are_of_all_gates_in_their_order() -> None:
    verdicts = [{"gate": gate, "figure": 0.0, "passed": True} for gate in known_gates()]
    assert verdict_faults(verdicts, known_gates()) == []
    assert len(verdict_faults(verdicts[::-1], known_gates())) == 1
    assert len(verdict_faults([*verdicts, verdicts[0]], known_gates())) == 1
