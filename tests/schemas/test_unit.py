"""Units: how scenes are dealt to files."""

from schemas.run_spec import RunSpec, SplitSpec
from schemas.unit import Unit, units_of


def test_units_cover_every_scene_once_and_the_last_may_be_short() -> None:
    units = units_of(RunSpec(scenes=10, scenes_per_unit=4))
    assert [(unit.scene_start, unit.scene_stop) for unit in units] == [(0, 4), (4, 8), (8, 10)]
    assert [unit.index for unit in units] == [0, 1, 2]


def test_frames_are_named_in_order_of_scene_and_view() -> None:
    spec = RunSpec(scenes=2, scenes_per_unit=2, views_per_scene=2)
    assert units_of(spec)[0].frame_ids(spec) == [
        "scene-00000000-view-00",
        "scene-00000000-view-01",
        "scene-00000001-view-00",
        "scene-00000001-view-01",
    ]


def test_paths_are_pure_functions_of_the_plan_and_the_content() -> None:
    unit = units_of(RunSpec())[2]
    assert unit.triplets_path == "triplets/train/unit-00000002.parquet"
    assert unit.frames_path("ab" * 32) == "frames/train/unit-00000002-abababababababab.parquet"
    assert unit.set_aside_path("ab" * 32) == "failures/train/unit-00000002-abababababababab.parquet"


def test_splits_follow_their_shares_and_a_unit_keeps_its_split_when_the_run_grows() -> None:
    shares = SplitSpec(train=0.8, val=0.15, test=0.05)
    small, large = (units_of(RunSpec(scenes=count, scenes_per_unit=1, splits=shares)) for count in (500, 4000))
    assert [unit.split for unit in small] == [unit.split for unit in large[:500]]
    share = {name: sum(unit.split == name for unit in large) / 4000 for name in ("train", "val", "test")}
    assert abs(share["train"] - 0.8) < 0.03
    assert abs(share["val"] - 0.15) < 0.03


def test_a_split_without_a_share_gets_no_unit() -> None:
    assert {unit.split for unit in units_of(RunSpec(scenes=3000, scenes_per_unit=1))} == {"train"}
    shares = SplitSpec(train=1.0 - 1e-10, val=0.0, test=1e-10)
    assert "val" not in {unit.split for unit in units_of(RunSpec(scenes=3000, scenes_per_unit=1, splits=shares))}


def test_units_are_made_when_they_are_asked_for() -> None:
    units = units_of(RunSpec(scenes=1_000_000, scenes_per_unit=1))
    assert len(units) == 1_000_000
    assert units[-1].index == 999_999
    assert [unit.index for unit in units[10:16:2]] == [10, 12, 14]
    left = units.without({0, 2, 999_999})
    assert (len(left), left[0].index, left[1].index, left[-1].index) == (999_997, 1, 3, 999_998)


def test_what_was_replaced_is_told_only_where_something_was() -> None:
    unit = units_of(RunSpec())[0]
    assert "replaced" not in unit.model_dump_json()
    assert "full_count" not in RunSpec().model_dump_json()  # else every run.json would have another digest
    made = unit.as_made(((0, 2),))
    assert Unit.model_validate_json(made.model_dump_json()) == made != unit
    assert (made.planned, made.times_replaced(0), unit.times_replaced(0)) == (unit, 2, 0)
