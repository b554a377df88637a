"""Kitchen: a run of counters along a wall, with sink, hob and oven, cupboards above it, and a refrigerator at its end.

A run is a row of modules; what stands in each is drawn.
"""

from scenegen.recipes.room.kitchen.placing import cooking

__all__ = ["cooking"]
