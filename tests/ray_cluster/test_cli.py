"""The command line: bad input is told in one line with status 2 and leaves OUT as it was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ray_cluster.cli import app
from ray_cluster.commands import extra
from ray_cluster.run_folder import open_out
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec


def scenegen(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def fault_of(result: Result) -> str:
    """Returns the one line of a refusal."""
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("scenegen: ")
    return line


@pytest.mark.parametrize(
    ("preset", "options", "words"),
    [
        ("quikstart", [], "did you mean 'quickstart'?"),
        ("none.yaml", [], "none.yaml: can't be read"),
        ("quickstart", ["--set", "camera.widht_px=64"], "did you mean 'width_px'?"),
        ("quickstart", ["--set", "seed"], "KEY=VALUE"),
        ("quickstart", ["--set", "scenes=0"], "scenes: given 0"),
        ("quickstart", ["--set", "views_per_scene=0"], "views_per_scene: given 0"),
        ("quickstart", ["--set", "camera.width_px=100"], "nearest are 96 and 112"),
        ("quickstart", ["--set", "tasks=[depht]"], "did you mean 'depth'?"),
        ("quickstart", ["--set", "recipe=room"], "recipe: unknown 'room'"),
        ("quickstart", ["--catalog", "bultin"], "did you mean 'builtin'?"),
        ("quickstart", ["--catalog", "sweethome3d", "--catalog-path", "/nowhere"], "/nowhere"),
    ],
)
def test_bad_input_is_one_line_and_makes_nothing(tmp_path: Path, preset: str, options: list[str], words: str) -> None:
    out = tmp_path / "out"
    assert words in fault_of(scenegen("generate", preset, out, *options))
    assert not out.exists()


def test_every_fault_has_its_line(tmp_path: Path) -> None:
    result = scenegen("generate", "quickstart", tmp_path, "--set", "scenes=0", "--set", "x=1", "--catalog", "y")
    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["scenegen:"] * 3


@pytest.mark.parametrize("out", ["{tmp}/file", "{tmp}/file/below", "/proc/nowhere/out"])
def test_an_out_that_cannot_be_written_is_one_line(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("mine")
    fault_of(scenegen("generate", "quickstart", out.format(tmp=tmp_path), "--catalog", "builtin"))
    assert (tmp_path / "file").read_text() == "mine"


def test_an_out_of_another_spec_is_one_line_and_stays(tmp_path: Path, record: RunRecord) -> None:
    open_out(tmp_path, record)
    before = (tmp_path / "run.json").read_bytes()
    line = fault_of(scenegen("generate", "quickstart", tmp_path, "--catalog", "builtin"))
    assert "holds another run" in line
    assert "spec.scenes: 6 there, 4 asked for" in line
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    assert (tmp_path / "run.json").read_bytes() == before


def test_without_the_extra_generate_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    line = fault_of(scenegen("generate", "quickstart", tmp_path / "out"))
    assert "pip install 'scenegen[generate]'" in line
    assert "3.13" in line


@pytest.mark.parametrize("arguments", [["preview"], ["validate"], ["export-scene", "--scene", "0", "x.glb"]])
def test_commands_on_no_dataset_are_refused(tmp_path: Path, arguments: list[str]) -> None:
    fault_of(scenegen(arguments[0], tmp_path / "nothing", *arguments[1:]))


def test_a_variable_for_packages_does_not_spoil_the_builtin_catalog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCENEGEN_CATALOG_PATH", "/somewhere")
    (tmp_path / "file").write_text("")
    assert "catalog" not in fault_of(scenegen("generate", "quickstart", tmp_path / "file", "--catalog", "builtin"))


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(scenegen("schema").stdout)["properties"].keys() == RunSpec.model_fields.keys()


def test_the_version_is_printed() -> None:
    assert scenegen("--version").stdout.startswith("scenegen ")


def test_help_and_schema_load_nothing_heavy() -> None:
    code = "import sys; from ray_cluster.cli import app; app(['schema'], standalone_mode=False); "
    code += "sys.exit(bool({'ray', 'bpy', 'trimesh', 'pyarrow'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
