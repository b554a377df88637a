"""Every candidate before the last that became a frame is a frame or a rejection: nothing is skipped in silence."""

from collections.abc import Callable

import pytest

from scenegen.dataset.checks.scene_checks import Accepted, rejection_faults, replacement_faults, scene_faults
from scenegen.dataset.footer import RejectedView, UnitFooter
from schemas.frame import Rejection, Shot, Verdict
from schemas.run_spec import RunSpec
from schemas.triplet import Triplet
from schemas.unit import Unit

Faults = Callable[[], dict[str, str]]
UNIT = Unit(index=1, split="train", scene_start=4, scene_stop=8)


def rejected(attempt: int, view_index: int, scene_index: int = 4, gate: str = "near") -> RejectedView:
    return RejectedView(scene_index, attempt, view_index, gate, 0.5)


def faults_of(chosen: list[int], rejections: list[RejectedView], attempt: int = 0) -> list[str]:
    accepted = [Accepted("{}", attempt, index, ((1, "wood"),)) for index in chosen]
    return scene_faults(RunSpec(views_per_scene=len(chosen)), accepted, rejections)


@pytest.mark.parametrize(
    ("chosen", "rejections", "attempt"),
    [
        ([0, 1], [], 0),
        ([0, 3], [rejected(0, 1), rejected(0, 2)], 0),
        ([1], [rejected(0, 0)], 0),
        ([0, 1], [*(rejected(0, index) for index in range(8))], 1),
        ([1, 2], [*(rejected(0, index) for index in (0, 1, 3)), rejected(1, 0)], 1),
        ([0, 1], [], 16),
        ([0, 1], [rejected(8, 0)], 9),
    ],
)
def test_the_first_that_passed_are_its_frames(chosen: list[int], rejections: list[RejectedView], attempt: int) -> None:
    assert faults_of(chosen, rejections, attempt) == []


@pytest.mark.parametrize(
    ("chosen", "rejections", "attempt", "complaint"),
    [
        ([0, 3], [rejected(0, 2)], 0, "candidates [1] became neither frame nor rejection"),
        ([2, 3], [], 0, "candidates [0, 1] became neither"),
        ([0, 1], [rejected(0, 1)], 0, "candidates [1] became frames and rejections"),
        ([0, 1], [rejected(0, 5)], 0, "candidates [5] were rejected behind the last that became a frame, 1"),
        ([1, 0], [], 0, "candidates [1, 0] became its frames, they must rise"),
        ([1, 1], [rejected(0, 0)], 0, "must rise"),
        ([0, 1], [rejected(1, 0)], 0, "has rejections of attempts [1], its frames are of attempt 0"),
        ([0, 1], [rejected(7, 0)], 8, "has rejections of attempts [7], its frames are of attempt 8"),
        ([0, 1], [rejected(0, 2)], 1, "attempt 0 was given up although 2 of its candidates passed"),
    ],
)
def test_what_was_skipped_doubled_or_misplaced_is_named(
    chosen: list[int], rejections: list[RejectedView], attempt: int, complaint: str
) -> None:
    found = faults_of(chosen, rejections, attempt)
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("replaced", "full_count", "complaint"),
    [
        (((3, 1),), True, "scenes [3] are replaced, which are not of this unit"),
        (((4, 1),), False, "the spec does not ask for a full count"),
        (((4, 4),), True, "1 to 3 times"),
        (((4, 0),), True, "1 to 3 times"),
        (((5, 1), (4, 1)), True, "not in order"),
        (((4, 1), (4, 2)), True, "each once"),
    ],
)
def test_scenes_that_cannot_have_been_replaced_are_named(
    replaced: tuple[tuple[int, int], ...], full_count: bool, complaint: str
) -> None:
    found = replacement_faults(RunSpec(full_count=full_count), UNIT.as_made(replaced))
    assert len(found) == 1
    assert complaint in found[0]
    assert replacement_faults(RunSpec(full_count=True), UNIT.as_made(((4, 3), (7, 1)))) == []


def test_frames_of_several_plans_or_materials_are_named() -> None:
    spec = RunSpec(views_per_scene=2)
    one, other = (Accepted(plan, 0, index, ()) for index, plan in enumerate(("{}", "{ }")))
    assert scene_faults(spec, [one, other], []) == ["its frames are of several plans"]
    wood, steel = (Accepted("{}", 0, index, ((1, name),)) for index, name in enumerate(("wood", "steel")))
    assert scene_faults(spec, [wood, steel], []) == ["its frames name materials [1] otherwise than each other"]


@pytest.mark.parametrize(
    ("rejections", "complaint"),
    [
        ([rejected(0, 0, gate="mood")], "gates that are unknown here: mood"),
        ([rejected(0, 0, scene_index=8)], "of scenes [8], which are not of this unit"),
        ([rejected(0, 1), rejected(0, 0)], "not in order, each once"),
        ([rejected(0, 1), rejected(0, 1)], "not in order, each once"),
        ([rejected(0, -1)], "not in order, each once"),
    ],
)
def test_rejections_that_can_not_be_are_named(rejections: list[RejectedView], complaint: str) -> None:
    footer = UnitFooter(unit=UNIT, run_digest="", versions={}, rows=0, rejections=tuple(rejections))
    found = rejection_faults(footer, UNIT)
    assert len(found) == 1
    assert complaint in found[0]


def test_a_rejection_left_out_of_the_commit_record_names_the_scene(
    faults: Faults, stored_triplets: list[Triplet], write_triplets: Callable[..., None], footer: UnitFooter
) -> None:
    write_triplets(stored_triplets, rejections=footer.rejections[1:])
    assert faults() == {"scene-00000000": "candidates [1] became neither frame nor rejection\n"}


def test_frames_of_another_order_of_candidates_name_the_scene(
    recommit: Callable[..., None], shots: list[Shot], rejections: list[Rejection], faults: Faults
) -> None:
    again = Rejection(0, 0, 2, Verdict("dark", 0.0, passed=False))
    recommit(shots, [rejections[0], again, *rejections[1:]])
    assert faults() == {"scene-00000000": "candidates [2] became frames and rejections\n"}
