"""The documents say what is there: links lead somewhere, commands exist, code imports what it names."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from typer.main import get_command

from ray_cluster.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "architecture.md",
    ROOT / "docs" / "cluster.md",
    ROOT / "docs" / "ingest.md",
    ROOT / "docs" / "report.md",
    ROOT / "docs" / "storage.md",
    ROOT / "docs" / "training.md",
    ROOT / "docs" / "validation.md",
    *sorted((ROOT / "docs" / "clusters").glob("*.md")),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text())
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_in_code_marks_exists(document: Path) -> None:
    packages = "schemas|assets_catalog|render_configs|scenegen|ray_cluster|tests|setup"
    named = re.findall(rf"`((?:{packages})/[\w/.]+)`", document.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_readme_names_every_command_and_no_other() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]  # typer hands out a group
    named = set(re.findall(r"`scenegen ([a-z-]+)", (ROOT / "README.md").read_text()))
    assert named == commands


def test_the_readmes_python_imports_what_exists() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    ours = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("scenegen")
    ]
    assert ours
    for node in ours:
        module = importlib.import_module(str(node.module))
        assert {alias.name for alias in node.names} <= set(dir(module)) | set(getattr(module, "__all__", ()))
