"""The manifest of Ray's autoscaler: by Ray's own schema, and by Ray's own code in moto's EC2, it is what it says."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ray_cluster.clusters.manifests import AWS, own_version


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    """The manifest with Ray's defaults, checked by Ray."""
    from ray_cluster.embedded import ray  # noqa: PLC0415 - before Ray's autoscaler is imported

    assert ray
    from ray.autoscaler._private.util import prepare_config, validate_config  # noqa: PLC0415

    prepared: dict[str, Any] = prepare_config(yaml.safe_load(AWS.read_text()))
    validate_config(prepared)
    return prepared


@pytest.fixture
def started(config: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Type -> what EC2 says of a machine of the type; and `groups`, the security groups that there are."""
    (tmp_path / ".ssh").mkdir()
    for name, value in {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "x", "HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    import boto3  # noqa: PLC0415
    from moto import mock_aws  # noqa: PLC0415
    from ray.autoscaler._private.aws.config import bootstrap_aws  # noqa: PLC0415
    from ray.autoscaler._private.aws.node_provider import AWSNodeProvider  # noqa: PLC0415

    with mock_aws():
        ec2 = boto3.client("ec2", region_name=config["provider"]["region"])
        group = ec2.create_security_group(GroupName="scenegen", Description="scenegen")["GroupId"]
        filled = yaml.safe_load(yaml.safe_dump(deepcopy(config)).replace("SECURITY_GROUP", group))
        for name in ("head", "worker"):
            boto3.client("iam").create_instance_profile(InstanceProfileName=f"scenegen-{name}")
        filled = AWSNodeProvider.fillout_available_node_types_resources(bootstrap_aws(filled))
        provider = AWSNodeProvider(filled["provider"], filled["cluster_name"])
        found: dict[str, Any] = {}
        for name, kind in filled["available_node_types"].items():
            tags = {"ray-node-type": "worker", "ray-node-name": name, "ray-user-node-type": name}
            ((instance, _),) = provider.create_node(kind["node_config"], tags, 1).items()
            (told,) = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"]
            found[name] = {**told, "ours": group, "resources": kind["resources"]}
        found["groups"] = {each["GroupName"] for each in ec2.describe_security_groups()["SecurityGroups"]}
        yield found


def test_machines_are_spot_where_it_says_so_with_their_roles_and_no_port_open(started: dict[str, Any]) -> None:
    assert started.pop("groups") == {"default", "scenegen"}, "Ray makes none of its own, which is open to all"
    for name, machine in started.items():
        assert [each["GroupId"] for each in machine["SecurityGroups"]] == [machine["ours"]]
        assert machine["IamInstanceProfile"]["Arn"].endswith("scenegen-head" if name == "head" else "scenegen-worker")
    assert {name: each.get("InstanceLifecycle") for name, each in started.items()} == {
        "head": None,
        "cpu": "spot",
        "gpu": "spot",
    }
    assert started["head"]["resources"]["CPU"] == 0
    cores = started["cpu"]["resources"]["CPU"]
    assert started["cpu"]["resources"]["memory"] / cores > 2.5 * 2**30
    assert started["gpu"]["resources"]["GPU"] == 1


def test_it_is_closed(config: dict[str, Any]) -> None:
    (start,) = (line for line in config["head_start_ray_commands"] if "ray start" in line)
    assert "--include-dashboard=false" in start
    assert "--env RAY_AUTH_MODE=token" in config["docker"]["run_options"]
    assert config["file_mounts"] == {"~/.ray/auth_token": "~/.ray/auth_token"}
    assert config["docker"]["image"] == f"REGISTRY/scenegen:{own_version()}"
