"""What a spec refuses."""

import pytest
from pydantic import ValidationError

from assets_catalog.opening import open_catalog
from scenegen.recipes import plan_scene
from schemas.ranges import Range
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import CameraSpec, RunSpec

LIMITS = {
    ("camera", "fov_x_deg"): (5, 150),
    ("camera", "shift_x"): (-0.5, 0.5),
    ("camera", "shift_y"): (-0.5, 0.5),
    ("camera", "height_m"): (0.3, 2.2),
    ("camera", "pitch_deg"): (-60, 60),
    ("camera", "roll_deg"): (-45, 45),
    ("room", "width_m"): (2.5, 12),
    ("room", "depth_m"): (2.5, 12),
    ("room", "height_m"): (2.2, 4.5),
    ("room", "furniture"): (0, 40),
    ("room", "small_things"): (0, 60),
}


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"scenes": 0}, "greater than or equal to 1"),
        ({"camera": {"width_px": 100}}, "multiple of 16, nearest are 96 and 112"),
        ({"camera": {"pitch_deg": {"low": 3, "high": -3}}}, "low 3.0 lies above high -3.0"),
        ({"render": {"sample": 4}}, "Extra inputs"),
        ({"splits": {"train": 0.5}}, "must be 1"),
        ({"tasks": ["depth", "depth"]}, "names a task twice"),
        ({"tasks": []}, "at least 1"),
        ({"triplets_per_frame": {"depth": 101}}, "less than or equal to 100"),
        ({"triplets_per_frame": {"depht": 1}}, r"names 'depht' \(did you mean 'depth'\?\), which is not among tasks"),
        ({"tasks": ["depth"], "triplets_per_frame": {"normals": 1}}, "which is not among tasks: depth"),
        ({"targets": {"depth": {"exponent": -1.2}}}, "less than or equal to -1.5"),
        ({"targets": {"depth": {"other_maps": ["jet"]}}}, "'plasma', 'inferno', 'viridis' or 'grayscale'"),
        ({"targets": {"referring": {"most_expressions": 4}}}, "less than or equal to 3"),
        ({"seed": -1}, "greater than or equal to 0"),
        ({"scenes": 1_000_001}, "less than or equal to 1000000"),
        ({"room": {"width_m": {"low": float("nan"), "high": 1}}}, "finite"),
    ],
)
def test_bad_values_are_refused_with_what_is_allowed(given: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        RunSpec.model_validate(given)


def test_a_spec_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        RunSpec().seed = 3  # type: ignore[misc]  # what the test is about


def test_every_range_has_limits() -> None:
    ranges = {
        (part, name)
        for part, model in (("room", RoomSpec), ("camera", CameraSpec))
        for name, field in model.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Range)
    }
    assert ranges == LIMITS.keys()


@pytest.mark.parametrize(("part", "name"), LIMITS)
def test_a_range_reaches_to_its_limits_and_not_beyond(part: str, name: str) -> None:
    low, high = LIMITS[part, name]
    model: type[RoomSpec | CameraSpec] = RoomSpec if part == "room" else CameraSpec
    model.model_validate({name: {"low": low, "high": high}})
    for given in ({"low": low - 1, "high": high}, {"low": low, "high": high + 1}, {"low": high + 1, "high": high + 2}):
        with pytest.raises(ValidationError, match=rf"must lie within {low} and {high}|greater than or equal to 0"):
            model.model_validate({name: given})


@pytest.mark.parametrize(("part", "name"), LIMITS)
def test_the_json_schema_tells_a_ranges_limits(part: str, name: str) -> None:
    low, high = LIMITS[part, name]
    model = RoomSpec if part == "room" else CameraSpec
    field = model.model_json_schema()["properties"][name]
    assert field["properties"] == {end: {"minimum": low, "maximum": high} for end in ("low", "high")}


def test_cameras_stay_under_the_lowest_ceiling() -> None:
    low_room = RoomSpec(height_m=Range(low=2.2, high=2.9))
    assert RunSpec(room=low_room, camera=CameraSpec(height_m=Range(low=1.0, high=1.99)))
    with pytest.raises(ValidationError, match=r"camera.height_m.high: given 2.0, must lie more than 0.2 m below room"):
        RunSpec(room=low_room, camera=CameraSpec(height_m=Range(low=1.0, high=2.0)))


@pytest.mark.parametrize(("low", "high"), [(2.5, 2.5), (12.0, 12.0)])
def test_rooms_at_the_limits_can_be_planned(low: float, high: float) -> None:
    pytest.importorskip("embreex", reason="rooms are planned with the extra `generate`")
    side = {"low": low, "high": high}
    ceiling = LIMITS["room", "height_m"][low > 5]
    room = {"width_m": side, "depth_m": side, "height_m": {"low": ceiling, "high": ceiling}}
    room |= {"furniture": {"low": 0, "high": 40}, "small_things": {"low": 0, "high": 60}}
    camera = {"fov_x_deg": {"low": 5, "high": 150}, "pitch_deg": {"low": -60, "high": 60}}
    spec = RunSpec.model_validate({"catalog": "builtin", "room": room, "camera": camera})
    plan = plan_scene(spec, 0, "train", open_catalog("builtin"))
    assert len(plan.views) == spec.views_per_scene + spec.camera.spare_views
    assert all(0.2 < view.cam2world[11] < ceiling - 0.2 for view in plan.views)
