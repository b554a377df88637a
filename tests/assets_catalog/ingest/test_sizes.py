"""How large a model is, and who says so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_catalog.ingest.candidate import Facts
from assets_catalog.ingest.sizes import metres_per_unit
from assets_catalog.taxonomy import AssetClass, SizePrior
from schemas.errors import AssetError

CHAIR = AssetClass(
    name="chair",
    plural="chairs",
    uses=("to sit on",),
    class_id=1,
    parents=(),
    placement="floor",
    carries=False,
    on_surface_up_to_m=0.6,
    on_surface_wide_m=0.75,
    elevation_m=0.0,
    size=SizePrior(low_m=(0.4, 0.4, 0.75), high_m=(0.7, 0.7, 1.15)),
)
SIDES = np.array([0.5, 0.55, 0.9])
NOTHING = Facts()


def _metres(sides: np.ndarray, facts: Facts = NOTHING, unit_m: float | None = None) -> tuple[list[float], str]:
    scale, origin = metres_per_unit(sides, facts, unit_m, CHAIR)
    return (sides * scale).tolist(), origin


def test_a_stated_size_is_that_of_each_axis() -> None:
    size, origin = _metres(SIDES * 37, Facts(size_m=(0.4, 0.6, 1.0), height_m=3.0, meters_per_unit=9.0), unit_m=1.0)
    assert size == pytest.approx([0.4, 0.6, 1.0])
    assert origin == "stated"


def test_a_flat_axis_stays_flat() -> None:
    size, _ = _metres(np.array([2.0, 0.0, 1.0]), Facts(size_m=(1.0, 0.1, 0.5)))
    assert size == [1.0, 0.0, 0.5]


def test_what_fits_already_is_not_touched() -> None:
    scale, _ = metres_per_unit(SIDES * (1 + 1e-7), Facts(size_m=(0.5, 0.55, 0.9)), None, CHAIR)
    assert scale.tolist() == [1.0, 1.0, 1.0]


def test_a_stated_height_scales_all_axes_alike() -> None:
    size, origin = _metres(SIDES * 12, Facts(height_m=1.8), unit_m=1.0)
    assert size == pytest.approx((SIDES * 2).tolist())
    assert origin == "stated"
    with pytest.raises(AssetError, match="flat"):
        _metres(np.array([1.0, 1.0, 0.0]), Facts(height_m=1.0))


def test_a_stated_unit_overrules_the_files() -> None:
    size, origin = _metres(SIDES * 100, Facts(meters_per_unit=0.01), unit_m=1.0)
    assert size == pytest.approx(SIDES.tolist())
    assert origin == "stated"


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.0, 3.5])
def test_the_files_unit_is_believed_near_what_is_usual(factor: float) -> None:
    size, origin = _metres(SIDES * factor * 1000, unit_m=0.001)
    assert size == pytest.approx((SIDES * factor).tolist())
    assert origin == "file"


@pytest.mark.parametrize("mistaken", [0.01, 0.001, 0.0254])
def test_one_mistaken_unit_that_fits_is_corrected(mistaken: float) -> None:
    size, origin = _metres(SIDES / mistaken, unit_m=1.0)
    assert size == pytest.approx(SIDES.tolist())
    assert origin == "prior"


@pytest.mark.parametrize("factor", [0.1, 6.0, 5000.0])
def test_a_size_that_no_unit_explains_is_refused_with_what_is_usual(factor: float) -> None:
    with pytest.raises(AssetError, match=r"would be .* m by the unit .* chair is usually 0\.75 to 1\.15 m"):
        _metres(SIDES * factor, unit_m=1.0)


def test_two_units_that_explain_it_are_refused() -> None:
    wide = CHAIR.model_copy(update={"size": SizePrior(low_m=(0.1, 0.1, 0.5), high_m=(5.0, 5.0, 5.0))})
    with pytest.raises(AssetError, match="state its size"):
        metres_per_unit(SIDES * 100, NOTHING, 1.0, wide)


@given(st.floats(1e-3, 1e4))
def test_without_any_unit_the_class_says_whatever_the_units_are(unit: float) -> None:
    size, origin = _metres(SIDES * unit)
    assert origin == "prior"
    assert size == pytest.approx(_metres(SIDES)[0])
    assert np.ptp(np.array(size) / SIDES) == pytest.approx(0, abs=1e-9)
    assert 0.75 <= size[2] <= 1.15


def test_a_narrow_prior_decides_before_a_wide_one() -> None:
    door = CHAIR.model_copy(update={"size": SizePrior(low_m=(0.6, 0.02, 1.9), high_m=(1.2, 0.4, 2.2))})
    scale, _ = metres_per_unit(np.array([0.9, 0.01, 2.0]), NOTHING, None, door)
    assert 1.9 <= 2.0 * scale[2] <= 2.2


def test_a_flat_model_has_a_size_by_its_other_sides() -> None:
    size, _ = _metres(np.array([50.0, 0.0, 90.0]))
    assert size[1] == 0
    assert 0.7 <= size[2] <= 1.2


@pytest.mark.parametrize("facts", [Facts(size_m=(1.0, 1.0, 900.0)), Facts(height_m=1e-5), Facts(meters_per_unit=0.0)])
def test_an_absurd_size_is_refused_whoever_states_it(facts: Facts) -> None:
    with pytest.raises(AssetError, match="longest side may have"):
        _metres(SIDES, facts)
