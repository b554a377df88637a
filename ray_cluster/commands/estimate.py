"""`scenegen estimate`: some scenes of a spec are made here, and tell what the whole run takes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from ray_cluster.bars import bars
from ray_cluster.columns import column_lines
from ray_cluster.commands.described import described, spec_of
from ray_cluster.estimate import TABLES, Sampled, Terms, figures, sampled
from ray_cluster.sampling import Stratum, strata_of
from ray_cluster.spread import CONFIDENCE, Spread
from ray_cluster.trial import trial
from schemas.run_spec import RunSpec
from schemas.unit import units_of
from schemas.unit_size import MOST_BYTES, MOST_CORE_S, scenes_per_unit

_HEADS = ("what", "about", "from", "to")


@dataclass(frozen=True)
class Asked:
    """What the command line was told beside the spec."""

    terms: Terms
    scenes: int
    """To be made now, about."""
    frames: int | None = None
    """Of the run, where not as many as its spec says."""
    as_json: bool = False


def run(preset: str, changes: Sequence[str], asked: Asked) -> Iterator[str]:
    """Makes some scenes, with progress on stderr; yields the lines to print. Writes nothing that stays."""
    if asked.frames is not None:
        changes = [*changes, f"scenes={-(-asked.frames // spec_of(preset, changes).views_per_scene)}"]
    given = described(preset, changes)
    spec, terms = given.record.spec, asked.terms
    strata = strata_of(spec, asked.scenes)
    on_gpu = spec.render.device != "cpu"
    with bars() as progress, trial(given.record, given.location) as made:
        task = progress.add_task("frames", total=spec.views_per_scene * (1 + sum(len(each.scenes) for each in strata)))
        told = sampled(made, strata, on_gpu, lambda: progress.advance(task))
    found = figures(spec, told, terms, on_gpu)
    yield from [_as_json(spec, told, terms, found)] if asked.as_json else _lines(spec, told, terms, found, on_gpu)


def _as_json(spec: RunSpec, told: Sampled, terms: Terms, found: dict[str, Spread]) -> str:
    document = {
        "scenes": spec.scenes,
        "frames": spec.scenes * spec.views_per_scene,
        "units": len(units_of(spec)),
        "scenes_per_unit": scenes_per_unit(spec),
        "device": spec.render.device,
        "cores": terms.cores,
        "sampled": {stratum.recipe: _counted(told, stratum) for stratum in told.strata},
        "failed": told.failed,
        "loaded_core_s": round(told.loaded_s, 3),
        "confidence": CONFIDENCE,
        "figures": {name: asdict(spread) for name, spread in found.items()},
    }
    return json.dumps(document, indent=1)


def _counted(told: Sampled, stratum: Stratum) -> dict[str, float]:
    made = told.made[stratum.recipe]
    return {
        "share": round(stratum.share, 4),
        "scenes": len(made),
        "core_s_per_scene": round(sum(sum(each.costs.core_s.values()) for each in made) / len(made), 3),
    }


def _lines(spec: RunSpec, told: Sampled, terms: Terms, found: dict[str, Spread], on_gpu: bool) -> Iterator[str]:
    frames, units = spec.scenes * spec.views_per_scene, len(units_of(spec))
    core = "GPU" if on_gpu else "core"
    yield f"{frames:,} frames of {spec.scenes:,} scenes, in {units:,} units of {scenes_per_unit(spec)} scenes"
    yield ""
    heads = _heads(core, min(terms.cores, units), found["stored_bytes"].mean)
    rows = [_row(words, found[name] * factor) for name, (words, factor) in heads.items() if name in found]
    yield from column_lines(_HEADS, rows, figures=_HEADS[1:])
    yield ""
    yield from _notes(told, core)


def _heads(core: str, workers: int, stored_bytes: float) -> dict[str, tuple[str, float]]:
    """Returns the words for each figure, and what it is multiplied by."""
    unit, factor = ("GB", 1e-9) if stored_bytes >= 1e9 else ("MB", 1e-6)
    return {
        "frames_per_core_hour": (f"frames an hour, one {core}", 1),
        "frames_per_hour": (f"frames an hour, {workers} {core}{'s' if workers > 1 else ''}", 1),
        "hours": ("  hours", 1),
        "core_hours": (f"{core}-hours", 1),
        "stored_bytes": (f"storage, {unit}", factor),
        **{f"{table}_bytes": (f"  {table}/, {unit}", factor) for table in TABLES},
        "unit_core_s": (f"a unit, {core}-minutes (of {MOST_CORE_S / 60:.0f})", 1 / 60),
        "unit_bytes": (f"a unit, MB (of {MOST_BYTES / 1e6:.0f})", 1e-6),
        "price_of_computing": ("price of computing", 1),
        "price_of_storage_month": ("price of storage, a month", 1),
    }


def _row(words: str, spread: Spread) -> tuple[str, ...]:
    return (words, *(_figure(each) for each in (spread.mean, spread.low, spread.high)))


def _figure(value: float) -> str:
    """Returns three digits that count, and no more after the point than they ask for."""
    return "0" if value == 0 else f"{value:,.0f}" if value >= 1000 else f"{value:#.3g}".rstrip(".")


def _notes(told: Sampled, core: str) -> Iterator[str]:
    counts = ", ".join(f"{len(told.made[each.recipe])} of {each.recipe} ({each.share:.0%})" for each in told.strata)
    yield f"made here, by one worker with one {core}: scenes {counts}"
    yield f"from, to: where it lies with {CONFIDENCE:.0%} confidence, as those scenes differ"
    yield f"loading a process once: {told.loaded_s:.1f} s of the hours; a {core} that others use too takes longer"
    for reason in told.failed:
        yield f"a scene could not be made, and would cost its unit: {reason}"
