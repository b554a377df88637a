"""Gates after the render: photographs pass, and black, burnt, broken or unconfirmed ones don't."""

from dataclasses import replace

import numpy as np
import pytest

from scenegen.gates import AFTER, judge_picture
from scenegen.stage import Picture
from schemas.frame import UNWITNESSED, Agreement
from schemas.run_spec import GateSpec


def photograph() -> Picture:
    """Returns a picture of all tones, a bright window among them."""
    tones = np.linspace(0.02, 0.9, 96 * 64, dtype=np.float32).reshape(64, 96, 1)
    light = np.repeat(tones, 3, axis=2)
    light[:16, :24] = 40.0
    rgb = (255 * np.minimum(light, 1)).astype(np.uint8)
    return Picture(rgb, light, Agreement(0.9999, 2e-5))


def failed(picture: Picture, limits: GateSpec | None = None) -> set[str]:
    verdicts = judge_picture(picture, limits or GateSpec())
    assert [verdict.gate for verdict in verdicts] == list(AFTER)
    assert np.isfinite([verdict.figure for verdict in verdicts]).all()
    return {verdict.gate for verdict in verdicts if not verdict.passed}


def test_a_photograph_passes() -> None:
    assert failed(photograph()) == set()


def test_a_renderer_without_second_witness_passes() -> None:
    assert failed(replace(photograph(), agreement=UNWITNESSED)) == set()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("channel", [0, 1, 2])
def test_light_that_is_no_number_is_caught(value: float, channel: int) -> None:
    picture = photograph()
    picture.linear_light[7, 9, channel] = value
    assert failed(picture) == {"finite"}


def test_a_black_picture_is_caught() -> None:
    picture = photograph()
    assert failed(replace(picture, rgb=picture.rgb // 20)) == {"dark"}
    assert failed(replace(picture, rgb=np.zeros_like(picture.rgb))) == {"dark"}


def test_a_lamp_in_the_dark_is_no_light() -> None:
    picture = photograph()
    rgb = np.zeros_like(picture.rgb)
    rgb[:4, :4] = 255
    assert failed(replace(picture, rgb=rgb)) == {"dark"}


def test_a_blown_picture_is_caught() -> None:
    picture = photograph()
    blown = np.minimum(picture.rgb.astype(int) + 150, 255).astype(np.uint8)
    assert failed(replace(picture, rgb=blown)) == {"burnt"}


def test_a_saturated_color_is_not_burnt() -> None:
    picture = photograph()
    red = picture.rgb.copy()
    red[..., 0] = 255
    assert failed(replace(picture, rgb=red)) == set()


@pytest.mark.parametrize(
    ("agreement", "gates"),
    [
        (Agreement(0.9, 1e-5), {"witness_ids"}),
        (Agreement(0.9999, 0.02), {"witness_depth"}),
        (Agreement(0.0, float("nan")), {"witness_ids"}),
    ],
)
def test_a_witness_that_disagrees_is_heard(agreement: Agreement, gates: set[str]) -> None:
    assert failed(replace(photograph(), agreement=agreement)) == gates


def test_limits_are_those_of_the_spec() -> None:
    limits = GateSpec(clipped_share=0.01, darkest_p99=1.0, same_share=1.0, z_error_p999=1e-6)
    assert failed(photograph(), limits) == {"burnt", "witness_ids", "witness_depth"}
