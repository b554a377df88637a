"""An analytic scene, a ball on a floor under the sky, as frames, units and a small dataset; nothing is rendered.

Some candidates become no frame: the second of scenes 0, 3, ...; the first of scenes 1, 4, ..., rendered already; all of
the first attempt at scenes 2, 5, ...
"""

import dataclasses
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from jaxtyping import Float64

from assets_catalog.attribution import attribution
from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset, assets_used_json
from scenegen.dataset.checks.verdict_checks import known_gates
from scenegen.dataset.pack import UnitFiles, pack_frame, pack_unit
from schemas.frame import Agreement, Frame, GBuffer, Outcome, Rejection, Shot, Verdict, frame_id, scene_id
from schemas.geometry import CV_FROM_GL, intrinsics, look_along, pixel_rays, pose
from schemas.run_record import CatalogLock, RunRecord
from schemas.run_spec import CameraSpec, GateSpec, RunSpec
from schemas.scene_draw import recipe_of
from schemas.scene_plan import Box, PlannedObject, ScenePlan, Sky, View, flat, square
from schemas.seeds import rng_for, scene_seed
from schemas.surface import Surface
from schemas.unit import Unit, units_of

WIDTH_PX, HEIGHT_PX = 64, 48
FLOOR, BALL = 1, 2
RADIUS_M = 0.6
FLOOR_REACH_M = 12.0
CLASSES = {FLOOR: 2, BALL: 165}
"""As the taxonomy numbers them."""

CREDITS = {
    "builtin/ball": UsedAsset(
        kind="model",
        label="ball",
        class_name="ball",
        license="CC0-1.0",
        creator="scenegen",
        source="builtin",
        sha256="0" * 64,
    )
}
"""What the dataset says of its assets."""

Shots = list[Shot]


def make_record(**changes: object) -> RunRecord:
    """Returns the record of a run of three scenes, two to a unit."""
    fields: dict[str, object] = {
        "seed": 5,
        "scenes": 3,
        "scenes_per_unit": 2,
        "recipe": "ball",
        "tasks": ("depth", "normals"),
        "catalog": "builtin",
        "camera": CameraSpec(width_px=WIDTH_PX, height_px=HEIGHT_PX),
        "gates": GateSpec(same_view_share=1.0),  # all see the same ball
    }
    return RunRecord(
        spec=RunSpec.model_validate(fields | changes),
        catalog_lock=CatalogLock(catalog="builtin", assets={"builtin/ball": "0" * 64}),
        versions={"scenegen": "0.1.0", "pyarrow": pa.__version__},
    )


def make_outcomes(record: RunRecord, unit: Unit) -> list[Outcome]:
    """Returns the frames of a unit with their plans, and the rejected candidates, in the order of the looking."""
    outcomes: list[Outcome] = []
    for index in range(unit.scene_start, unit.scene_stop):
        last_attempt = 1 if index % 3 == 2 else 0
        plans = [_plan(record.spec, unit, index, attempt) for attempt in range(last_attempt + 1)]
        outcomes += [_too_near(plan, view.view_index) for plan in plans[:-1] for view in plan.views]
        outcomes += _outcomes_of_plan(plans[-1], record.spec.views_per_scene)
    return outcomes


def make_shots(record: RunRecord, unit: Unit) -> Shots:
    """Returns the frames of a unit with their plans."""
    return [outcome for outcome in make_outcomes(record, unit) if isinstance(outcome, tuple)]


def make_rejections(record: RunRecord, unit: Unit) -> list[Rejection]:
    """Returns the candidates of a unit that became no frame."""
    return [outcome for outcome in make_outcomes(record, unit) if isinstance(outcome, Rejection)]


def pack_shots(record: RunRecord, unit: Unit, shots: Shots, rejections: Sequence[Rejection] = ()) -> UnitFiles:
    """Returns the files of a unit that has these frames."""
    return pack_unit(record, unit, [pack_frame(record, plan, frame) for plan, frame in shots], rejections)


def write_unit(out: Path, files: UnitFiles) -> None:
    """Writes the files of a unit where its commit would put them."""
    contents = {files.unit.triplets_path: files.triplets}
    beside = ((files.frames_path, files.frames), (files.set_aside_path, files.set_aside))
    contents |= {path: content for path, content in beside if path is not None and content is not None}
    for path, content in contents.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)


