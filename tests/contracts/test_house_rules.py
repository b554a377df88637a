"""The rules of the house that a linter can hold: one-way imports, bpy and ray in their rooms, no forbidden draws."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "assets_catalog", "render_configs", "scenegen", "ray_cluster")


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


@cache
def imports_of(source: Path) -> set[str]:
    """Returns the packages that a module names; each is parsed once, for all who ask."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    return {name.partition(".")[0] for name in names}


def test_imports_run_one_way_and_heavy_libraries_stay_in_their_rooms() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("library", "room"), [("bpy", "scenegen/blender/"), ("mathutils", "scenegen/blender/"), ("ray", "ray_cluster/")]
)
def test_even_imports_inside_functions_stay_in_their_rooms(library: str, room: str) -> None:
    places = [str(source.relative_to(ROOT)) for source in modules() if library in imports_of(source)]
    assert places
    assert [place for place in places if not place.startswith(room)] == []


REQUESTS = {"assets_catalog/ingest/server.py", "assets_catalog/ingest/child.py"}
"""What an asset's process is asked is pickled by its parent, and read before the asset is; the answer never is."""


@pytest.mark.parametrize("library", ["random", "uuid", "pickle", "shelve", "marshal"])
def test_no_module_draws_from_outside_its_streams_or_loads_code_as_data(library: str) -> None:
    found = {source.relative_to(ROOT).as_posix() for source in modules() if library in imports_of(source)}
    assert found == (REQUESTS if library == "pickle" else set())


def test_there_are_five_packages_and_no_rooms_without_a_purpose() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == set(PACKAGES)
    nameless = re.compile(r"^(utils?|helpers?|common|misc|base)(\.py)?$")
    assert [
        str(path)
        for path in ROOT.glob("*/**/*")
        if path.parts[len(ROOT.parts)] in PACKAGES and nameless.match(path.name)
    ] == []


def test_what_a_trainer_imports_loads_neither_blender_nor_ray() -> None:
    code = (
        "import sys, schemas.triplet, scenegen.encoders, scenegen.evaluate, scenegen.dataset.reader\n"
        "loaded = {'bpy', 'ray', 'embreex', 'trimesh', 'torch', 'datasets', 'PyOpenColorIO'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
