"""A spec whose units are larger than is usual is told so, in one line; others say nothing."""

from ray_cluster.commands.unit_size import unit_size_line
from schemas.run_spec import RunSpec
from schemas.unit_size import largest_unit


def test_units_that_a_spec_names_are_held_against_the_estimate() -> None:
    spec = RunSpec(scenes=100_000)
    usual = largest_unit(spec)
    assert unit_size_line(spec) is None
    assert unit_size_line(spec.model_copy(update={"scenes_per_unit": usual})) is None
    line = unit_size_line(spec.model_copy(update={"scenes_per_unit": 20 * usual}))
    assert line is not None
    assert line.startswith(f"scenes_per_unit {20 * usual} makes units of about ")
    assert f"without it they would have {usual}" in line
    assert "\n" not in line


def test_a_scene_that_is_too_large_by_itself_is_told_of_too() -> None:
    line = unit_size_line(RunSpec(views_per_scene=1000))
    assert line is not None
    assert line.startswith("one scene makes units of about ")
    assert "fewer views_per_scene" in line
