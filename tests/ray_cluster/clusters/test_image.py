"""The image: a Dockerfile without faults, that copies what exists, with Python and libraries of the locks."""

import re
import subprocess
import sys
from pathlib import Path

from tests.ray_cluster.clusters.manifests import CLUSTERS, ROOT, pins

DOCKERFILE = CLUSTERS / "Dockerfile"


def test_the_dockerfile_has_no_fault() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, "--no-color", DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_what_is_copied_exists_and_is_let_through() -> None:
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE.read_text(), re.MULTILINE)
    copied = [name for line in lines for name in line.split()]
    let_through = re.findall(r"^!(\S+)$", (CLUSTERS / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert sorted(copied) == sorted(let_through)
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_python_is_the_one_that_blender_is_made_for() -> None:
    assert set(re.findall(r"^FROM python:([\d.]+)-", DOCKERFILE.read_text(), re.MULTILINE)) == {"3.13"}
    assert (ROOT / ".python-version").read_text().strip().startswith("3.13")


def test_a_cluster_has_the_versions_that_the_tests_ran_with() -> None:
    tested, cluster = pins("requirements-3.13.txt"), pins("requirements-cluster.txt")
    assert {name: cluster[name] for name in tested.keys() & cluster.keys()} == {
        name: tested[name] for name in tested.keys() & cluster.keys()
    }
    assert {"ray", "bpy", "boto3", "obstore"} <= tested.keys() & cluster.keys()
    assert {"aiohttp", "prometheus-client"} <= cluster.keys(), "of Ray's agents"
