"""What workers ask of a cluster: a core each, a GPU beside it where Cycles renders on one; and their share of nodes."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from ray_cluster import places
from ray_cluster.embedded import ray
from ray_cluster.limits import WorkerLimits
from ray_cluster.places import Place, joined_place
from ray_cluster.worker import Job
from schemas.errors import ScenegenError
from schemas.run_record import RunRecord
from schemas.run_spec import RenderSpec

GIB = 2.0**30
HEAD = {"memory": 8 * GIB}
"""With no core for workers, as in our manifests."""
CPU_NODE = {"CPU": 8.0, "memory": 32 * GIB}
GPU_NODE = {"CPU": 16.0, "GPU": 2.0, "memory": 64 * GIB}


def room(record: RunRecord, *resources: dict[str, float], workers: int | None = None) -> Place:
    """Returns the room in a cluster of such nodes."""
    job = Job(record, Path("/out"), "analytic:walls", "builtin", 1, WorkerLimits())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ray, "init", lambda **_: None)
        patch.setattr(ray, "shutdown", lambda: None)
        patch.setattr(ray, "get_runtime_context", lambda: SimpleNamespace(gcs_address="127.0.0.1:6379"))
        patch.setattr(ray, "nodes", lambda: [{"Alive": True, "Resources": each} for each in resources])
        patch.setattr(places, "_PATIENCE_S", -1)
        with joined_place("auto", workers, job) as place:
            return place


def rendered(record: RunRecord, **render: str) -> RunRecord:
    return record.model_copy(update={"spec": record.spec.model_copy(update={"render": RenderSpec(**render)})})


@pytest.mark.parametrize("device", ["cpu", "auto"])
def test_on_cpu_nodes_there_is_one_worker_a_core_with_one_thread(record: RunRecord, device: str) -> None:
    place = room(rendered(record, device=device), HEAD, CPU_NODE, CPU_NODE)
    assert (place.size, place.job.threads, place.options) == (16, 1, {"num_cpus": 1})
    assert place.job.limits.ceiling_bytes is not None
    assert place.job.limits.ceiling_bytes < 4 * GIB


def test_on_gpu_nodes_there_is_one_worker_a_gpu_with_its_share_of_the_cores(record: RunRecord) -> None:
    place = room(rendered(record, device="optix"), HEAD, CPU_NODE, GPU_NODE)
    assert (place.size, place.job.threads, place.options) == (2, 8, {"num_cpus": 1, "num_gpus": 1})


def test_more_workers_than_there_is_room_for_may_be_asked_of_an_autoscaler(record: RunRecord) -> None:
    assert room(record, CPU_NODE, workers=400).size == 400


def test_what_uses_no_gpu_asks_for_none(record: RunRecord) -> None:
    on_gpu = rendered(record, device="optix")
    encoding = on_gpu.model_copy(update={"frames_from": "0" * 64})
    for each in (encoding, rendered(record, device="optix", renderer="analytic")):
        assert room(each, CPU_NODE, GPU_NODE).options == {"num_cpus": 1}


def test_a_cluster_without_such_nodes_is_asked_for_one_and_told(
    record: RunRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ray.autoscaler.sdk, "request_resources", lambda **wanted: asked.append(wanted["bundles"]))
    with pytest.raises(ScenegenError, match="the cluster has no node with a GPU, and started none"):
        room(rendered(record, device="cuda"), HEAD, CPU_NODE)
    assert asked == [[{"CPU": 1, "GPU": 1}], []], "what was asked for is no longer wanted"
