"""Pace: how long units take, as those of this run told; by it, when one hangs, and when one straggles.

Before the first are done a deadline is guessed from the spec, by the estimate of `unit_size`. Both bounds are generous,
since a deadline that is too short loses good units, and one that is too long costs one worker's time.
"""

from collections import deque
from statistics import median

from schemas.run_spec import RunSpec
from schemas.unit import Unit
from schemas.unit_size import scene_core_s

FLOOR_S = 300.0
"""Of a deadline: opening a large catalog, loading kernels for a GPU and compiling take their time too."""
_TIMES_MEDIAN = 20
_TIMES_ESTIMATE = 10
_LOOK_BACK = 256
"""Units whose times are kept."""
_FEWEST = 3
"""Units that make a median."""
_STRAGGLES_TIMES, _STRAGGLES_S = 3.0, 5.0


class Pace:
    """Seconds a scene, of the units that were made last."""

    def __init__(self, spec: RunSpec, deadline_s: float | None = None) -> None:
        """`deadline_s`: of every unit, where it is given."""
        self._spec = spec
        self._given_s = deadline_s
        self._taken: deque[float] = deque(maxlen=_LOOK_BACK)

    def add(self, unit: Unit, seconds: float) -> None:
        """Notes how long a unit took that was made."""
        self._taken.append(seconds / scenes_of(unit))

    def deadline_s(self, unit: Unit) -> float:
        """Returns after how many seconds a unit is presumed to hang."""
        if self._given_s is not None:
            return self._given_s
        usual_s = self._usual_s(unit)
        return FLOOR_S + (self._guessed_s(unit) if usual_s is None else _TIMES_MEDIAN * usual_s)

    def straggles(self, unit: Unit, seconds: float) -> bool:
        """Returns whether a unit that was begun so long ago takes far longer than others."""
        usual_s = self._usual_s(unit)
        return usual_s is not None and seconds > max(_STRAGGLES_S, _STRAGGLES_TIMES * usual_s)

    def _usual_s(self, unit: Unit) -> float | None:
        if len(self._taken) < _FEWEST:
            return None
        return median(self._taken) * scenes_of(unit)

    def _guessed_s(self, unit: Unit) -> float:
        views = self._spec.views_per_scene + self._spec.camera.spare_views
        every_view = self._spec.model_copy(update={"views_per_scene": views})
        return _TIMES_ESTIMATE * scene_core_s(every_view) * scenes_of(unit)


def scenes_of(unit: Unit) -> int:
    """Returns how many scenes a unit has."""
    return unit.scene_stop - unit.scene_start
