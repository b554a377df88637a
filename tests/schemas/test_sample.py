"""Samples: how often each task is asked of a frame."""

from collections import Counter

from schemas.run_spec import RunSpec
from schemas.sample import samples_of
from schemas.seeds import seed_for

FRAMES = [f"scene-{index:08d}-view-00" for index in range(4000)]


def test_each_task_is_asked_once_where_nothing_else_is_said() -> None:
    samples = samples_of(RunSpec(seed=3, tasks=("normals", "depth")), FRAMES[1])
    assert [sample.sample_id for sample in samples] == [f"{FRAMES[1]}-normals-0", f"{FRAMES[1]}-depth-0"]
    assert samples[1].seed == seed_for(3, FRAMES[1], "depth", 0, 0)


def test_fractions_hold_on_average_and_whole_parts_in_every_frame() -> None:
    wanted = {"depth": 0.25, "normals": 0.0, "semantic": 2.5}
    spec = RunSpec(tasks=("depth", "normals", "semantic", "instance"), triplets_per_frame=wanted)
    counts = [Counter(sample.task for sample in samples_of(spec, frame)) for frame in FRAMES]
    totals = sum(counts, Counter[str]())
    assert abs(totals["depth"] / len(FRAMES) - 0.25) < 0.03
    assert abs(totals["semantic"] / len(FRAMES) - 2.5) < 0.03
    assert totals["normals"] == 0
    assert {count["semantic"] for count in counts} == {2, 3}
    assert {count["instance"] for count in counts} == {1}


def test_no_two_samples_share_a_name_or_a_seed() -> None:
    spec = RunSpec(triplets_per_frame={"semantic": 3, "referring": 2})
    samples = [sample for frame in FRAMES[:200] for sample in samples_of(spec, frame)]
    assert len({sample.sample_id for sample in samples}) == len({sample.seed for sample in samples}) == len(samples)


def test_another_epoch_draws_anew_and_another_task_beside_it_changes_nothing() -> None:
    spec, later = (RunSpec(triplets_per_frame={"depth": 0.5}, epoch=epoch) for epoch in (0, 1))
    alone = RunSpec(tasks=("depth",), triplets_per_frame={"depth": 0.5})
    first, second = ([samples_of(each, frame) for frame in FRAMES[:100]] for each in (spec, later))
    assert {one.seed for samples in first for one in samples}.isdisjoint(one.seed for row in second for one in row)
    assert [len(samples) for samples in first] != [len(samples) for samples in second]
    depth = [tuple(one for one in samples if one.task == "depth") for samples in first]
    assert depth == [samples_of(alone, frame) for frame in FRAMES[:100]]
