"""Colour temperatures as colours."""

import numpy as np
import pytest

from scenegen.colors import linear
from scenegen.recipes.light.kelvin import RANGE_K, chromaticity, kelvin


@pytest.mark.parametrize(
    ("temperature_k", "x", "y"),
    [(2000.0, 0.5267, 0.4133), (2856.0, 0.4476, 0.4074), (4000.0, 0.3805, 0.3768), (6500.0, 0.3135, 0.3237)],
)
def test_the_locus_is_that_of_planck(temperature_k: float, x: float, y: float) -> None:
    """Published points of it; 2856 K is the CIE's illuminant A."""
    assert chromaticity(temperature_k) == pytest.approx((x, y), abs=6e-4)


def test_the_splines_meet() -> None:
    for joint_k in (2222.0, 4000.0):
        assert chromaticity(joint_k - 0.01) == pytest.approx(chromaticity(joint_k), abs=3e-4)


def test_hotter_is_bluer_and_daylight_is_nearly_white() -> None:
    lights = np.array([linear(kelvin(temperature_k)) for temperature_k in np.geomspace(*RANGE_K, 40)])
    assert (np.diff(lights[:, 2] / lights[:, 0]) >= 0).all()
    assert lights.max(axis=1) == pytest.approx(1.0, abs=1e-3)
    assert lights.min() >= 0.0
    assert min(kelvin(6600.0)) > 0.95


@pytest.mark.parametrize("temperature_k", [0.0, 1600.0, 30000.0])
def test_what_the_formula_does_not_cover_is_refused(temperature_k: float) -> None:
    with pytest.raises(ValueError, match="is outside 1667 to 25000 K"):
        kelvin(temperature_k)
