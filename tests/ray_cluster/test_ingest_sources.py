"""Every source through `scenegen ingest`, `validate` and `encode`: depth comes back from the targets."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from ray_cluster.cli import app
from scenegen.dataset.png import decode_png
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.validate import validate
from scenegen.encoders import decode
from scenegen.ingest import INGESTERS
from tests.scenegen.ingest import test_hypersim, test_rgb_exr, test_vkitti2
from tests.scenegen.ingest.seen import seen_room

pytestmark = pytest.mark.usefixtures("session_ray")


def clone_and_fog(root: Path) -> None:
    """Writes Virtual KITTI's frame in two of its variations: one place in two lights."""
    clone = test_vkitti2.written(root) / "Scene01" / "clone"
    fog = shutil.copytree(clone, clone.with_name("fog"))
    (rgb,) = fog.rglob("rgb_*.jpg")
    Image.fromarray(seen_room().rgb // 2 + 100).save(rgb)


WRITTEN: dict[str, tuple[Callable[[Path], Any], list[str], set[str]]] = {
    "hypersim": (test_hypersim.written, [], {"depth", "normals", "semantic", "instance"}),
    "rgb_exr": (
        lambda root: test_rgb_exr.written(root, {"depth": "distance"}),
        ["--set", "rgb_exr.depth=distance", "--set", "rgb_exr.camera=NAME.json", "--set", "gates.near_share=1"],
        {"depth", "normals"},
    ),
    "vkitti2": (clone_and_fog, ["--set", "gates.near_share=1"], {"depth", "semantic", "instance"}),
}
"""Source -> what writes the room in its layout, what must be said of it, what is asked of it."""
_WITHIN = 0.02
"""Relative; the sources' own steps and the target's together."""


def scenegen(*arguments: object) -> str:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("source", WRITTEN)
def test_a_source_goes_through_to_a_target_that_decodes_to_its_depth(source: str, tmp_path: Path) -> None:
    write, said, tasks = WRITTEN[source]
    write(tmp_path / "frames")
    out, encoded = tmp_path / "out", tmp_path / "encoded"
    scenegen("ingest", source, tmp_path / "frames", out, *said, "--workers", 1)
    scenegen("encode", out, encoded, "--tasks", "depth", "--epoch", 1)
    report = validate(out)
    assert report.ok, [fault for check in report.checks for fault in check.faults]
    assert validate(encoded, frames=out).ok
    rows = open_triplets(out)
    assert {rows.stored(index).task for index in range(len(rows))} <= tasks
    assert "depth" in {rows.stored(index).task for index in range(len(rows))}
    (row,) = (open_triplets(encoded).stored(index) for index in range(1))
    true_m, decoded_m = seen_room().gbuffer.z_depth_m, decode(decode_png(row.target_png), row.edit_prompt)
    surface = np.isfinite(true_m)
    np.testing.assert_array_equal(np.isfinite(decoded_m), surface)
    assert np.abs(decoded_m[surface] / true_m[surface] - 1).max() < _WITHIN


def test_every_source_is_told_of() -> None:
    page = (Path(__file__).parents[2] / "docs" / "ingest.md").read_text(encoding="utf-8")
    told = scenegen("ingest", "--help")
    assert set(WRITTEN) | {"blenderproc"} == set(INGESTERS)
    for name, ingester in INGESTERS.items():
        assert name in told
        assert f"\n## {name}\n" in page
        assert all(f"`{key}`" in page for key in ingester.conventions.model_fields)
