"""Pulse: whether the head of a cluster that was joined still answers.

Ray 2.60 itself gives its head up after 60 s, and ends the driver without a word of ours.
"""

import socket
import time

_LOOK_S = 2.0
_ANSWER_S = 2.0
_MOST_MISSED = 5
"""Looks without an answer, one after another: a head that is only slow, or starts anew at once, is not given up."""


def knock(host: str, port: int, limit_s: float) -> None:
    """Returns when somebody listens there; raises OSError."""
    socket.create_connection((host, port), limit_s).close()


class Pulse:
    """Looks now and then, whenever it is asked."""

    def __init__(self, address: str) -> None:
        """`address`: of the head, HOST:PORT."""
        host, _, port = address.rpartition(":")
        self._address = address
        self._head = host.strip("[]"), int(port)
        self._looked = time.monotonic()
        self._missed = 0

    def broken(self) -> str | None:
        """Returns that nobody answers any more, once that is certain."""
        if time.monotonic() - self._looked >= _LOOK_S:
            self._missed = 0 if self.answers() else self._missed + 1
            self._looked = time.monotonic()
        return f"the cluster's head at {self._address} no longer answers" if self._missed >= _MOST_MISSED else None

    def answers(self) -> bool:
        """Returns whether somebody listens there now."""
        try:
            knock(*self._head, _ANSWER_S)
        except OSError:
            return False
        return True
