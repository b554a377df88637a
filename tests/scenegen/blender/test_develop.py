"""Exposure, white balance and view transform."""

from typing import get_args

import numpy as np
import pytest

from scenegen.blender.develop import develop, exposure
from schemas.ranges import Range
from schemas.run_spec import ColorSpec
from schemas.seeds import rng_for

PLAIN = ColorSpec(exposure_ev=Range(low=0.0, high=0.0), white_balance=0.0)
TRANSFORMS = get_args(ColorSpec.model_fields["view_transform"].annotation)


def gradient() -> np.ndarray:
    return np.repeat(np.geomspace(0.01, 4.0, 64, dtype=np.float32)[None, :, None], 3, axis=2)


def even(red: float, green: float, blue: float) -> np.ndarray:
    return np.full((8, 8, 3), (red, green, blue), dtype=np.float32)


def photograph(light: np.ndarray, spec: ColorSpec = PLAIN, key: int = 0) -> np.ndarray:
    return develop(light, spec, rng_for(key)).astype(int)


@pytest.mark.parametrize("brightness", [0.3, 1.0, 20.0])
def test_by_day_a_dim_and_a_bright_scene_give_the_same_photograph(brightness: float) -> None:
    difference = photograph(gradient() * np.float32(brightness)) - photograph(gradient())
    assert np.abs(difference).max() <= 1


def test_by_lamps_a_scene_is_dim_and_not_black() -> None:
    """The means of a day, of a room by one lamp and of a street by night."""
    means = [float(photograph(gradient() * np.float32(light)).mean()) for light in (1.0, 0.05, 0.02)]
    assert means[0] > means[1] + 10 > means[2] + 15
    assert means[2] > 40


@pytest.mark.parametrize("transform", TRANSFORMS)
def test_more_light_is_never_darker_in_any_view_transform(transform: str) -> None:
    shown = photograph(gradient(), PLAIN.model_copy(update={"view_transform": transform}))[0, :, 1]
    assert (np.diff(shown) >= 0).all()
    assert shown[0] < 60
    assert shown[-1] > 200


def test_view_transforms_differ() -> None:
    shown = {photograph(gradient(), PLAIN.model_copy(update={"view_transform": name})).tobytes() for name in TRANSFORMS}
    assert len(shown) == len(TRANSFORMS)


def test_half_dark_half_light_lands_in_the_middle() -> None:
    light = even(0.1, 0.1, 0.1)
    light[:4] = 2.0
    assert 90 <= photograph(light).mean() <= 150


def test_a_room_of_light_colours_is_not_grey_and_a_window_does_not_darken_it() -> None:
    walls = np.full((64, 64), 0.5, dtype=np.float32)
    walls[48:] = 0.2
    assert exposure(walls) * 0.5 > 0.35
    windowed = walls.copy()
    windowed[:20, :20] = 30.0
    assert exposure(windowed) > 0.3 * exposure(walls)


def test_exposure_has_limits_so_that_night_stays_dark() -> None:
    assert exposure(np.full((2, 2), 1e-9, dtype=np.float32)) == 64.0


def test_pixels_that_are_no_number_do_no_harm() -> None:
    light = gradient()
    light[0, 0], light[0, 1] = np.nan, np.inf
    assert np.abs(photograph(light)[0, 2:] - photograph(gradient())[0, 2:]).max() < 60
    assert photograph(np.full((4, 4, 3), np.nan, dtype=np.float32), ColorSpec()).max() < 30


def test_the_callers_light_stays_as_it_was() -> None:
    light = gradient()
    photograph(light, ColorSpec())
    assert np.array_equal(light, gradient())


def test_the_drawn_exposure_is_within_the_spec_and_of_its_own_stream() -> None:
    spec = PLAIN.model_copy(update={"exposure_ev": Range(low=-1.0, high=1.0)})
    means = [photograph(gradient(), spec, key).mean() for key in range(12)]
    assert means[0] == photograph(gradient(), spec, 0).mean()
    limits = [
        photograph(gradient(), PLAIN.model_copy(update={"exposure_ev": Range(low=ev, high=ev)})).mean()
        for ev in (-1.0, 0.0, 1.0)
    ]
    assert limits[0] < min(means) < limits[1] < max(means) < limits[2]


def spread(shown: np.ndarray) -> int:
    """Returns how far from grey the middle pixel is."""
    return int(np.ptp(shown[4, 4]))


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_spec_says_how_much_of_a_lamps_warmth_goes(share: float) -> None:
    warm = even(0.62, 0.47, 0.30)
    left = spread(photograph(warm, PLAIN.model_copy(update={"white_balance": share})))
    untouched = spread(photograph(warm))
    assert left <= untouched * (1.1 - share) + 12
    assert left >= untouched * (0.8 - share)


@pytest.mark.parametrize("paint", [(0.16, 0.42, 0.14), (0.45, 0.1, 0.4), (0.08, 0.14, 0.45)])
def test_a_room_painted_green_or_purple_or_blue_does_not_turn_grey(paint: tuple[float, float, float]) -> None:
    balanced = photograph(even(*paint), PLAIN.model_copy(update={"white_balance": 1.0}))
    assert spread(balanced) > 0.6 * spread(photograph(even(*paint)))


def test_burnt_windows_do_not_tint_the_room() -> None:
    room = np.full((32, 32, 3), 0.4, dtype=np.float32)
    windowed = room.copy()
    windowed[:10, :10] = (9.0, 14.0, 30.0)
    shown = photograph(windowed, PLAIN.model_copy(update={"white_balance": 1.0}))
    assert np.ptp(shown[20, 20]) <= 1


def test_white_balance_keeps_brightness() -> None:
    warm = np.repeat(gradient(), 8, axis=0) * np.array([1.3, 1.0, 0.6], dtype=np.float32)
    balanced = photograph(warm, PLAIN.model_copy(update={"white_balance": 1.0}))
    assert abs(balanced[..., 1].mean() - photograph(warm)[..., 1].mean()) < 12
