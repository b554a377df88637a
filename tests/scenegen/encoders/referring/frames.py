"""Writes frames of planned rooms and yards, by the analytic renderer, and referring samples of them.

    python -m tests.scenegen.encoders.referring.frames FOLDER

A process of its own, since type checks at run time would take minutes.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from assets_catalog.opening import open_catalog
from scenegen.analytic.stage import open_stage
from scenegen.encoders.referring.encoder import REFERRING
from scenegen.recipes import plan_scene
from schemas.frame import GBuffer
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import ScenePlan
from schemas.target_spec import TargetSpec
from schemas.triplet import LegendEntry

ROOMS, YARDS, VIEWS, EACH = 64, 4, 3, 5
_PX = (112, 96)


@dataclass(frozen=True)
class Sample:
    """A target of a frame, as the encoder drew it from the stream of `seed`."""

    row: int
    """Of its frame."""
    seed: int
    prompt: str
    legend: tuple[LegendEntry, ...]
    rgb: UInt8[np.ndarray, "h w 3"]


def write_frames(folder: Path) -> None:
    """Writes plans and samples, a line each, and their buffers and targets."""
    shown = [(plan, gbuffer) for plan, gbuffers in _planned() for gbuffer in gbuffers]
    plans = [plan.model_dump_json() for plan, _ in shown[::VIEWS]]
    (folder / "plans.jsonl").write_text("\n".join(plans), encoding="utf-8")
    samples = [sample for row, frame in enumerate(shown) for sample in _samples(row, *frame)]
    said = [
        json.dumps([each.row, each.seed, each.prompt, [asdict(entry) for entry in each.legend]]) for each in samples
    ]
    (folder / "samples.jsonl").write_text("\n".join(said), encoding="utf-8")
    np.savez(
        folder / "pictures.npz",
        z_depth_m=np.array([gbuffer.z_depth_m for _, gbuffer in shown]),
        instance_id=np.array([gbuffer.instance_id for _, gbuffer in shown]),
        rgb=np.array([each.rgb for each in samples]),
    )


def read_frames(folder: Path) -> list[tuple[ScenePlan, GBuffer]]:
    """Returns the frames, without what language doesn't read: normals, classes and materials are 0."""
    plans = [ScenePlan.model_validate_json(line) for line in _lines(folder / "plans.jsonl")]
    with np.load(folder / "pictures.npz") as stored:
        pairs = list(zip(stored["z_depth_m"], stored["instance_id"], strict=True))
    return [(plans[row // VIEWS], _buffer(*pair)) for row, pair in enumerate(pairs)]


def read_samples(folder: Path) -> list[Sample]:
    """Returns the samples, `EACH` a frame but for what has none."""
    with np.load(folder / "pictures.npz") as stored:
        pictures = list(stored["rgb"])
    rows = [json.loads(line) for line in _lines(folder / "samples.jsonl")]
    return [
        Sample(row, seed, prompt, tuple(_entry(**entry) for entry in legend), rgb)
        for (row, seed, prompt, legend), rgb in zip(rows, pictures, strict=True)
    ]


def _planned() -> Iterator[tuple[ScenePlan, list[GBuffer]]]:
    catalog = open_catalog("builtin")
    for recipe, scenes in (("room", ROOMS), ("primitives", YARDS)):
        camera = CameraSpec(width_px=_PX[0], height_px=_PX[1])
        spec = RunSpec(recipe=recipe, catalog="builtin", seed=5, views_per_scene=VIEWS, camera=camera)
        for index in range(scenes):
            plan = plan_scene(spec, index, "train", catalog)
            stage = open_stage(plan, catalog, spec, 1)
            yield plan, [stage.sight(view).gbuffer for view in plan.views[:VIEWS]]


def _samples(row: int, plan: ScenePlan, gbuffer: GBuffer) -> Iterator[Sample]:
    for seed in range(EACH * row, EACH * (row + 1)):
        target = REFERRING.encode(np.random.default_rng(seed), gbuffer, plan, TargetSpec())
        if target:
            yield Sample(row, seed, target.prompt, target.legend, target.rgb)


def _buffer(z_depth_m: np.ndarray, instance_id: np.ndarray) -> GBuffer:
    zeros = np.zeros(instance_id.shape, dtype=np.int32)
    return GBuffer(z_depth_m, np.zeros((*zeros.shape, 3), dtype=np.float32), instance_id, zeros, zeros)


def _entry(label: str, rgb: list[int], instance_ids: list[int], pixels: int, decodable: bool) -> LegendEntry:
    red, green, blue = rgb
    return LegendEntry(label, (red, green, blue), tuple(instance_ids), pixels, decodable)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    write_frames(Path(sys.argv[1]))
