"""A run that is killed or interrupted leaves no process and no file, and resumes to the bytes of one that was not."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from schemas.run_record import RunRecord
from schemas.unit import units_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
Contents = Callable[[Path], dict[str, str]]
Descendants = Callable[[int], list[int]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files, whose name is short enough for Ray's sockets."""
    with TemporaryDirectory() as name:
        yield Path(name)


def started(folder: Path, temporary: Path, script: object, *arguments: object) -> subprocess.Popen[str]:
    """Starts a script in a folder with a module of our own names in it, which no worker must import."""
    (folder / "schemas.py").write_text("raise SystemExit('imported from the current folder')")
    command = [sys.executable, str(HERE / str(script)), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT)]), "TMPDIR": str(temporary)}
    return subprocess.Popen(
        command, cwd=folder, env=environment, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )


PATIENCE_S = 120.0
"""For what comes at once on an idle machine."""


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"not within {PATIENCE_S:g} s"
        time.sleep(0.02)


def alive(pids: list[int]) -> list[int]:
    """Returns those that run; one that only waits to be reaped does not."""
    return [pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and state(pid) not in "ZX"]


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def committed(out: Path) -> int:
    return len(list(out.glob("triplets/*/*.parquet")))


def test_a_killed_run_leaves_no_process_and_resumes_to_the_same_bytes(
    record: RunRecord, reference: Path, tmp_path: Path, temporary: Path, contents: Contents, descendants: Descendants
) -> None:
    (path := tmp_path / "record.json").write_text(record.model_dump_json())
    out = tmp_path / "out"
    with started(tmp_path, temporary, "run_analytic.py", path, out, "slow_walls", 2) as driver:
        wait_for(lambda: committed(out) >= 1 or driver.poll() is not None)
        processes = descendants(driver.pid)
        driver.kill()
    assert 1 <= committed(out) < len(units_of(record.spec))
    assert len(processes) > 4
    wait_for(lambda: not alive(processes) and not os.listdir(temporary))
    with started(tmp_path, temporary, "run_analytic.py", path, out, "walls", 2) as driver:
        stderr = driver.communicate(timeout=PATIENCE_S)[1]
    assert driver.returncode == 0, stderr
    assert contents(out) == contents(reference)


def command(out: Path) -> list[object]:
    """Returns a run of the command line, with a slow renderer."""
    overrides = ("--set", "camera={width_px: 32, height_px: 32}", "--set", "tasks=[depth, normals]")
    return ["run_cli.py", "generate", "quickstart", out, "--catalog", "builtin", *overrides, "--workers", 1]


def interrupt(folder: Path, temporary: Path, descendants: Descendants, number: signal.Signals) -> int:
    """Interrupts the command; returns its status once nothing of it is left."""
    with started(folder, temporary, *command(out := folder / "out")) as driver:
        wait_for(lambda: committed(out) >= 1 or driver.poll() is not None)
        processes = descendants(driver.pid)
        driver.send_signal(number)
        stderr = driver.communicate(timeout=PATIENCE_S)[1]
    assert stderr.splitlines()[-1].startswith("scenegen: interrupted; what is committed stays")
    assert "Traceback" not in stderr
    wait_for(lambda: not alive(processes) and not os.listdir(temporary))
    return driver.returncode


def test_a_terminated_run_says_how_to_resume_and_leaves_no_process(
    tmp_path: Path, temporary: Path, descendants: Descendants
) -> None:
    assert interrupt(tmp_path, temporary, descendants, signal.SIGTERM) == 143


def test_an_interrupted_run_says_how_to_resume_leaves_no_process_and_the_same_command_completes(
    tmp_path: Path, temporary: Path, descendants: Descendants
) -> None:
    assert interrupt(tmp_path, temporary, descendants, signal.SIGINT) == 130
    with started(tmp_path, temporary, *command(out := tmp_path / "out")) as driver:
        stdout, stderr = driver.communicate(timeout=PATIENCE_S)
    assert driver.returncode == 0, stderr
    assert stdout.splitlines()[0] == f"{out} holds 8 frames, 16 triplets"
    assert sorted(os.listdir(out)) == [
        "ATTRIBUTION.md",
        "README.md",
        "assets.json",
        "frames",
        "ledger",
        "run.json",
        "triplets",
    ]


@pytest.mark.parametrize("after_s", [1.5, 2.5, 3.5, 4.5])
def test_a_run_killed_while_ray_starts_leaves_no_process_and_no_file(
    record: RunRecord, tmp_path: Path, temporary: Path, after_s: float
) -> None:
    (path := tmp_path / "record.json").write_text(record.model_dump_json())
    with started(tmp_path, temporary, "run_analytic.py", path, tmp_path / "out", "slow_walls", 2) as driver:
        time.sleep(after_s)
        driver.kill()
    wait_for(lambda: not naming(temporary) and not os.listdir(temporary))


def naming(folder: Path) -> list[str]:
    """Returns the processes whose environment names the folder."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if str(folder).encode() in environment.read_bytes():
                found.append(environment.parent.name)
    return found
