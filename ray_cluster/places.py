"""Places: where a fleet's workers run: in a Ray of their own on this machine, or in a cluster that runs already.

A cluster gives a core to each worker, or a GPU where the run renders on one, and a worker the memory of so many cores.
Its nodes are the cluster's to start, watch and end; what a worker keeps there goes with it.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ray_cluster.embedded import embedded_ray, ray
from ray_cluster.limits import limits_within
from ray_cluster.pulse import Pulse, knock
from ray_cluster.worker import Job
from schemas.errors import InputError, ScenegenError, first_line
from schemas.run_record import RunRecord

_CORES_EACH = {"num_cpus": 1}
_LOOK_S = 2.0
_ANSWER_S = 10.0
_PATIENCE_S = 600.0
"""For the first node of a cluster to come up."""


@dataclass
class Place:
    """Room for workers, and what each is told there."""

    size: int
    """Workers at most."""
    job: Job
    logs: Path | None = None
    """A folder on this machine for what is said in each unit; nothing where each worker keeps its own."""
    options: Mapping[str, Any] = field(default_factory=lambda: _CORES_EACH)
    """What an actor asks of Ray."""
    keeps_logs: bool = False
    """Set it where the logs tell of failures; else they go with the run."""
    broken: Callable[[], str | None] = lambda: None
    """Returns what of Ray no longer works, and nobody else mends."""
    answers: Callable[[], bool] = lambda: True
    """Returns whether Ray's head can be asked for something now: what is asked of a dead one lasts a minute."""

    def check(self) -> None:
        """Raises ScenegenError where the run can't go on."""
        if dead := self.broken():
            raise ScenegenError(f"{dead}; what is committed stays: give the same command again to resume")


@contextmanager
def own_place(workers: int, job: Job) -> Iterator[Place]:
    """Holds a Ray of its own with room for so many workers."""
    with embedded_ray(workers, job.staging_root) as folder:
        place = Place(workers, job, folder.unit_logs, broken=folder.broken, answers=lambda: folder.broken() is None)
        yield place
        folder.keep = place.keeps_logs


@contextmanager
def joined_place(address: str, workers: int | None, job: Job) -> Iterator[Place]:
    """Joins the cluster at `address`, from one of its nodes; without a number, as many workers as it has room for now.

    Raises InputError where there is none, ScenegenError where it has no node that can make frames.
    """
    with joined_ray(address):
        pulse = Pulse(ray.get_runtime_context().gcs_address)
        yield replace(_room(workers, job), broken=pulse.broken, answers=pulse.answers)


@contextmanager
def joined_ray(address: str) -> Iterator[None]:
    """Is connected to the cluster at `address` inside the block; raises InputError where there is none."""
    _check_answers(address)
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, configure_logging=False)
    except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise InputError(f"--address {address}: no Ray cluster can be joined there: {first_line(error)}") from error
    try:
        yield
    finally:
        ray.shutdown()


def cores_of_cluster() -> int:
    """Returns how many cores the cluster that this process has joined has now; waits a while for its first node."""
    return int(sum(node["CPU"] for node in _nodes_with("CPU")))


def _check_answers(address: str) -> None:
    """Raises InputError where nobody listens: Ray itself would try for minutes."""
    host, colon, port = address.rpartition(":")
    if not (colon and port.isdecimal()):
        return  # a word of Ray's, such as auto
    try:
        knock(host.strip("[]"), int(port), _ANSWER_S)
    except (OSError, OverflowError) as error:
        raise InputError(f"--address {address}: nobody answers there: {first_line(error)}") from error


def _room(workers: int | None, job: Job) -> Place:
    resource = "GPU" if needs_gpu(job.record) else "CPU"
    nodes = _nodes_with(resource)
    there = int(sum(node[resource] for node in nodes))
    per_worker = min(node["CPU"] / node[resource] for node in nodes)
    share_bytes = min(node["memory"] / node[resource] for node in nodes)
    there_job = replace(job, threads=max(1, int(per_worker)), limits=limits_within(share_bytes, job.limits.scenes))
    options = _CORES_EACH if resource == "CPU" else {**_CORES_EACH, "num_gpus": 1}
    return Place(workers or there, there_job, options=options)


def needs_gpu(record: RunRecord) -> bool:
    """Returns whether each worker of a run is to have a GPU: only Cycles uses one, and nothing that reads frames."""
    render = record.spec.render
    return record.frames_from is None and render.renderer == "cycles" and render.device not in ("cpu", "auto")


def _nodes_with(resource: str) -> list[Mapping[str, float]]:
    """Returns what each node has that has some of a resource; an autoscaler that has none is asked to start one."""
    if nodes := _now_with(resource):
        return nodes
    ray.autoscaler.sdk.request_resources(bundles=[{"CPU": 1, resource: 1}])
    try:
        return _awaited(resource)
    finally:
        ray.autoscaler.sdk.request_resources(bundles=[])  # from now on the workers' own wants count


def _awaited(resource: str) -> list[Mapping[str, float]]:
    """Returns the nodes once there is one; raises ScenegenError where none comes up in a while."""
    end = time.monotonic() + _PATIENCE_S
    while not (nodes := _now_with(resource)):
        if time.monotonic() > end:
            raise ScenegenError(f"the cluster has no node with a {resource}, and started none in {_PATIENCE_S:g} s")
        time.sleep(_LOOK_S)
    return nodes


def _now_with(resource: str) -> list[Mapping[str, float]]:
    alive = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    return [node for node in alive if node.get(resource, 0) >= 1 and "memory" in node and "CPU" in node]
