"""Forkserver: a small clean process that has all libraries in memory, and forks one child for each asset.

It runs no thread, opens no asset and holds none of the parent's memory, files or environment. The parent asks over a
socket: a byte, with the child's channel and a lease, as SCM_RIGHTS. On the lease the child's end comes back, once: exit
status, processor time, largest memory. A lease that the parent closes ends its child. When the parent goes, its end of
the socket closes, and the server ends its children and itself; when the server is killed, Linux kills the children.
"""

import ctypes
import gc
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from assets_catalog.ingest.child import get_ready, serve_one

READY = b"+"

_PR_SET_PDEATHSIG = 1
_MOST_HANDLES = 65536


@dataclass
class _Children:
    """The children that run, by the number of their process."""

    selector: selectors.BaseSelector
    leases: dict[int, socket.socket] = field(default_factory=dict)

    def start(self, channel: socket.socket, lease: socket.socket) -> None:
        """Forks a child."""
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_a_child(server, channel)
        channel.close()
        self.leases[pid] = lease
        self.selector.register(lease, selectors.EVENT_READ, pid)

    def end(self, pid: int) -> None:
        """Ends a child whose lease the parent closed; it is reaped later."""
        self.selector.unregister(self.leases[pid])
        os.kill(pid, signal.SIGKILL)

    def reap(self) -> None:
        """Tells the parent of those that ended."""
        with suppress(ChildProcessError):
            while (ended := os.wait4(-1, os.WNOHANG))[0]:
                pid, status, used = ended
                told = f"{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime} {used.ru_maxrss}"
                with self.leases.pop(pid) as lease, suppress(OSError):
                    with suppress(KeyError):
                        self.selector.unregister(lease)
                    lease.sendall(told.encode())


def serve(control: socket.socket) -> None:
    """Serves until the parent closes its end of the socket; says so when it is ready.

    What goes wrong before that stands on stderr; afterwards nothing is written anywhere.
    """
    get_ready()
    gc.collect()
    gc.freeze()
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    control.sendall(READY)
    wake = _woken_by_children()
    with selectors.DefaultSelector() as selector:
        children = _Children(selector)
        selector.register(control, selectors.EVENT_READ)
        selector.register(wake, selectors.EVENT_READ)
        while _round(control, wake, children):
            children.reap()
        for pid in children.leases:
            os.kill(pid, signal.SIGKILL)


def _round(control: socket.socket, wake: socket.socket, children: _Children) -> bool:
    """Does what there is to do; returns whether to go on."""
    for key, _ in children.selector.select():
        if key.fileobj is wake:
            wake.recv(4096)
        elif key.fileobj is not control:
            children.end(key.data)
        else:
            message, handles, _, _ = socket.recv_fds(control, 1, 2)
            if not message:
                return False
            channel, lease = (socket.socket(fileno=handle) for handle in handles)
            children.start(channel, lease)
    return True


def _woken_by_children() -> socket.socket:
    """Returns a socket that becomes readable when a child ends."""
    wake, signalled = socket.socketpair()
    signalled.setblocking(False)
    signal.set_wakeup_fd(signalled.detach(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, _nothing)
    return wake


def _nothing(number: int, frame: FrameType | None) -> None:
    """Python writes to the wake-up socket only for signals that have a handler."""


def _be_a_child(server: int, channel: socket.socket) -> None:
    """Never returns. Holds nothing of the server's but its memory."""
    status = 1
    try:
        _die_with(server)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.closerange(3, channel.fileno())
        os.closerange(channel.fileno() + 1, _MOST_HANDLES)
        serve_one(channel)
        status = 0
    finally:
        os._exit(status)


def _die_with(server: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != server:
        os._exit(1)
