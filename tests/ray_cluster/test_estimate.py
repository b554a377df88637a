"""Estimate: what it says of bytes is what the run stores, costs are those of the ledger, and nothing is left of it."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ray_cluster.cli import app
from ray_cluster.commands.described import described
from ray_cluster.driver import RENDERED
from ray_cluster.estimate import TABLES, Sampled, Terms, figures
from ray_cluster.events import Lease
from ray_cluster.limits import WorkerLimits
from ray_cluster.run_folder import open_out
from ray_cluster.sampling import Stratum
from ray_cluster.trial import Made
from ray_cluster.worker import Job, Worker
from schemas.errors import RenderError
from schemas.ledger import LedgerEntry
from schemas.run_spec import RunSpec
from schemas.unit import units_of

SMALL = [
    "render.renderer=analytic",
    "recipe=primitives",
    "camera.width_px=64",
    "camera.height_px=64",
    "scenes=6",
    "scenes_per_unit=3",
]


def estimated(*options: str, changes: Sequence[str] = SMALL) -> dict[str, object]:
    sets = [part for change in changes for part in ("--set", change)]
    result = CliRunner().invoke(app, ["estimate", "quickstart", "--catalog", "builtin", *sets, "--json", *options])
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def stored_bytes(changes: Sequence[str], tmp_path: Path) -> dict[str, int]:
    """Returns what a real run stores, by table."""
    given = described("quickstart", [*changes, "catalog=builtin"])
    out = (tmp_path / "out").resolve()
    open_out(out, given.record)
    worker = Worker(Job(given.record, out, RENDERED, "builtin", 1, WorkerLimits()), tmp_path / "logs")
    for unit in units_of(given.record.spec):
        assert [*worker.make(Lease(unit))]
    assert [*worker.finish()]
    return {table: sum(file.stat().st_size for file in out.glob(f"{table}/*/*.parquet")) for table in TABLES}


def test_of_a_run_that_is_sampled_whole_the_bytes_are_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = set(os.listdir())
    told = estimated("--scenes-sampled", "6", "--price-core-hour", "2", "--price-gb-month", "3", "--cores", "1")
    assert set(os.listdir()) == before
    assert os.listdir(tmp_path / "temporary") == []
    found = told["figures"]
    assert isinstance(found, dict)
    for table, there in stored_bytes(SMALL, tmp_path).items():
        assert found[f"{table}_bytes"]["mean"] == pytest.approx(there, rel=0.05)
    assert found["stored_bytes"]["low"] < found["stored_bytes"]["mean"] < found["stored_bytes"]["high"]
    assert (told["frames"], told["units"], told["scenes_per_unit"]) == (12, 2, 3)
    hours = found["core_hours"]
    assert 0 < hours["low"] < hours["mean"] < hours["high"]
    assert found["frames_per_core_hour"]["mean"] == pytest.approx(12 / hours["mean"])
    assert found["price_of_computing"]["mean"] == pytest.approx(2 * hours["mean"])
    assert found["price_of_storage_month"]["mean"] == pytest.approx(3e-9 * found["stored_bytes"]["mean"])


def test_a_scene_that_no_worker_survives_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEGEN_FAULTS", "crash@0 crash@1")
    sets = [part for change in SMALL for part in ("--set", change)]
    options = ["--catalog", "builtin", "--set", "scenes=2", "--scenes-sampled", "2"]
    result = CliRunner().invoke(app, ["estimate", "quickstart", *sets, *options])
    assert result.exit_code == RenderError.exit_status
    assert "of 2 scenes of primitives none could be made: its worker process died of SIGSEGV" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def made(core_s: float, triplets: int) -> Made:
    costs = LedgerEntry(
        unit="unit-00000000",
        attempt=1,
        host="here",
        wall_s=2 * core_s,
        core_s={"make": 0.75 * core_s, "encode": 0.25 * core_s},
        stored_bytes=triplets,
        frames=2,
        triplets=2,
        rejected={},
        already_there=False,
    )
    return Made(costs, {"triplets": triplets, "frames": 0, "failures": 0})


def test_a_run_is_its_scenes_by_the_shares_of_their_recipes_and_what_each_process_and_file_has() -> None:
    spec = RunSpec(scenes=1000, views_per_scene=2, scenes_per_unit=10, recipe={"room": 3, "hall": 1})
    strata = [Stratum("hall", 0.25, (1, 2)), Stratum("room", 0.75, (3, 4))]
    by_recipe = {"hall": [made(8.0, 400), made(8.0, 400)], "room": [made(4.0, 800), made(4.0, 800)]}
    told = Sampled(strata, by_recipe, loaded_s=36.0, unit_s=1.0, empty_bytes={"triplets": 50, "frames": 0})
    found = figures(spec, told, Terms(cores=5), on_gpu=False)
    assert found["core_hours"].mean == pytest.approx((1000 * 4 + 100 * 1 + 5 * 36) / 3600)
    assert found["hours"].mean == pytest.approx(found["core_hours"].mean / 5)
    assert found["frames_per_hour"].mean == pytest.approx(5 * found["frames_per_core_hour"].mean)
    assert found["triplets_bytes"].mean == 1000 * 700 + 100 * 50
    assert (found["unit_core_s"].mean, found["unit_bytes"].mean) == (41.0, 7050.0)
    assert "price_of_computing" not in found
    on_gpu = figures(spec, told, Terms(cores=500), on_gpu=True)
    assert on_gpu["core_hours"].mean == pytest.approx(
        (1000 * 9 + 100 * 1 + 100 * 36) / 3600
    )  # no more workers than units
