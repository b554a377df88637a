"""The size of a unit: within its limits by the estimate, the same everywhere, and small runs have units enough."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.run_spec import Bucket, CameraSpec, ImageSpec, RenderSpec, RunSpec
from schemas.unit import units_of
from schemas.unit_size import (
    FEWEST_UNITS,
    MOST_BYTES,
    MOST_CORE_S,
    largest_unit,
    scene_bytes,
    scene_core_s,
    scenes_per_unit,
)

LARGE = RunSpec(scenes=1_000_000)


@given(
    st.integers(1, 1_000_000),
    st.integers(1, 1000),
    st.sampled_from([16, 64, 512, 2048]),
    st.integers(1, 4096),
    st.booleans(),
)
def test_a_unit_is_within_both_limits_and_none_could_be_larger(
    scenes: int, views: int, side_px: int, samples: int, keep_frames: bool
) -> None:
    spec = RunSpec(
        scenes=scenes,
        views_per_scene=views,
        camera=CameraSpec(width_px=side_px, height_px=side_px),
        render=RenderSpec(samples=samples),
        keep_frames=keep_frames,
    )

    def is_within(size: int) -> bool:
        is_small = size * scene_core_s(spec) <= MOST_CORE_S and size * scene_bytes(spec) <= MOST_BYTES
        return is_small and size * FEWEST_UNITS <= scenes

    size = scenes_per_unit(spec)
    assert is_within(size) or size == 1
    assert not is_within(size + 1)


def test_a_small_run_has_a_unit_for_each_scene_and_a_larger_one_64_at_least() -> None:
    assert len(units_of(RunSpec(scenes=4))) == 4
    assert len(units_of(RunSpec(scenes=100))) == 100
    assert len(units_of(RunSpec(scenes=200))) == 67
    assert sum(unit.scene_stop - unit.scene_start for unit in units_of(RunSpec(scenes=200))) == 200


def test_what_a_spec_says_of_its_units_is_what_it_gets() -> None:
    assert scenes_per_unit(LARGE.model_copy(update={"scenes_per_unit": 5000})) == 5000


def test_more_of_anything_makes_units_no_larger() -> None:
    more = (
        {"views_per_scene": 4},
        {"camera": CameraSpec(width_px=1024, height_px=1024)},
        {"camera": CameraSpec(buckets=(Bucket(width_px=512, height_px=512), Bucket(width_px=2048, height_px=512)))},
        {"triplets_per_frame": {"depth": 30}},
    )
    for update in more:
        assert largest_unit(LARGE.model_copy(update=update)) < largest_unit(LARGE)
    slow = LARGE.model_copy(update={"render": RenderSpec(samples=256)})
    assert largest_unit(slow) < largest_unit(LARGE)


def test_less_to_store_makes_units_larger_where_bytes_are_what_binds() -> None:
    quick = LARGE.model_copy(update={"render": RenderSpec(samples=1)})
    for update in ({"keep_frames": False}, {"image": ImageSpec(format="jpeg")}, {"tasks": ("depth",)}):
        assert largest_unit(quick.model_copy(update=update)) > largest_unit(quick)
