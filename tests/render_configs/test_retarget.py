"""The spec of triplets that are encoded again: the targets change, what shaped the frames does not."""

import pytest

from render_configs.retarget import TARGET_KEYS, retargeted
from schemas.errors import SpecError
from schemas.run_spec import RunSpec

MEMBERS = {"tasks": ["depth", "normals", "semantic"]}
SPEC = RunSpec(seed=3, scenes=7, tasks=("depth", "normals"), triplets_per_frame={"depth": 2, "normals": 0.5}, epoch=4)


def faults_of(*overrides: str) -> tuple[str, ...]:
    with pytest.raises(SpecError) as caught:
        retargeted(SPEC, overrides, MEMBERS)
    return caught.value.faults


def test_without_a_change_only_the_frames_go() -> None:
    assert retargeted(SPEC, [], MEMBERS) == SPEC.model_copy(update={"keep_frames": False})


def test_a_change_changes_its_key_and_no_other() -> None:
    changed = retargeted(SPEC, ["targets.depth.exponent=-2.5", "epoch=5"], MEMBERS)
    assert (changed.targets.depth.exponent, changed.epoch) == (-2.5, 5)
    same = {"targets": SPEC.targets, "epoch": SPEC.epoch, "keep_frames": True}
    assert changed.model_copy(update=same) == SPEC


def test_counts_of_tasks_that_are_no_longer_asked_for_go() -> None:
    changed = retargeted(SPEC, ["tasks=[semantic, depth]", "triplets_per_frame.semantic=3"], MEMBERS)
    assert changed.tasks == ("semantic", "depth")
    assert changed.triplets_per_frame == {"depth": 2, "semantic": 3}


def test_a_count_that_is_given_must_be_of_a_task_that_is_asked_for() -> None:
    (fault,) = faults_of("tasks=[depth]", "triplets_per_frame.normals=3")
    assert "'normals', which is not among tasks: depth" in fault


@pytest.mark.parametrize("key", sorted(RunSpec.model_fields.keys() - set(TARGET_KEYS)))
def test_what_shapes_the_frames_is_refused(key: str) -> None:
    (fault,) = faults_of(f"{key}=0")
    assert fault.startswith(f"encode can't change '{key}'")
    assert fault.endswith("it may set tasks, triplets_per_frame, targets, epoch")


def test_every_fault_has_its_line_and_no_control_character() -> None:
    faults = faults_of("render.samples=1", "epoc=2", "tasks=[dept]", "epoch=-1", "x\x1b[31m=1", "y")
    words = ("render.samples", "'epoch'?", "x\\x1b[31m", "KEY=VALUE", "dept", "epoch: given -1")
    assert all(word in fault for word, fault in zip(words, faults, strict=True))
    assert all(fault.isprintable() for fault in faults)


@pytest.mark.parametrize("override", ["tasks=5", "tasks=depth", "tasks={a: 1}", "tasks=", "triplets_per_frame=2"])
def test_a_value_of_another_type_is_one_line(override: str) -> None:
    (fault,) = faults_of(override)
    assert fault.startswith(override.partition("=")[0])
