"""Frames set aside are whole, and are the rejections of their unit's footer."""

import dataclasses
from typing import Any

import pytest

from scenegen.dataset.checks.set_aside_checks import set_aside_faults
from scenegen.dataset.footer import UnitFooter, rejected_views
from scenegen.dataset.frames import frame_row, set_aside
from scenegen.dataset.picture import encode_picture
from schemas.frame import Rejection
from schemas.run_record import RunRecord
from schemas.unit import Unit

NAN = float("nan")


@pytest.fixture
def aside(rejections: list[Rejection]) -> Rejection:
    """The rejection that was rendered already."""
    return next(rejection for rejection in rejections if rejection.shot is not None)


def faults_of(rejection: Rejection, record: RunRecord, unit: Unit, told: Rejection, **changes: Any) -> list[str]:
    """Returns what is off with a row where the footer tells of another rejection, or the row is changed."""
    assert rejection.shot is not None
    plan, frame = rejection.shot
    row = frame_row(plan, set_aside(plan, frame, rejection.verdict), encode_picture(frame.rgb, record.spec.image))
    footer = UnitFooter(unit=unit, run_digest="", versions={}, rows=0, rejections=rejected_views([told]))
    return set_aside_faults(footer, {**row, **changes})


@pytest.mark.parametrize("figure", [0.5, NAN, float("inf")])
def test_what_the_footer_tells_is_right(aside: Rejection, record: RunRecord, unit: Unit, figure: float) -> None:
    odd = dataclasses.replace(aside, verdict=dataclasses.replace(aside.verdict, figure=figure))
    assert faults_of(odd, record, unit, odd) == []


def test_another_candidate_gate_or_figure_is_named(aside: Rejection, record: RunRecord, unit: Unit) -> None:
    other_view = dataclasses.replace(aside, view_index=aside.view_index + 1)
    assert faults_of(aside, record, unit, other_view) == [
        "is none of the candidates that the unit's footer names as rejected"
    ]
    for change in ({"gate": "dark"}, {"figure": 0.1}):
        told = dataclasses.replace(aside, verdict=dataclasses.replace(aside.verdict, **change))
        assert "its last verdict is" in faults_of(aside, record, unit, told)[0]
    passed = [{"gate": aside.verdict.gate, "figure": aside.verdict.figure, "passed": True}]
    assert "its last verdict is" in faults_of(aside, record, unit, aside, verdicts=passed)[0]
    assert "its last verdict is None" in faults_of(aside, record, unit, aside, verdicts=[])[0]


def test_buffers_and_pictures_that_do_not_verify_are_named(aside: Rejection, record: RunRecord, unit: Unit) -> None:
    assert "EXR" in faults_of(aside, record, unit, aside, exr=b"")[0]
    assert "PNG" in faults_of(aside, record, unit, aside, image={"bytes": b"", "path": ""})[0]
