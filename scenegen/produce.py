"""Producing: a unit's scenes are planned, built, measured, judged and photographed, one view after another.

Of a scene's candidates the first that pass all gates become its frames, so their count is exact and the same for the
same spec. What can be judged by the exact buffers is judged before any path is traced. A scene whose candidates run out
is drawn anew, as a whole. One that was replaced is drawn by seeds behind those that it had.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_locked
from scenegen.flaws import flawed
from scenegen.gates import AFTER, judge_picture, judge_sighting
from scenegen.gates.thumbnail import Thumbnail, thumbnail
from scenegen.recipes import plan_scene
from scenegen.renderers import open_stage_of
from scenegen.stage import Stage
from schemas.errors import RenderError
from schemas.frame import Frame, Outcome, Redrawn, Rejection, Shot, Verdict, frame_id
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, View
from schemas.seeds import ATTEMPTS, rng_for
from schemas.unit import FramesOfUnit, Unit


def open_frames(record: RunRecord, location: str, threads: int) -> FramesOfUnit:
    """Opens the catalog at `location`, which must be that of the record; raises CatalogError where it is not.

    What it returns plans and renders; see `frames_of_unit`.
    """
    catalog = open_locked(record.catalog_lock, location)
    return lambda unit: frames_of_unit(record, unit, catalog, threads)


def frames_of_unit(record: RunRecord, unit: Unit, catalog: Catalog, threads: int = 0) -> Iterator[Outcome]:
    """Yields every frame of the unit with the plan of its scene, in the order of `Unit.frame_ids`, and all rejections.

    `threads`: of the renderer, 0 means all cores; no byte depends on them. Raises RenderError for a scene that has too
    few good views however often it is drawn.
    """
    for scene_index in range(unit.scene_start, unit.scene_stop):
        yield from _frames_of_scene(record.spec, scene_index, unit, catalog, threads)


def _frames_of_scene(spec: RunSpec, scene_index: int, unit: Unit, catalog: Catalog, threads: int) -> Iterator[Outcome]:
    open_stage = open_stage_of(spec.render.renderer)
    gates: Counter[str] = Counter()
    first = ATTEMPTS * unit.times_replaced(scene_index)
    for attempt in range(first, first + ATTEMPTS):
        plan = plan_scene(spec, scene_index, unit.split, catalog, attempt)
        frames = 0
        for outcome in accepted(plan, open_stage(plan, catalog, spec, threads), spec):
            yield outcome
            if isinstance(outcome, Rejection):
                gates[outcome.verdict.gate] += 1
            else:
                frames += 1
        if frames == spec.views_per_scene:
            return
        yield Redrawn(scene_index, attempt, frames)
    found = ", ".join(f"{gate} {count} times" for gate, count in gates.most_common())
    raise RenderError(f"scene {scene_index} was drawn {ATTEMPTS} times without enough good views; rejected by {found}")


def accepted(plan: ScenePlan, stage: Stage, spec: RunSpec) -> Iterator[Shot | Rejection]:
    """Yields the frames of the plan's first good candidates, up to `spec.views_per_scene`, and the rejections.

    It ends where there are enough, and where those that are left can't be enough: no path is traced for nothing.
    """
    shown: list[Thumbnail] = []
    for number, view in enumerate(plan.views):
        lacking = spec.views_per_scene - len(shown)
        if not 0 < lacking <= len(plan.views) - number:
            return
        outcome = _judged(plan, view, stage, spec, shown)
        yield outcome
        if not isinstance(outcome, Rejection):
            shown.append(thumbnail(outcome[1].gbuffer))


def _judged(plan: ScenePlan, view: View, stage: Stage, spec: RunSpec, shown: Sequence[Thumbnail]) -> Shot | Rejection:
    sighting = stage.sight(view)
    before = judge_sighting(sighting, view, plan, spec.gates, shown)
    if failed := _first_failed(before):
        return Rejection(plan.scene_index, plan.attempt, view.view_index, failed)
    picture = stage.picture(view, sighting)
    after = judge_picture(picture, spec.gates)
    frame = Frame(
        frame_id=frame_id(plan.scene_index, len(shown)),
        view=view,
        rgb=flawed(picture.rgb, view.flaws, rng_for(plan.seed, "flaws", view.view_index, "noise")),
        gbuffer=sighting.gbuffer,
        materials=stage.materials,
        agreement=picture.agreement,
        verdicts=(*before, *after),
    )
    if failed := _first_failed(after):
        kept = (plan, frame) if AFTER[failed.gate].sets_aside else None
        return Rejection(plan.scene_index, plan.attempt, view.view_index, failed, kept)
    return plan, frame


def _first_failed(verdicts: Sequence[Verdict]) -> Verdict | None:
    return next((verdict for verdict in verdicts if not verdict.passed), None)
