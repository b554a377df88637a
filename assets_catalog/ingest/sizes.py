"""How large a model is: what is stated, else the unit of its file, else what is usual for its class.

A unit is believed when the longest side it gives lies within a factor of TOLERANCE of what is usual. One that does not
may be another unit's by mistake, as of a glTF file in centimetres: of MISTAKEN the one is taken that brings the longest
side into the usual range itself; where none or several do, the model is refused. What the user states is not doubted.
"""

import numpy as np
from jaxtyping import Float64

from assets_catalog.ingest.candidate import Facts
from assets_catalog.record import ScaleOrigin
from assets_catalog.taxonomy import AssetClass, SizePrior
from schemas.errors import AssetError

TOLERANCE = 3.0
MISTAKEN = (0.01, 0.001, 0.0254)
"""Centimetres, millimetres and inches that were taken for metres."""
LONGEST_M = 200.0
SHORTEST_M = 1e-3
"""Of the longest side of any model."""
_PRIOR_SLACK = 0.1
"""Added to the width of a prior, in powers of e, lest a very narrow one decide alone."""

Scale = Float64[np.ndarray, "3"]
"""Metres per unit, along each axis."""


def metres_per_unit(
    sides: Float64[np.ndarray, "3"], facts: Facts, file_unit_m: float | None, asset_class: AssetClass
) -> tuple[Scale, ScaleOrigin]:
    """Returns the scale of a model whose box has these sides, and who says so. Raises AssetError for an absurd size."""
    scale, origin = _scale(sides, facts, file_unit_m, asset_class)
    longest_m = float((sides * scale).max())
    if not (np.isfinite(scale).all() and (scale > 0).all() and SHORTEST_M <= longest_m <= LONGEST_M):
        raise AssetError(f"would be {_shown(sides * scale)} m: its longest side may have {SHORTEST_M} to {LONGEST_M} m")
    return scale, origin


def _scale(
    sides: Float64[np.ndarray, "3"], facts: Facts, file_unit_m: float | None, asset_class: AssetClass
) -> tuple[Scale, ScaleOrigin]:
    if facts.size_m is not None:
        return _along_each(sides, np.array(facts.size_m, dtype=np.float64)), "stated"
    if facts.height_m is not None:
        if sides[2] == 0:
            raise AssetError(f"is flat, and can't be made {facts.height_m} m high")
        return np.full(3, facts.height_m / sides[2]), "stated"
    if facts.meters_per_unit is not None:
        return np.full(3, facts.meters_per_unit), "stated"
    if file_unit_m is not None:
        return _by_file(sides, file_unit_m, asset_class)
    return np.full(3, _usual_unit_m(sides, asset_class.size)), "prior"


def _along_each(sides: Float64[np.ndarray, "3"], size_m: Float64[np.ndarray, "3"]) -> Scale:
    """Returns the scale that gives the sides their length; a flat model stays flat."""
    scale = np.divide(size_m, sides, out=np.ones(3), where=sides > 0)
    return np.where(np.abs(scale - 1.0) < 1e-6, 1.0, scale)


def _by_file(sides: Float64[np.ndarray, "3"], unit_m: float, asset_class: AssetClass) -> tuple[Scale, ScaleOrigin]:
    low_m, high_m = max(asset_class.size.low_m), max(asset_class.size.high_m)
    longest_m = float(sides.max()) * unit_m
    if low_m / TOLERANCE <= longest_m <= high_m * TOLERANCE:
        return np.full(3, unit_m), "file"
    fitting = [factor for factor in MISTAKEN if low_m <= longest_m * factor <= high_m]
    if len(fitting) == 1:
        return np.full(3, unit_m * fitting[0]), "prior"
    usual = f"the longest side of a {asset_class.name} is usually {low_m:g} to {high_m:g} m"
    raise AssetError(f"would be {_shown(sides * unit_m)} m by the unit of its file, and {usual}: state its size")


def _usual_unit_m(sides: Float64[np.ndarray, "3"], prior: SizePrior) -> float:
    """Returns the unit that brings the sides nearest to the middle of what is usual, where that is narrow above all."""
    low, high = np.log(prior.low_m), np.log(prior.high_m)
    weight = np.where(sides > 0, 1.0 / (high - low + _PRIOR_SLACK) ** 2, 0.0)
    middle = (low + high) / 2
    offset = middle - np.log(np.where(sides > 0, sides, 1.0))
    return float(np.exp((weight * offset).sum() / weight.sum()))


def _shown(size_m: Float64[np.ndarray, "3"]) -> str:
    return " x ".join(f"{side:.3g}" for side in size_m)
