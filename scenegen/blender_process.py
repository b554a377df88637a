"""A Blender process that answers requests, one line of JSON each: watched, and begun anew when it ended.

What it prints goes to a file, whose end tells why it died. Blender takes seconds to start, and is started when it is
first asked.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from schemas.errors import AssetError, RenderError

_CODE = Path(__file__).resolve().parents[1]
_START_S = 120.0
_LEAVE_S = 5.0
_TAIL_BYTES = 4096
_CHARACTERS_QUOTED = 200


class BlenderProcess:
    """One process at a time of a module that says a line when it has started, and then one for each request."""

    def __init__(self, module: str, folder: Path) -> None:
        """Keeps temporary files and what Blender prints in `folder`."""
        self._module = module
        self._folder = folder
        self._log = folder / "blender.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._read = b""

    def ask(self, request: Mapping[str, Any], patience_s: float) -> dict[str, Any]:
        """Returns the answer. Raises AssetError where the process ends or takes too long; the next one is another.

        Raises RenderError where it doesn't even start.
        """
        process = self._process or self._started()
        try:
            _pipe(process.stdin).write(json.dumps(request).encode() + b"\n")
            _pipe(process.stdin).flush()
            return self._answer(process, patience_s)
        except (OSError, EOFError, ValueError) as error:
            raise AssetError(self._end_of(process, error, patience_s)) from error

    def close(self) -> None:
        """Lets the process go."""
        process, self._process, self._read = self._process, None, b""
        if process is None:
            return
        try:
            process.communicate(timeout=_LEAVE_S)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            process.kill()
            process.communicate()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "TMPDIR": str(self._folder), "PYTHONPATH": str(_CODE)},
            )
        try:
            self._answer(process, _START_S)
        except (OSError, EOFError, ValueError) as error:
            raise RenderError(f"Blender doesn't start: {self._end_of(process, error, _START_S)}") from error
        return process

    def _answer(self, process: subprocess.Popen[bytes], patience_s: float) -> dict[str, Any]:
        """Returns the next line; raises TimeoutError or EOFError where none comes, ValueError where it is no JSON."""
        output = _pipe(process.stdout).fileno()
        until = time.monotonic() + patience_s
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while b"\n" not in self._read:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise TimeoutError
                read = os.read(output, 65536)
                if not read:
                    raise EOFError
                self._read += read
        line, _, self._read = self._read.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _end_of(self, process: subprocess.Popen[bytes], error: Exception, patience_s: float) -> str:
        """Ends a process that failed, and returns how."""
        if isinstance(error, TimeoutError):
            process.kill()
        self.close()
        if isinstance(error, TimeoutError):
            return f"Blender took longer than {patience_s:g} s{_after(last_words(self._log))}"
        return how_it_ended(process.returncode, self._log)


def how_it_ended(status: int, log: Path) -> str:
    """Returns how a Blender process ended, with its last words; `status`: minus the signal where one ended it."""
    how = f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"
    return f"Blender ended {how}{_after(last_words(log))}"


def last_words(log: Path) -> str:
    """Returns the last line of what a process printed, cut where it is long; empty where it printed none."""
    said = log.read_bytes()[-_TAIL_BYTES:].decode(errors="replace")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:_CHARACTERS_QUOTED] if lines else ""


def _after(words: str) -> str:
    return f": {words}" if words else ""


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "both ends are pipes"
    return pipe
