"""Prints: what is printed stays on its sheet, lies on the surface that bears it, and can be told from the paper."""

from itertools import combinations

import numpy as np
import pytest

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes.prints import (
    Print,
    around,
    draw_columns,
    draw_letter,
    draw_print,
    draw_title,
    on_front,
    on_top,
)
from schemas.seeds import rng_for

PAPER = AssetMaterial(name="paper:white", color=(0.9, 0.9, 0.88))
SIZE_M = (0.14, 0.21)


def prints(seed: int) -> list[Print]:
    def rng(name: str) -> np.random.Generator:
        return rng_for(seed, name)

    return [
        draw_print(rng("pack"), SIZE_M),
        draw_title(rng("title"), SIZE_M, PAPER),
        draw_columns(rng("columns"), SIZE_M, PAPER),
        draw_letter(rng("letter"), SIZE_M, PAPER),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_printed_stays_on_its_sheet(seed: int) -> None:
    for each in prints(seed):
        for patch in each.patches:
            assert patch.low[0] < patch.high[0]
            assert patch.low[1] < patch.high[1]
            assert patch.low[0] >= -1e-9
            assert patch.high[0] <= SIZE_M[0] + 0.012
            assert patch.low[1] >= -1e-9
            assert patch.high[1] <= SIZE_M[1] + 0.003
            assert 0 < patch.ink < len(each.inks)


@pytest.mark.parametrize("seed", range(8))
def test_letters_and_bands_are_seen_on_the_paper(seed: int) -> None:
    paper, letters, band, _ = draw_print(rng_for(seed, "pack"), SIZE_M).inks
    assert all(np.abs(np.subtract(a.color, b.color)).max() > 0.06 for a, b in combinations((paper, letters, band), 2))


def test_a_print_lies_on_its_plane_and_looks_away_from_it() -> None:
    front = draw_print(rng_for(1, "pack"), SIZE_M)
    for _, solids in front.layers(on_front(SIZE_M[0], 0.01, -0.03), 1.0):
        for solid in solids:
            x, y, z = solid.vertices_m.T
            assert np.abs(x).max() <= SIZE_M[0] / 2 + 1e-9
            assert (y.min(), z.min()) >= (-0.0325, 0.01)
            assert -0.03 < y.max() < -0.029
    for _, solids in front.layers(on_top(*SIZE_M, 0.02), 1.0):
        for solid in solids:
            assert 0.02 < solid.vertices_m[:, 2].max() < 0.0225


def test_a_label_follows_its_cylinder() -> None:
    radius = 0.04
    label = draw_print(rng_for(2, "pack"), (2.2 * radius, 0.08))
    for _, solids in label.layers(around(2.2 * radius, 0.0, radius), 0.15 * radius):
        for solid in solids:
            reach = np.hypot(*solid.vertices_m[:, :2].T)
            assert reach.max() < radius + 0.0015
            assert reach.min() > radius - 0.0015
            assert (solid.vertices_m[:, 1] < 0.45 * radius).all()
