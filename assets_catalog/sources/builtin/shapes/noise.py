"""Noise: smooth random values in space, summed over octaves (value noise on a lattice that repeats, Perlin 1985)."""

import numpy as np
from jaxtyping import Float64

_LATTICE = 16


def fractal(
    rng: np.random.Generator, points_m: Float64[np.ndarray, "n 3"], cell_m: float, octaves: int = 4
) -> Float64[np.ndarray, " n"]:
    """Returns a value, about -1 to 1, for each point; the largest bumps are `cell_m` apart."""
    total = np.zeros(len(points_m))
    for octave in range(octaves):
        lattice = rng.uniform(-1, 1, size=(_LATTICE, _LATTICE, _LATTICE))
        total += 0.5**octave * _between(lattice, points_m * (2.0**octave / cell_m) + rng.uniform(0, _LATTICE, size=3))
    return total


def _between(lattice: Float64[np.ndarray, "s s s"], at: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, " n"]:
    low = np.floor(at).astype(np.int64)
    share = at - low
    share = share * share * (3 - 2 * share)
    total = np.zeros(len(at))
    for corner in np.ndindex(2, 2, 2):
        weight = np.where(np.array(corner), share, 1 - share).prod(axis=1)
        total += weight * lattice[tuple(((low + np.array(corner)) % _LATTICE).T)]
    return total
