"""Spread: the interval holds the true mean as often as it says, narrows with more scenes, and follows the shares."""

import numpy as np
import pytest

from ray_cluster.spread import CONFIDENCE, Spread, stratified


def test_the_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    truth = 0.7 * 10 + 0.3 * 40
    held = 0
    for _ in range(400):
        told = stratified([0.7, 0.3], [rng.normal(10, 2, 6).tolist(), rng.normal(40, 9, 4).tolist()])
        held += told.low <= truth <= told.high
    assert abs(held / 400 - CONFIDENCE) < 0.05


def test_the_mean_is_that_of_the_shares_not_of_the_samples() -> None:
    told = stratified([9, 1], [[1.0, 1.0], [11.0, 11.0, 11.0, 11.0]])
    assert told == Spread(2.0, 2.0, 2.0)


def test_more_scenes_narrow_the_interval_and_none_reaches_below_nothing() -> None:
    few, many = (stratified([1], [[0.1, 5.0] * times]) for times in (1, 20))
    assert few.mean == many.mean
    assert 0 < few.low < many.low < many.mean < many.high < few.high


def test_what_is_free_costs_nothing_and_one_scene_tells_no_spread() -> None:
    assert stratified([1], [[0.0, 0.0]]) == Spread(0.0, 0.0, 0.0)
    assert stratified([1], [[3.0]]) == Spread(3.0, 3.0, 3.0)


def test_figures_are_computed_with() -> None:
    spread = Spread(2.0, 1.0, 4.0)
    assert spread * 2 + 1 == Spread(5.0, 3.0, 9.0)
    assert spread.of(8) == Spread(4.0, 2.0, 8.0)
    assert Spread(0.0, 0.0, 0.0).of(8) == Spread(0.0, 0.0, 0.0)


@pytest.mark.parametrize("count", [2, 5])
def test_the_interval_of_one_recipe_is_students(count: int) -> None:
    values = [10.0, 12.0, 11.0, 13.0, 9.0][:count]
    told = stratified([1], [values])
    t = {2: 6.314, 5: 2.132}[count]
    error = np.std(values, ddof=1) / np.sqrt(count)
    assert np.log(told.high / told.mean) == pytest.approx(t * error / told.mean, rel=1e-3)
