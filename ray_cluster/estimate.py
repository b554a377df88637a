"""Estimate: what a run will take, told from some scenes of it that were made here.

All is counted by the scene: processor time as the ledger has it (of a GPU, the time that it was had for), bytes by
table. What a process loads once, told by the first scene made twice, is added for each process of the run; what a unit
and its files have beside their scenes, told by one without any, for each unit. Ray and the driver are not in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ray_cluster.limits import WorkerLimits
from ray_cluster.sampling import Stratum
from ray_cluster.spread import Spread, stratified
from ray_cluster.trial import Made, NotMade, Trial
from schemas.errors import RenderError
from schemas.run_spec import RunSpec
from schemas.unit import units_of
from schemas.unit_size import scenes_per_unit

_HOUR_S = 3600.0
TABLES = ("triplets", "frames", "failures")


@dataclass(frozen=True)
class Terms:
    """What is asked beside the run itself."""

    cores: int
    """Workers at most, with a core each, or a GPU."""
    price_core_hour: float | None = None
    price_gb_month: float | None = None


@dataclass
class Sampled:
    """What was made."""

    strata: Sequence[Stratum]
    made: dict[str, list[Made]] = field(default_factory=dict)
    """By recipe."""
    failed: list[str] = field(default_factory=list)
    """Why scenes could not be made."""
    loaded_s: float = 0.0
    """What a process takes once."""
    unit_s: float = 0.0
    """What a unit takes beside its scenes."""
    empty_bytes: Mapping[str, int] = field(default_factory=dict)
    """Of a unit's files without rows, by table."""


def sampled(trial: Trial, strata: Sequence[Stratum], on_gpu: bool, on_frame: Callable[[], None]) -> Sampled:
    """Makes the scenes of all strata; raises RenderError where none of a recipe can be made."""
    told = Sampled(strata, empty_bytes=trial.empty_bytes)
    first = trial.make(strata[0].scenes[0], on_frame)
    if isinstance(none := trial.make_none(strata[0].scenes[0]), Made):
        told.unit_s = seconds_of(none, on_gpu)
    for stratum in strata:
        tried = [trial.make(scene, on_frame) for scene in stratum.scenes]
        told.made[stratum.recipe] = [each for each in tried if isinstance(each, Made)]
        told.failed += [each.reason for each in tried if isinstance(each, NotMade)]
        if not told.made[stratum.recipe]:
            raise RenderError(f"of {len(tried)} scenes of {stratum.recipe} none could be made: {told.failed[-1]}")
        if stratum is strata[0] and isinstance(first, Made) and isinstance(tried[0], Made):
            told.loaded_s = max(0.0, seconds_of(first, on_gpu) - seconds_of(tried[0], on_gpu))
    return told


def seconds_of(made: Made, on_gpu: bool) -> float:
    """Returns what a scene took of what is paid for: a core's time, or the time a GPU was had for."""
    return made.costs.wall_s if on_gpu else sum(made.costs.core_s.values())


def figures(spec: RunSpec, told: Sampled, terms: Terms, on_gpu: bool) -> dict[str, Spread]:
    """Returns what the run takes, by name; money only where there is a price."""
    units, per_unit, frames = len(units_of(spec)), scenes_per_unit(spec), spec.scenes * spec.views_per_scene
    workers = min(terms.cores, units)
    processes = max(workers, -(-spec.scenes // WorkerLimits.scenes))
    scene_s = _of_scene(told, lambda made: max(0.0, seconds_of(made, on_gpu) - told.unit_s))
    core_hours = (scene_s * spec.scenes + told.unit_s * units + told.loaded_s * processes) * (1 / _HOUR_S)
    stored = {table: _stored(told, (table,), spec.scenes, units) for table in TABLES}
    every = _stored(told, TABLES, spec.scenes, units)
    found = {
        "frames_per_core_hour": core_hours.of(frames),
        "frames_per_hour": (core_hours * (1 / workers)).of(frames),
        "hours": core_hours * (1 / workers),
        "core_hours": core_hours,
        "stored_bytes": every,
        **{f"{table}_bytes": stored[table] for table in TABLES},
        "unit_core_s": scene_s * per_unit + told.unit_s,
        "unit_bytes": _stored(told, TABLES, per_unit, 1),
    }
    if terms.price_core_hour is not None:
        found["price_of_computing"] = core_hours * terms.price_core_hour
    if terms.price_gb_month is not None:
        found["price_of_storage_month"] = every * (terms.price_gb_month / 1e9)
    return found


def _stored(told: Sampled, tables: Sequence[str], scenes: int, units: int) -> Spread:
    rows = _of_scene(told, lambda made: sum(made.stored_bytes.get(table, 0) for table in tables))
    return rows * scenes + units * sum(told.empty_bytes.get(table, 0) for table in tables)


def _of_scene(told: Sampled, measure: Callable[[Made], float]) -> Spread:
    shares = [stratum.share for stratum in told.strata]
    return stratified(shares, [[measure(made) for made in told.made[stratum.recipe]] for stratum in told.strata])
