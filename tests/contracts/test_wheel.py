"""The wheel holds the five packages with their data, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"schemas", "assets_catalog", "render_configs", "scenegen", "ray_cluster"}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, *build, str(ROOT)], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return wheel.namelist()


def test_the_wheel_holds_every_module_preset_and_taxonomy(names: list[str]) -> None:
    kept = ("*.py", "*.yaml", "*.parquet", "*.css", "*.js", "LICENSE", "py.typed")
    wanted = {
        str(path.relative_to(ROOT)) for package in PACKAGES for kind in kept for path in (ROOT / package).rglob(kind)
    }
    assert wanted <= set(names)
    assert "render_configs/presets/quickstart.yaml" in names


def test_the_wheel_holds_nothing_else(names: list[str]) -> None:
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == PACKAGES
