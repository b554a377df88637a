"""The embedded Ray: started for one run, closed to the network, quiet, and gone with its driver.

Ray reads its environment when it is imported, so this is the one module that imports it. Names as of Ray 2.60.
A cluster that RAY_ADDRESS names has its own ways, see `ray_cluster.places`.
Every socket is bound to 127.0.0.1 and asks for a token that lives in memory only: Ray's own token file would be
readable by all. Start-up has a fixed limit of 30 s, which a busy machine may miss: it is tried twice.
"""

import logging
import os
import secrets
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from ray_cluster.watchdog import watching
from schemas.errors import ScenegenError, first_line

_OWN_RAY = {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # on any system: the node's address is the loopback's
    "RAY_task_events_report_interval_ms": "0",  # nobody asks when which task ran
    "RAY_event_stats": "0",  # nor what Ray's own loops spend
}
_ANY_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",  # the driver words its own messages of dead workers
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # silences a FutureWarning
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # or a start by `uv run` would pack the working directory
}
for _name, _value in (_ANY_RAY if os.environ.get("RAY_ADDRESS") else _OWN_RAY | _ANY_RAY).items():
    os.environ.setdefault(_name, _value)

import ray  # noqa: E402 - reads the environment above
from ray.util import metrics as ray_metrics  # noqa: E402

__all__ = ["RayFolder", "embedded_ray", "ray", "ray_metrics"]

_STARTS = 2
_VITAL = ("raylet", "gcs_server")
"""Without its monitors or its dashboard a run goes on."""
_OBJECT_STORE_BYTES = 80 * 2**20
"""Events are a few hundred bytes; Ray asks for 75 MB at least."""
_LONGEST_PLACE = 40
"""Characters of the temporary folder: Ray puts sockets 60 below it, and their names end at 107."""


@dataclass
class RayFolder:
    """Where a run keeps Ray's sockets and logs, and its workers their temporary files."""

    path: Path
    keep: bool = False
    """Set it where the logs tell of failures; else the folder goes with the run."""

    @property
    def unit_logs(self) -> Path:
        """Returns the folder of what is said on stdout and stderr while a unit is made."""
        return self.path / "units"

    def broken(self) -> str | None:
        """Returns what of Ray has died that a run needs, if something has: it can't be mended."""
        node = ray._private.worker._global_node
        dead: list[str] = [] if node is None else [kind for kind, _ in node.dead_processes() if kind in _VITAL]
        return f"Ray's {', '.join(dead)} died" if dead else None


@contextmanager
def embedded_ray(workers: int, out: Path | None = None) -> Iterator[RayFolder]:
    """Holds a Ray with room for `workers`, or uses the one that this process is connected to already.

    `out`: where files are staged, of which those go that are left when this process is killed.
    """
    with _folder() as folder:
        if ray.is_initialized():
            yield folder
            return
        with watching(folder.path, out=out):
            try:
                _start(workers, folder.path)
                yield folder
            finally:
                ray.shutdown()  # before the watchdog ends what is left


@contextmanager
def _folder() -> Iterator[RayFolder]:
    place = gettempdir() if len(gettempdir()) <= _LONGEST_PLACE else "/tmp"
    folder = RayFolder(Path(mkdtemp(prefix="scenegen-", dir=place)))
    try:
        yield folder
    finally:
        if not folder.keep:
            shutil.rmtree(folder.path, ignore_errors=True)


def _start(workers: int, folder: Path) -> None:
    for _ in range(_STARTS):
        try:
            _init(workers, folder)
        except Exception as error:  # Ray raises bare ones too
            ray.shutdown()
            reason = first_line(error)
        else:
            return
    raise ScenegenError(f"the embedded Ray did not start in {_STARTS} attempts: {reason}")


def _init(workers: int, folder: Path) -> None:
    """Starts workers in an empty folder: Ray would make the driver's the first place that they import from."""
    on_sigterm = signal.getsignal(signal.SIGTERM)
    empty, temporary = folder / "empty", folder / "temporary"
    empty.mkdir(exist_ok=True)
    temporary.mkdir(exist_ok=True)
    ray.init(
        address="local",
        num_cpus=workers,
        num_gpus=0,
        object_store_memory=_OBJECT_STORE_BYTES,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
        runtime_env={"working_dir": str(empty), "env_vars": {"TMPDIR": str(temporary)}},
        _temp_dir=str(folder),
    )
    if (node := ray._private.worker._global_node) is not None:
        node.kill_log_monitor()  # it would pass on logs that nobody is shown
        node.kill_monitor()  # it would ask for nodes, which this Ray never has
        node.kill_dashboard()  # started even where it is off, and serves nobody
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, on_sigterm)  # Ray's own prints a stack and aborts
