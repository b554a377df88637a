"""What a spec refuses."""

import pytest
from pydantic import ValidationError

from schemas.run_spec import RunSpec


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"scenes": 0}, "greater than or equal to 1"),
        ({"camera": {"width_px": 100}}, "multiple of 16, nearest are 96 and 112"),
        ({"camera": {"pitch_deg": {"low": 3, "high": -3}}}, "low 3.0 lies above high -3.0"),
        ({"render": {"sample": 4}}, "Extra inputs"),
        ({"splits": {"train": 0.5}}, "must be 1"),
        ({"tasks": ["depth", "depth"]}, "names a task twice"),
        ({"tasks": []}, "at least 1"),
        ({"seed": -1}, "greater than or equal to 0"),
        ({"room": {"width_m": {"low": float("nan"), "high": 1}}}, "finite"),
    ],
)
def test_bad_values_are_refused_with_what_is_allowed(given: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        RunSpec.model_validate(given)


def test_a_spec_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        RunSpec().seed = 3  # type: ignore[misc]  # what the test is about
