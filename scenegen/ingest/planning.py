"""Planning: the spec of an ingested run: one scene and one view for each frame, all of one split.

Frames of one source often show the same places, so splits are not drawn: a folder goes into one. Of the spec count
seed, tasks and what shapes triplets, pictures and gates; the rest stays at its defaults and says nothing.
"""

from collections import Counter
from collections.abc import Sequence

from render_configs.load import checked_spec
from render_configs.overrides import Tree, merge, parse_override
from scenegen.encoders import ENCODERS
from scenegen.ingest.survey import Size, Surveyed
from schemas.errors import InputError, SpecError, did_you_mean
from schemas.ingested import Ingested
from schemas.run_spec import RunSpec

SPEC_KEYS = ("seed", "tasks", "triplets_per_frame", "targets", "epoch", "image", "gates", "scenes_per_unit")
"""Keys of a spec that may be set."""
SPLITS = ("train", "val", "test")


def parted(source: str, overrides: Sequence[str]) -> tuple[Tree, Tree]:
    """Returns what overrides say of the source's files, and of the spec; raises SpecError."""
    changes: Tree = {}
    faults: list[str] = []
    for override in overrides:
        try:
            change = parse_override(override)
        except SpecError as error:
            faults += error.faults
            continue
        (key,) = change
        if key not in (*SPEC_KEYS, source):
            allowed = ", ".join((f"{source}.KEY", *SPEC_KEYS))
            faults.append(f"ingest can't change '{key}'{did_you_mean(key, (*SPEC_KEYS, source))}; it may set {allowed}")
        changes = merge(changes, change)
    if faults:
        raise SpecError(faults)
    said = changes.get(source, {})
    if not isinstance(said, dict):
        raise SpecError([f"{source}: must be a mapping, such as {source}.KEY=VALUE"])
    return said, {key: value for key, value in changes.items() if key != source}


def drafted(source: str, changes: Tree) -> RunSpec:
    """Returns a spec of one frame, which shows that changes are sound before a folder is read; raises SpecError."""
    return _checked(source, {"scenes": 1}, changes)


def planned(surveyed: Surveyed, changes: Tree, split: str) -> RunSpec:
    """Returns the spec of the frames that are taken; raises InputError for a task that none of them can answer."""
    ingested = surveyed.ingested
    given: Tree = {
        "scenes": surveyed.frames,
        "tasks": [task for task in ENCODERS if not _unanswered(task, ingested)],
        "splits": {name: float(name == split) for name in SPLITS},
        "camera": {"buckets": _buckets(surveyed.sizes)},
    }
    spec = _checked(ingested.source, given, changes)
    check_answerable(spec, ingested)
    return spec


def _checked(source: str, given: Tree, changes: Tree) -> RunSpec:
    tree: Tree = {"views_per_scene": 1, "recipe": source, "catalog": "none"}
    tree = {**tree, "render": {"renderer": source, "samples": 1}, **given}
    whole = merge(RunSpec().model_dump(mode="json"), tree)
    return checked_spec(merge(whole, changes), [], {"tasks": sorted(ENCODERS)})


def check_answerable(spec: RunSpec, ingested: Ingested) -> None:
    """Raises InputError where a task is asked that no frame can answer."""
    for task in spec.tasks:
        if lacking := _unanswered(task, ingested):
            raise InputError(f"no {ingested.source} frame here can answer {task}: they have no {', '.join(lacking)}")


def _unanswered(task: str, ingested: Ingested) -> list[str]:
    return [name for name in ENCODERS[task].needs if name in ingested.lacking]


def _buckets(sizes: Counter[Size]) -> list[dict[str, int]]:
    return [{"width_px": size[0], "height_px": size[1], "weight": count} for size, count in sorted(sizes.items())]
