"""A cluster that runs already: its nodes make the units, one that dies costs only time, and nothing stays behind.

Where its head dies, the run ends and says so.
"""

import os
import re
import secrets
import subprocess
import sys
import time
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


def joined_run(record: RunRecord, folder: Path, which: str) -> list[str]:
    """Returns the lines of a driver on a cluster of which a node, or the head, dies; nothing temporary is left."""
    (path := folder / "record.json").write_text(record.model_dump_json())
    command = [sys.executable, str(HERE / "run_cluster.py"), str(path), str(folder / "out"), which]
    with TemporaryDirectory() as temporary:
        environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith(("RAY_", "SCENEGEN_RAY"))},
            **CLOSED,
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT)]),
            "TMPDIR": temporary,
        }
        done = subprocess.run(
            command, cwd=folder, env=environment, text=True, capture_output=True, timeout=240, check=False
        )
        end = time.monotonic() + 10
        while (left := [*Path(temporary).glob("scenegen*")]) and time.monotonic() < end:
            time.sleep(0.1)
    assert done.returncode == 0, done.stderr[-2000:]
    assert left == []
    return [line for line in done.stdout.splitlines() if line.strip()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_node_that_dies_costs_its_units_an_attempt_that_does_not_count_and_no_bytes(
    record: RunRecord, reference: Path, tmp_path: Path, contents: Callable[[Path], dict[str, str]]
) -> None:
    lines = [line.split() for line in joined_run(record, tmp_path, "node")]
    units = units_of(record.spec)
    assert ["totals", str(len(units)), str(2 * len(units))] in lines
    assert len({line[1] for line in lines if line[0] == "begun"}) >= 2
    assert 1 <= len([line for line in lines if line[0] == "lost"]) <= 2
    assert contents(tmp_path / "out") == contents(reference)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_run_whose_head_dies_ends_and_says_so(record: RunRecord, tmp_path: Path) -> None:
    (ended,) = [line for line in joined_run(record, tmp_path, "head") if line.startswith("ended:")]
    assert re.match(r"ended: the cluster's head at \S+ no longer answers; what is committed stays", ended)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:99999"])
def test_an_address_where_nobody_answers_is_refused_at_once(record: RunRecord, tmp_path: Path, address: str) -> None:
    job = Job(record, tmp_path, "analytic:walls", "builtin", 1, WorkerLimits())
    with pytest.raises(InputError, match=f"--address {address}: nobody answers there"), joined_place(address, 1, job):
        pass


def test_rays_client_is_refused() -> None:
    with pytest.raises(InputError, match=r"--address ray://head:10001: Ray's client passes no events on"):
        choose_ray("ray://head:10001")
