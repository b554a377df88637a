"""Run: a row of modules along a wall, and the measures that all of it shares."""

from dataclasses import dataclass

from scenegen.recipes.room.shape import Span
from schemas.surface import Surface

MODULE_M = 0.6
DEEP_M = 0.56
TOP_M = (0.87, 0.91)
BLACK = Surface(finish="plastic", color=(0.03, 0.03, 0.035), roughness=0.12)


@dataclass(frozen=True)
class Run:
    """A row of counters: what each module holds, from x = 0 on, and where wall cupboards end."""

    modules: tuple[str, ...]
    high_m: float
    slim: bool
    """Grips are gaps between fronts, not bars."""

    def span(self, number: int) -> Span:
        """Returns the ends of a module."""
        start_m = (number - len(self.modules) / 2) * MODULE_M
        return start_m, start_m + MODULE_M

    @property
    def ends_m(self) -> Span:
        """Of the whole run."""
        return self.span(0)[0], self.span(len(self.modules) - 1)[1]

    def of(self, name: str) -> Span:
        """Returns the ends of the module that holds something."""
        return self.span(self.modules.index(name))
