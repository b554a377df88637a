"""Three nodes: a Ray cluster on this machine that mends itself as one in a cloud does, for `bench.chaos`.

The process prints the address, and the number of the head's raylet, on a line. A node whose raylet has died is taken
away, and another takes its place; where the head has died all of it ends, and with it this process. It ends its cluster
too when its stdin closes, so that nothing outlives the campaign.

As with a machine that is lost, what else Ray has on a node goes at once: its agents would try for a minute to tell a
server of it. What is ours, wardens and workers, is left to end by itself: that is what a campaign looks at.
"""

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.processes import descendants, kind_of
from ray_cluster.which_ray import choose_ray

NODES = 3
_SMALL: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}
_LOOK_S = 0.2
_OURS = ("worker", "warden", "watchdog")


class Nodes:
    """The cluster, and what each raylet was last seen to have below it."""

    def __init__(self, folder: Path) -> None:
        """`folder`: for sockets and logs."""
        choose_ray("auto")  # this and the next before Ray is imported
        os.environ["RAY_TMPDIR"] = str(folder)
        (folder / "ray").mkdir()
        from ray.cluster_utils import Cluster  # noqa: PLC0415

        self._cluster: Any = Cluster(initialize_head=True, head_node_args=_SMALL)
        self._below: dict[int, list[int]] = {}
        self._head_raylet = _raylet(self._cluster.head_node)

    def start(self) -> str:
        """Starts the other nodes; returns what the campaign is to know."""
        for _ in range(NODES - 1):
            self._cluster.add_node(**_SMALL)
        return f"{self._cluster.address} {self._head_raylet.pid}"

    def mend(self) -> None:
        """Replaces nodes that are dead, for ever."""
        while True:
            for node in [node for node in self._cluster.worker_nodes if _raylet(node).poll() is not None]:
                self._cluster.remove_node(node, allow_graceful=False)
            time.sleep(_LOOK_S)
            with suppress(Exception):  # a busy machine misses Ray's own limits: it is tried again
                while len(self._cluster.worker_nodes) < NODES - 1:
                    self._cluster.add_node(**_SMALL)

    def end_when_over(self) -> None:
        """Ends all of it, and this process, when the head has died or stdin is closed."""
        while not select.select([sys.stdin], [], [], _LOOK_S)[0] and self._head_raylet.poll() is None:
            self._look()
        _end([*descendants(os.getpid()), *(pid for below in self._below.values() for pid in below)])
        os._exit(0)

    def _look(self) -> None:
        """Ends what Ray has on nodes that have died since; `mend` may be waiting for a new one meanwhile."""
        raylets = [pid for pid in descendants(os.getpid()) if kind_of(pid) == "raylet"]
        for pid in self._below.keys() - {*raylets}:
            _end(self._below.pop(pid))
        for pid in raylets:
            self._below[pid] = descendants(pid) or self._below.get(pid, [])


def _raylet(node: Any) -> Any:
    return node.all_processes["raylet"][0].process


def _end(pids: Iterable[int]) -> None:
    """Ends what is Ray's."""
    for pid in pids:
        if kind_of(pid) not in _OURS:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    nodes = Nodes(Path(sys.argv[1]))
    threading.Thread(target=nodes.end_when_over, daemon=True).start()
    print(nodes.start(), flush=True)
    nodes.mend()
