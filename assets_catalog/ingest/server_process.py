"""Server process: the parent's end of the forkserver. Starts it, asks it for children, and waits for what they say.

The server gets an environment of its own, without the user's secrets, one thread for each library, and a session of
its own, so that Ctrl-C reaches the parent alone; when the parent goes, so does the server.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from assets_catalog.ingest.forkserver import READY
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.wire import Answer, DamagedAnswerError, read_answer
from schemas.errors import ScenegenError

_COMMAND = (
    "import json, socket, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from assets_catalog.ingest.forkserver import serve; serve(socket.socket(fileno=int(sys.argv[1])))"
)
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_LIBRARIES_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_ENDING_S = 5.0
_CHUNK_BYTES = 2**20
_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


class LateAnswerError(Exception):
    """An answer that did not come in time."""


@dataclass(frozen=True)
class End:
    """How a child ended."""

    status: int
    """Exit status, or minus the signal that ended it."""
    cpu_s: float
    peak_bytes: int
    """Largest memory, with what it shares with the server."""


@dataclass(frozen=True)
class Outcome:
    """What a child said, and how it ended."""

    answer: Answer | None
    end: End | None
    """None where nobody knows, as the server died too."""
    damage: str | None = None
    """How its answer is damaged."""
    late: bool = False


class ServerProcess:
    """A forkserver that runs as long as the block; started anew when it dies."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self._closed = False

    def __enter__(self) -> "ServerProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the server and its children; whoever waits for one gets its end."""
        with self._lock:
            self._closed = True
            self._end()

    def ask(self, request: bytes, limits: Limits) -> Outcome:
        """Returns what a new child makes of a request. Takes `limits.wall_s` at most, and a moment.

        Raises ScenegenError when there is no server to be had.
        """
        channel, theirs = socket.socketpair()
        lease, their_lease = socket.socketpair()
        with channel, lease:
            with theirs, their_lease:
                self._hand_over([theirs.fileno(), their_lease.fileno()])
            return _outcome(channel, lease, request, limits)

    def _hand_over(self, handles: list[int]) -> None:
        with self._lock:
            try:
                socket.send_fds(self._control(), [READY], handles)
            except OSError:  # it died since
                self._end()
                socket.send_fds(self._control(), [READY], handles)

    def _control(self) -> socket.socket:
        if self._closed:
            raise ScenegenError("the ingest server was closed")
        self._server = self._server or _started()
        return self._server[1]

    def _end(self) -> None:
        if self._server is not None:
            process, control = self._server
            control.close()
            _wait_for(process)
            self._server = None


def _started() -> tuple[subprocess.Popen[bytes], socket.socket]:
    control, theirs = socket.socketpair()
    path = json.dumps([os.path.abspath(entry) for entry in sys.path])
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-s", "-c", _COMMAND, str(theirs.fileno()), path],
            pass_fds=[theirs.fileno()],
            env=_environment(),
            cwd=os.sep,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    ready = control.recv(len(READY))
    assert process.stderr is not None
    with process.stderr as stderr:
        if not ready:
            last = stderr.read().decode(errors="replace").strip().rpartition("\n")[2]
            control.close()
            _wait_for(process)
            raise ScenegenError(f"the ingest server can't be started: {last}")
    return process, control


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_ENDING_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, **dict.fromkeys(_LIBRARIES_ONE_THREAD, "1"), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


def _outcome(channel: socket.socket, lease: socket.socket, request: bytes, limits: Limits) -> Outcome:
    deadline = time.monotonic() + limits.wall_s
    try:
        with suppress(OSError):  # it died before it had read all: its status tells more
            _send_all(channel, request, deadline)
        answer = read_answer(lambda count: _read(channel, count, deadline), limits.answer_bytes)
        return Outcome(answer, _end(lease, deadline))
    except LateAnswerError:
        return Outcome(None, _ended(lease), late=True)
    except DamagedAnswerError as error:
        return Outcome(None, _ended(lease), damage=str(error))


def _ended(lease: socket.socket) -> End | None:
    """Ends a child, and returns how it ended: one that did so by itself may have a better reason."""
    lease.shutdown(socket.SHUT_WR)
    with suppress(LateAnswerError):
        return _end(lease, time.monotonic() + _ENDING_S)
    return None


def _end(lease: socket.socket, deadline: float) -> End | None:
    words = _read(lease, _CHUNK_BYTES, deadline).split()
    return End(int(words[0]), float(words[1]), int(words[2]) * _MAXRSS_BYTES) if words else None


def _send_all(channel: socket.socket, content: bytes, deadline: float) -> None:
    left = memoryview(content)
    while left:
        channel.settimeout(_left_s(deadline))
        try:
            left = left[channel.send(left) :]
        except TimeoutError as error:
            raise LateAnswerError from error
    channel.shutdown(socket.SHUT_WR)


def _read(source: socket.socket, count: int, deadline: float) -> bytes:
    """Returns so many bytes, or fewer at the end of the stream. Raises LateAnswerError."""
    content = bytearray()
    while len(content) < count:
        source.settimeout(_left_s(deadline))
        try:
            part = source.recv(min(count - len(content), _CHUNK_BYTES))
        except TimeoutError as error:
            raise LateAnswerError from error
        except ConnectionError:
            break
        if not part:
            break
        content += part
    return bytes(content)


def _left_s(deadline: float) -> float:
    left_s = deadline - time.monotonic()
    if left_s <= 0:
        raise LateAnswerError
    return left_s
