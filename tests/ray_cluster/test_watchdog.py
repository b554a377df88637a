"""A watchdog clears up after a process that was killed: its folder, and what it and those it started had staged."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ray_cluster.staging import STAGING

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux")

WATCHED = """
import os, signal, subprocess, sys
from pathlib import Path
from ray_cluster.staging import staged_name
from ray_cluster.watchdog import watching
folder, out = map(Path, sys.argv[1:])
with watching(folder, is_detached=True, out=out):
    (out / ".staging" / staged_name(b"mine")).write_bytes(b"torn")
    child = subprocess.Popen(["sleep", "600"])
    theirs = staged_name(b"theirs").replace(str(os.getpid()), str(child.pid))
    (out / ".staging" / theirs).write_bytes(b"torn")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_the_dead_had_staged_goes_and_what_the_living_have_stays(tmp_path: Path) -> None:
    (folder := tmp_path / "folder").mkdir()
    (staging := tmp_path / "out" / STAGING).mkdir(parents=True)
    (staging / f"0123456789abcdef-{os.getpid()}").write_bytes(b"on its way")
    killed = subprocess.run([sys.executable, "-c", WATCHED, str(folder), str(tmp_path / "out")], check=False)
    assert killed.returncode < 0
    end = time.monotonic() + 30
    while (folder.exists() or len(os.listdir(staging)) > 1) and time.monotonic() < end:
        time.sleep(0.05)
    assert not folder.exists()
    assert os.listdir(staging) == [f"0123456789abcdef-{os.getpid()}"]
