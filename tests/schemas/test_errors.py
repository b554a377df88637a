"""The error tree."""

import pickle

import pytest

from schemas.errors import (
    AssetError,
    CatalogError,
    DatasetError,
    OutputError,
    RenderError,
    ScenegenError,
    SpecError,
    did_you_mean,
    first_few,
    first_line,
)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (CatalogError("x"), 2),
        (OutputError("x"), 2),
        (SpecError(["x"]), 2),
        (DatasetError("x"), 1),
        (AssetError("x"), 1),
        (RenderError("x"), 1),
    ],
)
def test_what_the_user_gave_ends_with_2_and_all_else_with_1(error: ScenegenError, status: int) -> None:
    assert error.exit_status == status


def test_a_spec_error_carries_all_faults_and_crosses_processes() -> None:
    error = pickle.loads(pickle.dumps(SpecError(["a: bad", "b: worse"])))
    assert error.faults == ("a: bad", "b: worse")
    assert str(error) == "a: bad\nb: worse"


def test_the_nearest_match_is_named_and_nothing_far_fetched() -> None:
    assert did_you_mean("samplse", ["samples", "seed"]) == " (did you mean 'samples'?)"
    assert did_you_mean("xyzzy", ["samples", "seed"]) == ""


def test_an_error_that_says_nothing_is_named_by_its_kind() -> None:
    assert first_line(OSError("disk full\nat block 7")) == "disk full"
    assert first_line(TimeoutError()) == "TimeoutError"


def test_of_many_lines_the_first_are_told_and_the_rest_counted() -> None:
    assert first_few(["a", "b"], 2) == "a; b"
    assert first_few(["a", "b", "c", "d"], 2) == "a; b; and 2 more"
