"""The scripts for machines without a manifest: a cluster of two nodes is made and used, Slurm's options are Slurm's."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from scenegen.dataset.digest import dataset_digest
from tests.ray_cluster.clusters.manifests import CLUSTERS, ROOT, SCRIPTS

HERE = Path(__file__).parent
SBATCH = """account acctg-freq array batch bb bbf begin chdir cluster-constraint clusters comment constraint contiguous
    core-spec cores-per-socket cpu-freq cpus-per-gpu cpus-per-task deadline delay-boot dependency distribution error
    exclude exclusive export export-file extra extra-node-info get-user-env gid gpu-bind gpu-freq gpus gpus-per-node
    gpus-per-socket gpus-per-task gres gres-flags hint hold ignore-pbs input job-name kill-on-invalid-dep licenses
    mail-type mail-user mcs-label mem mem-bind mem-per-cpu mem-per-gpu mincpus network nice no-kill no-requeue nodefile
    nodelist nodes ntasks ntasks-per-core ntasks-per-gpu ntasks-per-node ntasks-per-socket oom-kill-step open-mode
    output overcommit oversubscribe parsable partition prefer priority profile propagate qos quiet reboot requeue
    reservation resv-ports segment signal sockets-per-node spread-job stepmgr switches test-only thread-spec
    threads-per-core time time-min tmp tres-bind tres-per-task uid use-min-nodes verbose wait wait-all-nodes wckey
    wrap"""
"""Long options of sbatch, as we know them; not read off its manual."""
SMALL = ["--catalog", "builtin", "--renderer", "analytic", "--set", "camera={width_px: 64, height_px: 64}"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_fault_and_may_be_run(path: Path) -> None:
    shellcheck = Path(sys.executable).parent / "shellcheck"
    done = subprocess.run([shellcheck, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert os.access(path, os.X_OK)


def test_the_options_for_slurm_are_slurms() -> None:
    script = (CLUSTERS / "slurm.sh").read_text()
    options = [line.split("=")[0] for line in re.findall(r"^#SBATCH --(.*)$", script, re.MULTILINE)]
    assert options
    assert set(options) <= set(SBATCH.split())
    before = script.partition("#SBATCH")[0]
    assert all(line.startswith("#") for line in before.splitlines() if line), "Slurm reads none after a command"
    assert script.rindex("#SBATCH") < script.index("set -euo")


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a script with its words, in a folder of its own."""
    shim = tmp_path / "bin" / "scenegen"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} {shlex.quote(str(HERE / "two_nodes.py"))} "$@"\n')
    shim.chmod(0o755)
    (token := tmp_path / "token").touch(0o600)
    token.write_text("0123456789abcdef" * 4)
    running = []
    with TemporaryDirectory(dir="/tmp", prefix="ray-") as temporary:  # sockets have short names
        environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith(("RAY_", "SLURM_"))},
            "PATH": os.pathsep.join([str(shim.parent), str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "RAY_AUTH_TOKEN_PATH": str(token),
            "SCENEGEN_RAY_TEMP": temporary,
            "SLURM_CPUS_PER_TASK": "1",
        }

        def start(script: str, *words: object) -> subprocess.Popen[str]:
            command = [str(CLUSTERS / script), *map(str, words)]
            with (tmp_path / f"{script}.log").open("w") as log:
                running.append(subprocess.Popen(command, env=environment, text=True, stdout=log, stderr=log))
            return running[-1]

        yield start
        for each in running:
            end(each.pid)
            each.wait()


def end(pid: int) -> None:
    """Ends a process and what it started, at once."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(OSError):
        for child in children.read_text().split():
            end(int(child))
        os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="nodes with addresses of their own on one machine")
def test_two_nodes_make_and_encode_together_and_let_nobody_in_without_the_token(
    nodes: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.2", 0))
        address = f"127.0.0.2:{free.getsockname()[1]}"
    out, log = tmp_path / "out", tmp_path / "log.jsonl"
    nodes("node.sh", f"--address={address}", "--node-ip-address=127.0.0.3")
    small = [*SMALL, "--set", "recipe=primitives", "--set", "scenes=4", "--log-json", log]
    head = nodes("head.sh", address, "generate", "quickstart", out, *small)
    assert head.wait(240) == 0, (tmp_path / "head.sh.log").read_text()[-2000:]
    assert "refused: True" in (tmp_path / "head.sh.log").read_text()
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert len({event["pid"] for event in events if event["event"] == "begun"}) == 2
    assert dataset_digest(out) != dataset_digest(tmp_path / "out-1")
    assert len([*out.rglob("triplets/*/*.parquet")]) == len([*(tmp_path / "out-1").rglob("triplets/*/*.parquet")]) == 4
