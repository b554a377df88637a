"""The manifests of KubeRay: what schemas know, closed, without secrets, a core or a GPU for each Blender."""

from pathlib import Path

import jsonschema
import kubernetes_validate
import pytest
import yaml

from tests.ray_cluster.clusters.manifests import RAYJOBS, own_version, pins, rayjob

pytestmark = pytest.mark.parametrize("path", RAYJOBS, ids=lambda path: path.stem)
SCHEMA = yaml.safe_load((Path(__file__).parent / "rayjob.schema.yaml").read_text())
KUBERNETES = "1.37"


def pods(path: Path) -> list[dict]:
    """Returns the templates of the head's pod and of the workers'."""
    cluster = rayjob(path)["spec"]["rayClusterSpec"]
    return [group["template"] for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"])]


def test_a_rayjob_has_the_fields_of_rayjobs(path: Path) -> None:
    jsonschema.validate(rayjob(path), SCHEMA)


def test_pods_and_all_else_are_what_kubernetes_knows(path: Path) -> None:
    others = [each for each in yaml.safe_load_all(path.read_text()) if each["kind"] != "RayJob"]
    named = [
        {"apiVersion": "v1", "kind": "Pod", **pod, "metadata": {**pod["metadata"], "name": "a"}} for pod in pods(path)
    ]
    assert [each["kind"] for each in others] == ["NetworkPolicy"]
    for each in [*named, *others]:
        kubernetes_validate.validate(each, KUBERNETES, strict=True)


def test_it_is_closed_and_holds_no_secret(path: Path) -> None:
    cluster = rayjob(path)["spec"]["rayClusterSpec"]
    assert cluster["authOptions"] == {"mode": "token"}
    assert cluster["headGroupSpec"]["serviceType"] == "ClusterIP"
    assert "dashboard-host" not in cluster["headGroupSpec"]["rayStartParams"]
    policy = next(each for each in yaml.safe_load_all(path.read_text()) if each["kind"] == "NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress"]
    for pod in pods(path):
        assert policy["podSelector"]["matchLabels"].items() <= pod["metadata"]["labels"].items()
        (container,) = pod["spec"]["containers"]
        assert {each["name"] for each in container.get("env", ())} <= {"RAY_JOB_STOP_WAIT_TIME_S"}
        assert [*container["envFrom"][0]] == ["secretRef"]


def test_ray_and_scenegen_are_those_of_the_locks(path: Path) -> None:
    assert rayjob(path)["spec"]["rayClusterSpec"]["rayVersion"] == pins("requirements-cluster.txt")["ray"]
    images = {container["image"] for pod in pods(path) for container in pod["spec"]["containers"]}
    assert images == {f"REGISTRY/scenegen:{own_version()}"}


def test_workers_have_whole_cores_or_one_gpu_and_the_head_none(path: Path) -> None:
    cluster = rayjob(path)["spec"]["rayClusterSpec"]
    assert cluster["headGroupSpec"]["rayStartParams"]["num-cpus"] == "0"
    for pod in pods(path):
        (resources,) = (container["resources"] for container in pod["spec"]["containers"])
        assert resources["requests"] == resources["limits"], "the scheduler gives what Ray counts on"
        assert float(resources["limits"]["cpu"]).is_integer()
    gpus = [pod["spec"]["containers"][0]["resources"]["limits"].get("nvidia.com/gpu") for pod in pods(path)]
    asks_for_gpu = "render.device=" in rayjob(path)["spec"]["entrypoint"]
    assert gpus == [None, "1" if asks_for_gpu else None]
    assert asks_for_gpu == ("gpu" in path.stem)