def write_dataset(out: Path, record: RunRecord) -> Path:
    """Writes run.json, all units of a run, and its credits."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "run.json").write_text(record.model_dump_json())
    for unit in units_of(record.spec):
        write_unit(out, pack_shots(record, unit, make_shots(record, unit), make_rejections(record, unit)))
    (out / ASSETS_FILE).write_bytes(assets_used_json(CREDITS))
    (out / "ATTRIBUTION.md").write_text(attribution(CREDITS))
    return out


@pytest.fixture(scope="session")
def record() -> RunRecord:
    return make_record()


@pytest.fixture(scope="session")
def unit(record: RunRecord) -> Unit:
    return units_of(record.spec)[0]


@pytest.fixture(scope="session")
def shots(record: RunRecord, unit: Unit) -> Shots:
    """The four frames of the first unit."""
    return make_shots(record, unit)


@pytest.fixture(scope="session")
def rejections(record: RunRecord, unit: Unit) -> list[Rejection]:
    """Of the first unit: one candidate that was too near, and one that was set aside."""
    return make_rejections(record, unit)


@pytest.fixture(scope="session")
def written_once(record: RunRecord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("dataset") / "out", record)


@pytest.fixture
def out(written_once: Path, tmp_path: Path) -> Path:
    """A small whole dataset that a test may damage."""
    return Path(shutil.copytree(written_once, tmp_path / "out"))


@pytest.fixture(scope="session")
def new_record() -> Callable[..., RunRecord]:
    return make_record


@pytest.fixture(scope="session")
def new_dataset() -> Callable[[Path, RunRecord], Path]:
    return write_dataset


@pytest.fixture(scope="session")
def new_shots() -> Callable[[RunRecord, Unit], Shots]:
    return make_shots


@pytest.fixture(scope="session")
def pack() -> Callable[..., UnitFiles]:
    return pack_shots


@pytest.fixture(scope="session")
def commit() -> Callable[[Path, UnitFiles], None]:
    return write_unit


def _outcomes_of_plan(plan: ScenePlan, wanted: int) -> Iterator[Outcome]:
    """Yields what becomes of the candidates until there are as many frames as wanted."""
    number = 0
    for view in plan.views:
        if number == wanted:
            return
        if plan.scene_index % 3 == 0 and view.view_index == 1:
            yield _too_near(plan, view.view_index)
        elif plan.scene_index % 3 == 1 and view.view_index == 0:
            yield _set_aside(plan, _frame(plan, view, 0))
        else:
            yield plan, _frame(plan, view, number)
            number += 1


def _too_near(plan: ScenePlan, view_index: int) -> Rejection:
    return Rejection(plan.scene_index, plan.attempt, view_index, Verdict("near", 0.25, passed=False))


def _set_aside(plan: ScenePlan, frame: Frame) -> Rejection:
    verdict = Verdict("witness_ids", 0.875, passed=False)
    place = plan.scene_index, plan.attempt, frame.view.view_index
    return Rejection(*place, verdict, (plan, dataclasses.replace(frame, verdicts=(*frame.verdicts[:3], verdict))))


def _plan(spec: RunSpec, unit: Unit, scene_index: int, attempt: int) -> ScenePlan:
    seed = scene_seed(spec.seed, scene_index, attempt)
    x, y = rng_for(seed, "ball").uniform(-0.8, 0.8, 2).tolist()
    floor = PlannedObject(
        instance_id=FLOOR,
        class_id=CLASSES[FLOOR],
        class_name="floor",
        label="floor",
        object2world=flat(np.eye(4)),
        boxes=(Box(center_m=(0, 0, -0.05), size_m=(24, 24, 0.1)),),
        surface=Surface(finish="tiles", color=(0.8, 0.7, 0.6)),
    )
    ball = PlannedObject(
        instance_id=BALL,
        class_id=CLASSES[BALL],
        class_name="ball",
        label="red ball",
        object2world=flat(pose((x, y, 0.0), 0.0)),
        asset_id="builtin/ball",
    )
    return ScenePlan(
        scene_index=scene_index,
        scene_id=scene_id(scene_index),
        split=unit.split,
        recipe=recipe_of(spec, scene_index),
        attempt=attempt,
        seed=seed,
        objects=(floor, ball),
        lights=(),
        sky=Sky(sun_elevation_rad=0.8, sun_azimuth_rad=0.3, strength=1.0),
        views=tuple(_view(spec, seed, index) for index in range(spec.views_per_scene + 2)),
    )


def _view(spec: RunSpec, seed: int, view_index: int) -> View:
    yaw = float(rng_for(seed, "view", view_index).uniform(0, 2 * np.pi))
    camera = spec.camera
    sizes = [(one.width_px, one.height_px) for one in camera.buckets] or [(camera.width_px, camera.height_px)]
    width_px, height_px = sizes[view_index % len(sizes)]
    return View(
        view_index=view_index,
        width_px=width_px,
        height_px=height_px,
        intrinsics=flat(intrinsics(1.1, width_px, height_px)),
        cam2world=flat(look_along((-3.2 * np.cos(yaw), -3.2 * np.sin(yaw), 1.5), yaw, -0.22)),
    )


def _frame(plan: ScenePlan, view: View, number: int) -> Frame:
    cam2world = square(view.cam2world)
    rays = pixel_rays(square(view.intrinsics), view.width_px, view.height_px) @ cam2world[:3, :3].T
    origin = cam2world[:3, 3]
    center = square(plan.objects[1].object2world)[:3, 3] + (0, 0, RADIUS_M)
    depth_of = {FLOOR: _floor_depth(origin, rays), BALL: _ball_depth(origin, rays, center)}
    nearest = np.minimum(depth_of[FLOOR], depth_of[BALL])
    instance = np.select([np.isinf(nearest), depth_of[BALL] == nearest], [0, BALL], FLOOR)
    points = origin + np.where(np.isinf(nearest), 0, nearest)[..., None] * rays
    normal = np.zeros_like(rays)
    normal[instance == FLOOR] = (0, 0, 1)
    normal[instance == BALL] = (points[instance == BALL] - center) / RADIUS_M
    return Frame(
        frame_id=frame_id(plan.scene_index, number),
        view=view,
        rgb=_shaded(instance, normal, points),
        gbuffer=GBuffer(
            z_depth_m=nearest.astype(np.float32),
            normal_cam=(normal @ (cam2world @ CV_FROM_GL)[:3, :3]).astype(np.float32),
            instance_id=instance.astype(np.int32),
            class_id=np.select([instance == one for one in CLASSES], list(CLASSES.values()), 0).astype(np.int32),
            material_id=np.select([instance == BALL, instance == FLOOR], [2, 3], 0).astype(np.int32),
        ),
        materials=("unseen", "red plastic", "tiles"),
        agreement=Agreement(same_share=0.9996, z_error_p999=2.5e-5),
        verdicts=tuple(Verdict(gate, 0.5, passed=True) for gate in known_gates()),
    )


def _floor_depth(origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "h w 3"]) -> Float64[np.ndarray, "h w"]:
    """Returns the ray parameter, which is planar depth for rays of z = 1; infinity past the floor's end."""
    depth = np.full(rays.shape[:2], np.inf)
    np.divide(-origin[2], rays[..., 2], out=depth, where=rays[..., 2] < 0)
    reach = np.linalg.norm((origin + np.where(np.isinf(depth), 0, depth)[..., None] * rays)[..., :2], axis=-1)
    return np.where(reach < FLOOR_REACH_M, depth, np.inf)


def _ball_depth(
    origin: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "h w 3"], center: Float64[np.ndarray, "3"]
) -> Float64[np.ndarray, "h w"]:
    a = (rays**2).sum(-1)
    b = rays @ (origin - center)
    root = b**2 - a * (((origin - center) ** 2).sum() - RADIUS_M**2)
    return np.where(root > 0, (-b - np.sqrt(np.maximum(root, 0))) / a, np.inf)


def _shaded(instance: np.ndarray, normal: np.ndarray, points: np.ndarray) -> np.ndarray:
    checker = 0.75 + 0.25 * (np.floor(points[..., :2] / 0.5).sum(-1) % 2)
    color = np.select(
        [(instance == FLOOR)[..., None], (instance == BALL)[..., None]],
        [checker[..., None] * (0.80, 0.72, 0.62), np.broadcast_to((0.80, 0.25, 0.20), normal.shape)],
        np.broadcast_to((0.62, 0.76, 0.92), normal.shape),
    )
    light = np.where(instance == 0, 1.0, 0.35 + 0.65 * np.clip(normal @ (0.48, 0.36, 0.8), 0, 1))
    return np.rint(255 * color * light[..., None]).astype(np.uint8)
