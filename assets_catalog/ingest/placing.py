"""Placing: where a model belongs, and how high it hangs."""

from assets_catalog.ingest.candidate import Facts
from assets_catalog.record import Placement
from assets_catalog.taxonomy import AssetClass
from schemas.geometry import Vec3

_HUNG_FROM_M = 0.05
"""What is stated to be this high above the floor hangs there."""


def placement_of(facts: Facts, size_m: Vec3, asset_class: AssetClass) -> Placement:
    """Returns what is stated, else the class's place, but for things that hang and things too large for a surface."""
    if facts.placement is not None:
        return facts.placement
    if asset_class.placement in ("floor", "surface") and (facts.elevation_m or 0.0) >= _HUNG_FROM_M:
        return "wall"
    too_large = size_m[2] > asset_class.on_surface_up_to_m or max(size_m[:2]) > asset_class.on_surface_wide_m
    return "floor" if asset_class.placement == "surface" and too_large else asset_class.placement


def elevation_m(facts: Facts, placement: Placement, asset_class: AssetClass) -> float:
    """Returns the height of the bottom of what hangs on a wall, 0 for all else."""
    return max(facts.elevation_m or asset_class.elevation_m, 0.0) if placement == "wall" else 0.0
