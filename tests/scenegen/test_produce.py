"""From candidates to frames: the count is exact whatever the gates reject, and every rejection is told."""

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen import produce
from scenegen.analytic.stage import AnalyticStage, open_stage
from scenegen.produce import frames_of_unit
from scenegen.stage import OpenStage, Picture, Sighting, Stage
from schemas.errors import RenderError
from schemas.frame import Agreement, Outcome, Redrawn, Rejection, Shot
from schemas.run_record import CatalogLock, RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.scene_plan import ScenePlan, View
from schemas.unit import units_of
from tests.catalogs import catalog_of

CATALOG = catalog_of(name="builtin")
SPEC = RunSpec(
    recipe="primitives",
    catalog="builtin",
    scenes=2,
    views_per_scene=2,
    scenes_per_unit=2,
    render=RenderSpec(renderer="analytic"),
    camera=CameraSpec(width_px=48, height_px=32, spare_views=3),
)
RECORD = RunRecord(spec=SPEC, catalog_lock=CatalogLock(catalog="builtin", assets={}), versions={})
UNIT = units_of(SPEC)[0]

Spoil = Callable[[View, Picture], Picture]


@dataclass
class SpoiledStage:
    """The analytic stage, whose pictures of some views go wrong."""

    plan: ScenePlan
    stage: AnalyticStage
    spoil: Spoil

    @property
    def materials(self) -> tuple[str, ...]:
        return self.stage.materials

    def sight(self, view: View) -> Sighting:
        return self.stage.sight(view)

    def picture(self, view: View, sighting: Sighting) -> Picture:
        return self.spoil(view, self.stage.picture(view, sighting))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[ScenePlan], Spoil]], list[Outcome]]:
    """Returns what becomes of the unit when the pictures of its scenes are spoiled."""

    def run(spoil_of: Callable[[ScenePlan], Spoil]) -> list[Outcome]:
        def spoiled(plan: ScenePlan, catalog: Catalog, spec: RunSpec, threads: int) -> Stage:
            return SpoiledStage(plan, open_stage(plan, catalog, spec, threads), spoil_of(plan))

        def chosen(renderer: str) -> OpenStage:
            assert renderer == "analytic"
            return spoiled

        monkeypatch.setattr(produce, "open_stage_of", chosen)
        return list(frames_of_unit(RECORD, UNIT, CATALOG))

    return run


def black(picture: Picture) -> Picture:
    return replace(picture, rgb=np.zeros_like(picture.rgb))


def shots(outcomes: list[Outcome]) -> list[Shot]:
    return [outcome for outcome in outcomes if isinstance(outcome, tuple)]


def test_the_first_good_candidates_become_the_frames_in_order() -> None:
    found = shots(list(frames_of_unit(RECORD, UNIT, CATALOG)))
    assert [frame.frame_id for _, frame in found] == UNIT.frame_ids(SPEC)
    for plan, frame in found:
        assert frame.view == plan.views[frame.view.view_index]
        assert frame.verdicts
        assert all(verdict.passed for verdict in frame.verdicts)


def test_a_rejected_view_is_replaced_by_the_next_candidate(made: Callable[..., list[Outcome]]) -> None:
    outcomes = made(lambda plan: lambda view, picture: black(picture) if view.view_index == 0 else picture)
    found = shots(outcomes)
    assert [frame.frame_id for _, frame in found] == UNIT.frame_ids(SPEC)
    assert all(frame.view.view_index > 0 for _, frame in found)
    told = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    dark = [rejection for rejection in told if rejection.verdict.gate == "dark"]
    assert [(rejection.scene_index, rejection.view_index) for rejection in dark] == [(0, 0), (1, 0)]
    assert all(rejection.verdict.figure == 0.0 and rejection.shot is None for rejection in dark)


