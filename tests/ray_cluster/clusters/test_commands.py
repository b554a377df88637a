"""The commands in manifests, scripts and their documents are scenegen's own, with its presets and keys."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from ray_cluster.cli import app
from render_configs.load import load_spec
from tests.ray_cluster.clusters.manifests import AWS, CLUSTERS, DOCUMENTS, RAYJOBS, SCRIPTS, commands

FILES = [*RAYJOBS, *DOCUMENTS]
PLACEHOLDERS = {"REGISTRY", "BUCKET", "SECURITY_GROUP"}
"""What a user fills in."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_is_one_that_scenegen_takes(path: Path) -> None:
    found = [*commands(path)]
    assert found
    for words in found:
        command, given = get_command(app), words
        while hasattr(command, "commands"):
            command, given = command.commands[given[0]], given[1:]
        chosen = command.make_context(words[0], [*given]).params
        if words[0] == "generate":
            load_spec(chosen["preset"], [change for change in chosen["overrides"] or () if change])


@pytest.mark.parametrize("path", [*RAYJOBS, AWS], ids=lambda path: path.name)
def test_what_is_to_be_filled_in_is_named_at_the_top(path: Path) -> None:
    lines = path.read_text().splitlines()
    named, used = (
        " ".join(line for line in lines if line.startswith("#") is is_comment) for is_comment in (True, False)
    )
    assert placeholders(named) == placeholders(used) != set()


def placeholders(text: str) -> set[str]:
    return {each for each in PLACEHOLDERS if re.search(rf"\b{each}\b", text)}


@pytest.mark.parametrize("path", [*RAYJOBS, AWS, *SCRIPTS, CLUSTERS / "Dockerfile"], ids=lambda path: path.name)
def test_no_file_holds_a_credential(path: Path) -> None:
    held = r"(SECRET|PASSWORD|ACCESS_KEY|ACCOUNT_KEY|SAS_TOKEN|AUTH_TOKEN\b)\w*['\"]?\s*[:=]"
    assert not re.search(held, path.read_text())
