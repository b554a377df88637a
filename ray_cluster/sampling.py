"""Sampling: which scenes of a run stand for all. Of each recipe of the mix some, so that each is met.

Scenes are looked at evenly over the run, all of them in a run of 2,000 and fewer; a recipe that is in none of those is
left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.run_spec import RunSpec
from schemas.scene_draw import recipe_of

_LOOKED_AT = 2000
_FEWEST = 2
"""Of a recipe: one alone tells nothing of the spread."""


@dataclass(frozen=True)
class Stratum:
    """The scenes of one recipe."""

    recipe: str
    share: float
    """Of the run's scenes."""
    scenes: tuple[int, ...]
    """Those that stand for it."""


def strata_of(spec: RunSpec, count: int) -> list[Stratum]:
    """Returns about `count` scenes, shared out as the recipes share the run, with two at least of each if it has so
    many.
    """
    looked_at = evenly(range(spec.scenes), _LOOKED_AT)
    by_recipe: dict[str, list[int]] = defaultdict(list)
    for scene in looked_at:
        by_recipe[recipe_of(spec, scene)].append(scene)
    strata = []
    for recipe, scenes in sorted(by_recipe.items()):
        share = len(scenes) / len(looked_at)
        strata.append(Stratum(recipe, share, tuple(evenly(scenes, max(_FEWEST, round(share * count))))))
    return strata


def evenly(among: Sequence[int], count: int) -> list[int]:
    """Returns `count` members, or all where there are fewer, spread evenly."""
    if count >= len(among):
        return [*among]
    return [among[(2 * number + 1) * len(among) // (2 * count)] for number in range(count)]