def test_a_frame_that_the_witness_denies_is_kept_aside_with_the_reason(made: Callable[..., list[Outcome]]) -> None:
    denied = Agreement(same_share=0.7, z_error_p999=0.2)
    outcomes = made(
        lambda plan: lambda view, picture: replace(picture, agreement=denied) if view.view_index == 1 else picture
    )
    kept = [outcome for outcome in outcomes if isinstance(outcome, Rejection) and outcome.shot is not None]
    assert [rejection.verdict.gate for rejection in kept] == ["witness_ids"] * 2
    assert [rejection.verdict.figure for rejection in kept] == [0.7] * 2
    assert all(rejection.shot[1].agreement == denied for rejection in kept if rejection.shot)
    assert len(shots(outcomes)) == len(UNIT.frame_ids(SPEC))


def test_a_scene_that_runs_out_of_candidates_is_drawn_anew(made: Callable[..., list[Outcome]]) -> None:
    def spoil(plan: ScenePlan) -> Spoil:
        spoils = plan.scene_index == 0 and plan.attempt == 0
        return lambda view, picture: black(picture) if spoils and view.view_index > 0 else picture

    outcomes = made(spoil)
    redrawn = [outcome for outcome in outcomes if isinstance(outcome, Redrawn)]
    assert redrawn == [Redrawn(scene_index=0, attempt=0, frames=1)]
    of_scene = list(_standing(outcomes))
    assert [frame.frame_id for _, frame in of_scene] == UNIT.frame_ids(SPEC)
    assert [plan.attempt for plan, _ in of_scene] == [1, 1, 0, 0]


def _standing(outcomes: list[Outcome]) -> Iterator[Shot]:
    """Yields the shots that no later redrawing makes void."""
    standing: list[Shot] = []
    for outcome in outcomes:
        if isinstance(outcome, Redrawn):
            del standing[len(standing) - outcome.frames :]
        elif isinstance(outcome, tuple):
            standing.append(outcome)
    yield from standing


def test_a_scene_that_is_never_good_ends_with_the_gates_that_stopped_it(made: Callable[..., list[Outcome]]) -> None:
    with pytest.raises(RenderError, match=r"scene 0 was drawn 8 times without enough good views; rejected by dark 32"):
        made(lambda plan: lambda view, picture: black(picture))


def test_no_view_is_rendered_once_those_that_are_left_cannot_be_enough(made: Callable[..., list[Outcome]]) -> None:
    looked_at: list[tuple[int, int]] = []

    def spoil(plan: ScenePlan) -> Spoil:
        def spoiled(view: View, picture: Picture) -> Picture:
            looked_at.append((plan.attempt, view.view_index))
            return black(picture) if plan.attempt == 0 else picture

        return spoiled

    made(spoil)
    candidates = SPEC.views_per_scene + SPEC.camera.spare_views
    last = candidates - SPEC.views_per_scene  # with it rejected, one candidate fewer than wanted is left
    assert max(view_index for attempt, view_index in looked_at if attempt == 0) == last


def test_the_buffers_of_a_frame_may_go_before_its_scene_is_done() -> None:
    alive: list[int] = []
    buffers: list[weakref.ref[object]] = []
    many = RECORD.model_copy(update={"spec": SPEC.model_copy(update={"views_per_scene": 6})})
    for outcome in frames_of_unit(many, UNIT, CATALOG):
        if isinstance(outcome, tuple):
            buffers.append(weakref.ref(outcome[1].gbuffer.normal_cam))
            alive.append(sum(buffer() is not None for buffer in buffers))
    assert len(alive) == 12
    assert max(alive) <= 2  # this frame, and perhaps the one before it


def test_the_same_unit_gives_the_same_frames() -> None:
    once, again = (shots(list(frames_of_unit(RECORD, UNIT, CATALOG))) for _ in range(2))
    for (plan, frame), (same_plan, same) in zip(once, again, strict=True):
        assert plan == same_plan
        assert np.array_equal(frame.rgb, same.rgb)
        assert np.array_equal(frame.gbuffer.z_depth_m, same.gbuffer.z_depth_m)
        assert frame.verdicts == same.verdicts
