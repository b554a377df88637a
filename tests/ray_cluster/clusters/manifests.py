"""What the tests of manifests and documents read: where they lie, what they pin, and the commands in them."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
CLUSTERS = ROOT / "ray_cluster" / "clusters"
DOCUMENTS = sorted((ROOT / "docs" / "clusters").glob("*.md"))
RAYJOBS = sorted(CLUSTERS.glob("rayjob-*.yaml"))
AWS = CLUSTERS / "aws.yaml"
SCRIPTS = sorted(CLUSTERS.glob("*.sh"))

_COMMAND = re.compile(r"(?:\bscenegen|\"\$script\"|head\.sh \S+) ([a-z][^'#\n]*)")


def pins(lock: str) -> dict[str, str]:
    """Returns the versions of a lock file in the root."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def own_version() -> str:
    """Returns the version of scenegen."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def rayjob(path: Path) -> dict:
    """Returns the RayJob of a manifest."""
    return next(each for each in yaml.safe_load_all(path.read_text()) if each["kind"] == "RayJob")


def commands(path: Path) -> Iterator[list[str]]:
    """Yields the arguments of each scenegen that a manifest or a document's shell runs."""
    text = path.read_text()
    if path.suffix == ".md":
        text = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    elif path.suffix == ".yaml":
        text = "\n".join(line for line in text.splitlines() if "scenegen " in line and not line.startswith("#"))
    for command in _COMMAND.findall(text):
        if not (words := shlex.split(command))[0].endswith(":"):
            yield words
