"""Before a run: its own scenes, from above and in small frames, and what can't be shown is said."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from assets_catalog.opening import open_catalog
from ray_cluster.commands.preview import Asked, run
from render_configs.load import load_spec
from scenegen.dataset.false_color import id_color
from scenegen.pages.ahead import SceneAhead, ahead_page, chosen_scenes, scenes_ahead
from scenegen.pages.plan_picture import Camera, plan_picture
from scenegen.produce import frames_of_unit
from schemas.errors import InputError
from schemas.frame import scene_id
from schemas.geometry import intrinsics, look_along, pose
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec
from schemas.scene_plan import Box, PlannedObject, ScenePlan, Sky, View, flat
from schemas.surface import Surface
from schemas.unit import units_of

SMALL = ["recipe=primitives", "render.renderer=analytic", "camera={width_px: 96, height_px: 64}"]


@pytest.fixture(scope="module")
def spec() -> RunSpec:
    return load_spec("quickstart", SMALL)


@pytest.fixture(scope="module")
def scenes(spec: RunSpec) -> list[SceneAhead]:
    return list(scenes_ahead(spec, open_catalog("builtin"), chosen_scenes(spec, 2), 1))


def box(number: int, class_id: int, middle_m: tuple[float, float, float], side_m: float) -> PlannedObject:
    """Returns a cube."""
    return PlannedObject(
        instance_id=number,
        class_id=class_id,
        class_name=f"class_{class_id}",
        label="cube",
        object2world=flat(pose(middle_m, 0.0)),
        boxes=(Box(center_m=(0, 0, 0), size_m=(side_m, side_m, side_m)),),
        surface=Surface(finish="tiles", color=(0.8, 0.7, 0.6)),
    )


def plan_of(*objects: PlannedObject) -> tuple[ScenePlan, Camera]:
    """Returns a scene that a camera at the origin, 1.5 m up, looks into along +x."""
    view = View(
        view_index=0,
        width_px=64,
        height_px=64,
        intrinsics=flat(intrinsics(1.2, 64, 64)),
        cam2world=flat(look_along((0.0, 0.0, 1.5), 0.0, 0.0)),
    )
    sky = Sky(sun_elevation_rad=0.8, sun_azimuth_rad=0.3, strength=1.0)
    named = {"scene_id": scene_id(0), "split": "train", "recipe": "primitives"}
    plan = ScenePlan(scene_index=0, seed=0, objects=objects, lights=(), sky=sky, views=(view,), **named)
    return plan, Camera(view, 4.0)


def shows(picture: np.ndarray, class_id: int) -> np.ndarray:
    """Returns where, in the plan itself, a class has its colour, in view or not."""
    tint = np.array([round(255 + (part - 255) * 0.72) for part in id_color(class_id)])
    apart = np.abs(picture[:640].astype(int) - tint).max(axis=-1)
    return np.argwhere(apart < 3)


def test_a_thing_is_drawn_where_it_stands_from_above() -> None:
    plan, camera = plan_of(box(1, 7, (0.0, 1.0, 0.5), 0.5), box(2, 11, (0.0, -1.0, 0.5), 0.5))
    picture = plan_picture(plan, {}, [camera])
    left, right = shows(picture, 7), shows(picture, 11)
    assert len(left) > 100
    assert left[:, 0].max() < right[:, 0].min()  # what is further along +y stands higher
    assert abs(left[:, 1].mean() - right[:, 1].mean()) < 2


def test_a_hill_around_all_of_it_hides_nothing() -> None:
    plan, camera = plan_of(box(1, 7, (0.0, 1.0, 0.5), 0.5), box(2, 11, (0.0, 0.0, 1.0), 60.0))
    assert len(shows(plan_picture(plan, {}, [camera]), 7)) > 100


def test_what_hangs_above_the_cameras_is_left_out() -> None:
    low, high = box(1, 7, (0.0, 1.0, 0.5), 0.5), box(2, 11, (0.0, 1.0, 2.5), 1.0)
    plan, camera = plan_of(low, high)
    picture = plan_picture(plan, {}, [camera])
    assert len(shows(picture, 7)) > 100
    assert len(shows(picture, 11)) == 0


def test_the_wedge_of_a_camera_opens_where_it_looks() -> None:
    plan, camera = plan_of(box(1, 7, (9.0, 9.0, 0.5), 0.5))
    picture = plan_picture(plan, {}, [camera])[:640].astype(int)
    orange = np.argwhere(np.abs(picture - (214, 69, 8)).max(axis=-1) < 20)
    wedge = np.argwhere((picture[..., 2] < 200) & (picture[..., 0] > 225))
    assert orange[:, 1].min() < wedge[:, 1].mean() < orange[:, 1].max()
    dot = orange[orange[:, 1] < orange[:, 1].min() + 10]
    assert np.ptp(orange[orange[:, 1] > orange[:, 1].max() - 10][:, 0]) > 10 * np.ptp(dot[:, 0])


def test_scenes_ahead_are_those_of_the_run(spec: RunSpec, scenes: list[SceneAhead]) -> None:
    catalog = open_catalog("builtin")
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={})
    units = [unit for unit in units_of(spec) for index in (0, 3) if unit.scene_start <= index < unit.scene_stop]
    made = {
        outcome[0].scene_index: outcome[1]
        for unit in units
        for outcome in reversed(list(frames_of_unit(record, unit, catalog, 1)))
        if isinstance(outcome, tuple)
    }
    for scene in scenes:
        assert scene.frames[0].view == made[scene.plan.scene_index].view
        np.testing.assert_array_equal(scene.frames[0].rgb, made[scene.plan.scene_index].rgb)


def test_large_pictures_are_made_small_in_their_shape() -> None:
    large = load_spec(
        "quickstart", ["recipe=primitives", "render.renderer=analytic", "camera={width_px: 1024, height_px: 512}"]
    )
    (scene,) = scenes_ahead(large, open_catalog("builtin"), [1], 1)
    assert scene.frames[0].rgb.shape == (128, 256, 3)


def test_the_page_of_what_is_ahead_has_plans_and_frames(
    tab: Page, spec: RunSpec, scenes: list[SceneAhead], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(ahead_page("quickstart", spec, scenes))
    tab.goto(page.as_uri())
    expect(tab.locator(".plans img")).to_have_count(2)
    expect(tab.locator("section.frame")).to_have_count(2)
    expect(tab.get_by_text("Not made yet: 2 of its scenes")).to_be_visible()
    assert tab.locator(".plans img").first.evaluate("image => image.naturalWidth") == 640


def asked(what: str, tmp_path: Path, *overrides: str, scene: int | None = None) -> list[str]:
    """Returns what the command prints, and writes a page and a picture."""
    outputs = [tmp_path / "ahead.html", tmp_path / "ahead.png"]
    return list(run(what, outputs, Asked(2, (), scene, (*SMALL, *overrides), "builtin")))


def test_the_command_draws_a_preset_before_its_run(tmp_path: Path) -> None:
    assert asked("quickstart", tmp_path, scene=3) == [
        f"wrote {tmp_path / 'ahead.html'}",
        f"wrote {tmp_path / 'ahead.png'}",
    ]
    page = (tmp_path / "ahead.html").read_text()
    assert page.count('<section class="frame"') == 2  # two views of that scene
    assert "scene-00000003: primitives" in page
    with Image.open(tmp_path / "ahead.png") as picture:
        assert picture.width > 1900


@pytest.mark.parametrize(
    ("what", "asks", "words"),
    [
        ("quikstart", Asked(), "'quikstart' is neither a dataset"),
        ("quikstart", Asked(), "did you mean 'quickstart'?"),
        ("quickstart", Asked(frame_ids=("scene-00000000-view-00",)), "is for a dataset, and quickstart is none"),
        ("quickstart", Asked(scene_index=9, overrides=tuple(SMALL)), "no scene 9 in the run, allowed: 0 to 3"),
        ("./data", Asked(overrides=("seed=1",)), "--set seed=1: is for a preset or spec, and ./data is a dataset"),
        ("mixed", Asked(), "is a preset, and a dataset of that name lies here: give ./mixed"),
    ],
)
def test_what_can_not_be_told_or_shown_is_said(
    what: str, asks: Asked, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("data", "mixed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text("{}")
    with pytest.raises(InputError) as fault:
        list(run(what, [], asks))
    assert words in str(fault.value)
    assert not list(tmp_path.glob("*-preview.*"))
