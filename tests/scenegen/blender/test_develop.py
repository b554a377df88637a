"""Exposure and view transform."""

import numpy as np
import pytest

from scenegen.blender.develop import develop, exposure


def gradient() -> np.ndarray:
    return np.repeat(np.geomspace(0.01, 4.0, 64, dtype=np.float32)[None, :, None], 3, axis=2)


@pytest.mark.parametrize("brightness", [0.05, 1.0, 20.0])
def test_a_dim_and_a_bright_scene_give_the_same_photograph(brightness: float) -> None:
    difference = develop(gradient() * np.float32(brightness)).astype(int) - develop(gradient())
    assert np.abs(difference).max() <= 1


def test_more_light_is_never_darker() -> None:
    assert (np.diff(develop(gradient())[0, :, 1].astype(int)) >= 0).all()


def test_middle_grey_lands_in_the_middle() -> None:
    assert 100 <= develop(np.full((2, 2, 3), 0.7, dtype=np.float32)).mean() <= 135


def test_exposure_has_limits_so_that_night_stays_dark() -> None:
    assert exposure(np.full((2, 2, 3), 1e-9, dtype=np.float32)) == 64.0


def test_pixels_that_are_no_number_do_no_harm() -> None:
    light = gradient()
    light[0, 0], light[0, 1] = np.nan, np.inf
    assert np.abs(develop(light)[0, 2:].astype(int) - develop(gradient())[0, 2:]).max() < 60
