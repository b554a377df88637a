"""Notice: SIGTERM, by which a machine that is taken away or a scheduler asks to leave.

Everywhere it ends a command as Ctrl-C does; while a fleet works it is only noted, so that commits in hand are finished.
A second one ends even that.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Terminated(KeyboardInterrupt):
    """SIGTERM, where it ends a command."""


class Notice:
    """Whether SIGTERM has come."""

    def __init__(self) -> None:
        self.is_given = False

    def take(self, number: int, frame: FrameType | None) -> None:
        """Notes the first, ends at once by the second."""
        if self.is_given:
            raise Terminated
        self.is_given = True


def terminate(number: int, frame: FrameType | None) -> None:
    """Ends the command; for `signal.signal`."""
    raise Terminated


@contextmanager
def noticed() -> Iterator[Notice]:
    """Notes SIGTERM inside the block, where this is the main thread; only there signals can be taken."""
    notice = Notice()
    if threading.current_thread() is not threading.main_thread():
        yield notice
        return
    before = signal.signal(signal.SIGTERM, notice.take)
    try:
        yield notice
    finally:
        signal.signal(signal.SIGTERM, before)
