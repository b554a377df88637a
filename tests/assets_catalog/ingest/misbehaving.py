"""Loads that misbehave, one function each; called in the asset's process."""

import ctypes
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assets_catalog.ingest.candidate import LoadedModel
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from schemas.errors import AssetError

_HANDLES = range(3, 64)


def box(half: float = 0.25) -> LoadedModel:
    """Returns a box, in metres."""
    points = np.array(
        [(x, y, z) for z in (0, 2 * half) for y in (-half, half) for x in (-half, half)], dtype=np.float32
    )
    quads = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (1, 3, 7, 5), (3, 2, 6, 7), (2, 0, 4, 6)]
    faces = np.array([tri for a, b, c, d in quads for tri in ((a, b, c), (a, c, d))], dtype=np.int32)
    corners = points[faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    uvs = np.zeros((12, 3, 2), dtype=np.float32)
    material = AssetMaterial(name="paint", color=(0.5, 0.2, 0.1))
    part = MeshPart(points, faces, np.repeat(normals[:, None], 3, axis=1).astype(np.float32), uvs, material)
    return LoadedModel(AssetMesh((part,)), meters_per_unit=1.0)


def refuses() -> LoadedModel:
    """Says why, as a source does."""
    raise AssetError("holds no faces\nand \x1b[31mcontrol characters")


def raises() -> LoadedModel:
    """Fails as a library does."""
    raise ZeroDivisionError("division by zero")


def segfaults() -> LoadedModel:
    """Crashes."""
    ctypes.string_at(0)
    return box()


def aborts() -> LoadedModel:
    """Crashes as C++ does."""
    os.abort()


def killed() -> LoadedModel:
    """Ends as the kernel ends who takes too much."""
    os.kill(os.getpid(), signal.SIGKILL)
    return box()


def leaves() -> LoadedModel:
    """Ends without a word."""
    os._exit(3)


def leaves_content() -> LoadedModel:
    """Ends without a word, and content."""
    os._exit(0)


def spins() -> LoadedModel:
    """Never ends, and works."""
    while True:
        pass


def sleeps() -> LoadedModel:
    """Never ends, and waits."""
    time.sleep(1000)
    return box()


def devours() -> LoadedModel:
    """Takes all memory."""
    held = []
    while True:
        held.append(np.ones(2**23))


def nests() -> LoadedModel:
    """Calls itself."""
    return nests()


def babbles() -> LoadedModel:
    """Writes what is no answer."""
    return _writes(b"{}" * 1000)


def claims() -> LoadedModel:
    """Announces an answer of 2**60 bytes."""
    return _writes(b"P" + (2**60).to_bytes(8, "big"))


def floods() -> LoadedModel:
    """Answers with objects without end."""
    name = b"a.glb"
    frame = len(name).to_bytes(8, "big") + name + (2**20).to_bytes(8, "big") + bytes(2**20)
    return _writes(b"P" + (2).to_bytes(8, "big") + b"{}" + frame * 100)


def forges() -> LoadedModel:
    """Answers with a pickle that would run a program in the parent."""

    class Program:
        def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
            return os.system, ("exit 7",)

    content = pickle.dumps(Program())
    return _writes(b"P" + len(content).to_bytes(8, "big") + content)


def forks() -> LoadedModel:
    """Starts a child by the C library, which Python's hook does not see."""
    if ctypes.CDLL(None, use_errno=True).fork() == 0:
        os._exit(0)
    raise AssetError(f"fork said {os.strerror(ctypes.get_errno())}")


def runs_a_program() -> LoadedModel:
    """Starts a program."""
    subprocess.run(["/bin/true"], check=False)
    return box()


def threads() -> LoadedModel:
    """Starts a thread, which is allowed."""
    thread = threading.Thread(target=time.sleep, args=(0,))
    thread.start()
    thread.join()
    return box()


def swallows() -> LoadedModel:
    """Opens what lies outside, and goes on as if nothing were."""
    with suppress(OSError):
        Path("/etc/passwd").read_bytes()
    return box()


def _writes(content: bytes) -> LoadedModel:
    """Writes to whatever it can reach, the pipe to the parent included, and ends as if all were well."""
    for handle in _HANDLES:
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(handle, left) :]
        except OSError:
            continue
    os._exit(0)


@dataclass(frozen=True)
class Opens:
    """Opens a file by Python, or by the C library, which Python's hook does not see."""

    path: str
    by_libc: bool = False

    def __call__(self) -> LoadedModel:
        """Says what it read, so that a test can tell."""
        if not self.by_libc:
            return _said(Path(self.path).read_bytes())
        libc = ctypes.CDLL(None, use_errno=True)
        handle = libc.open(self.path.encode(), os.O_RDONLY)
        if handle < 0:
            raise AssetError(f"open said {os.strerror(ctypes.get_errno())}")
        return _said(os.read(handle, 100))


@dataclass(frozen=True)
class Writes:
    """Writes a file, by Python or by the C library."""

    path: str
    by_libc: bool = False

    def __call__(self) -> LoadedModel:
        """Leaves a trace where nothing stops it."""
        if not self.by_libc:
            Path(self.path).write_text("trace")
            return box()
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.open(self.path.encode(), os.O_WRONLY | os.O_CREAT, 0o600) < 0:
            raise AssetError(f"open said {os.strerror(ctypes.get_errno())}")
        return box()


@dataclass(frozen=True)
class Connects:
    """Connects to a port of this machine, by Python or by the C library."""

    port: int
    by_libc: bool = False

    def __call__(self) -> LoadedModel:
        """Is noticed by who listens, where nothing stops it."""
        if not self.by_libc:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return box()
        libc = ctypes.CDLL(None, use_errno=True)
        handle = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
        if handle < 0:
            raise AssetError(f"socket said {os.strerror(ctypes.get_errno())}")
        address = (
            socket.AF_INET.to_bytes(2, sys.byteorder) + self.port.to_bytes(2, "big") + bytes((127, 0, 0, 1)) + bytes(8)
        )
        libc.connect(handle, address, len(address))
        return box()


def _said(content: bytes) -> LoadedModel:
    raise AssetError(f"it read {content!r}")


def tells_environment() -> LoadedModel:
    """Tells what it finds in its environment."""
    raise AssetError(" ".join(os.environ.values()) or "nothing")
