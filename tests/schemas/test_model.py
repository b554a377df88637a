"""What all records share."""

import pytest
from pydantic import ValidationError

from schemas.model import canonical_json, first_fault
from schemas.run_record import RunRecord


def test_equal_values_have_one_json() -> None:
    assert canonical_json({"b": 1, "a": [0.5, None]}) == canonical_json({"a": [0.5, None], "b": 1})
    assert canonical_json({"b": 1, "a": [0.5, None]}) == '{"a":[0.5,null],"b":1}'


def test_the_first_fault_of_a_record_names_its_field() -> None:
    with pytest.raises(ValidationError) as caught:
        RunRecord.model_validate_json('{"spec": {"seed": -1}}')
    assert first_fault(caught.value) == "spec.seed: Input should be greater than or equal to 0"
