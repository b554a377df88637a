"""A process that asked for it ends with its parent."""

import subprocess
import sys

import pytest

CHILD = """
import os, threading, time
from ray_cluster.parent import end_with_parent
def ask():
    end_with_parent(os.getppid())
    print("asked", flush=True)
    time.sleep(600)
threading.Thread(target=ask).start()
"""
PARENT = f"""
import subprocess, sys
subprocess.run([sys.executable, "-c", {CHILD!r}])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_a_process_that_asked_for_it_ends_with_its_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline()
        parent.kill()
        parent.stdout.read()  # ends when nobody has it open any more: the child is gone


@pytest.mark.skipif(sys.platform != "linux", reason="prctl")
def test_one_whose_parent_is_gone_already_ends() -> None:
    code = "from ray_cluster.parent import end_with_parent; end_with_parent(-1)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode < 0
