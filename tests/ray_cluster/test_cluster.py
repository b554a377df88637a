"""A cluster that runs already: its nodes make the units, one that dies costs only time, and nothing stays behind."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ray_cluster.limits import WorkerLimits
from ray_cluster.places import joined_place
from ray_cluster.which_ray import choose_ray
from ray_cluster.worker import Job
from schemas.errors import InputError
from schemas.run_record import RunRecord
from schemas.unit import units_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CLOSED = {"RAY_AUTH_MODE": "token", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_node_that_dies_costs_its_units_an_attempt_that_does_not_count_and_no_bytes(
    record: RunRecord, reference: Path, tmp_path: Path, contents: Callable[[Path], dict[str, str]]
) -> None:
    (path := tmp_path / "record.json").write_text(record.model_dump_json())
    command = [sys.executable, str(HERE / "run_cluster.py"), str(path), str(tmp_path / "out")]
    with TemporaryDirectory() as temporary:
        environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith(("RAY_", "SCENEGEN_RAY"))},
            **CLOSED,
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT)]),
            "TMPDIR": temporary,
        }
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, text=True, capture_output=True, timeout=240, check=False
        )
        left = [name for name in os.listdir(temporary) if name.startswith("scenegen")]
    assert done.returncode == 0, done.stderr[-2000:]
    units = units_of(record.spec)
    lines = [line.split() for line in done.stdout.splitlines() if line.strip()]
    assert ["totals", str(len(units)), str(2 * len(units))] in lines
    assert len({line[1] for line in lines if line[0] == "begun"}) >= 2
    assert 1 <= len([line for line in lines if line[0] == "lost"]) <= 2
    assert contents(tmp_path / "out") == contents(reference)
    assert left == []


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:99999"])
def test_an_address_where_nobody_answers_is_refused_at_once(record: RunRecord, tmp_path: Path, address: str) -> None:
    job = Job(record, tmp_path, "analytic:walls", "builtin", 1, WorkerLimits())
    with pytest.raises(InputError, match=f"--address {address}: nobody answers there"), joined_place(address, 1, job):
        pass


def test_rays_client_is_refused() -> None:
    with pytest.raises(InputError, match=r"--address ray://head:10001: Ray's client passes no events on"):
        choose_ray("ray://head:10001")
