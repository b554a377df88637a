"""The command line: bad input is told in one line with status 2 and leaves OUT as it was."""

import importlib.util
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from ray_cluster.cli import app, main
from ray_cluster.commands import described, extra
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
        ("quickstart", ["--set", "recipe=rom"], "recipe: unknown 'rom'"),
        ("quickstart", ["--catalog", "bultin"], "did you mean 'builtin'?"),
        ("quickstart", ["--renderer", "analytc"], "render.renderer: unknown 'analytc' (did you mean 'analytic'?)"),
        ("quickstart", ["--set", "render=fast"], "render: given"),
        ("quickstart", ["--catalog", "/nowhere"], "/nowhere"),
        ("quickstart", ["--licenses", "CC0"], "did you mean 'CC0-1.0'?"),
    ],
)
def test_bad_input_is_one_line_and_makes_nothing(tmp_path: Path, preset: str, options: list[str], words: str) -> None:
    out = tmp_path / "out"
    assert words in fault_of(scenegen("generate", preset, out, *options))
    assert not out.exists()


def test_an_estimate_of_bad_input_is_one_line() -> None:
    assert "did you mean 'quickstart'" in fault_of(scenegen("estimate", "quikstart"))
    assert "did you mean 'analytic'" in fault_of(scenegen("estimate", "quickstart", "--renderer", "analitic"))


def test_every_fault_has_its_line(tmp_path: Path) -> None:
    result = scenegen("generate", "quickstart", tmp_path, "--set", "scenes=0", "--set", "x=1", "--set", "seed=-1")
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


def test_the_analytic_renderer_does_not_ask_for_blender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    found = importlib.util.find_spec
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name in {"bpy", "embreex"} else found(name))
    options = (tmp_path / "file", "--catalog", "builtin")
    assert "needs bpy, embreex" in fault_of(scenegen("generate", "quickstart", *options))
    assert "needs" not in fault_of(scenegen("generate", "quickstart", *options, "--renderer", "analytic"))


@pytest.mark.parametrize("arguments", [["preview"], ["validate"], ["export-scene", "--scene", "0", "x.glb"]])
def test_commands_on_no_dataset_are_refused(tmp_path: Path, arguments: list[str]) -> None:
    fault_of(scenegen(arguments[0], tmp_path / "nothing", *arguments[1:]))


def test_a_variable_names_the_catalog_and_an_option_overrules_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCENEGEN_CATALOG", "/somewhere")
    (tmp_path / "file").write_text("")
    assert "/somewhere" in fault_of(scenegen("generate", "quickstart", tmp_path / "file"))
    assert "catalog" not in fault_of(scenegen("generate", "quickstart", tmp_path / "file", "--catalog", "builtin"))


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(scenegen("schema").stdout)["properties"].keys() == RunSpec.model_fields.keys()


def test_the_version_is_printed() -> None:
    assert scenegen("--version").stdout.startswith("scenegen ")


def test_help_and_schema_load_nothing_heavy() -> None:
    code = "import sys; from ray_cluster.cli import app; app(['schema'], standalone_mode=False); "
    code += "sys.exit(bool({'ray', 'bpy', 'trimesh', 'pyarrow'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["generate", "quickstart", "out", "--workers", "0"], "'--workers'"),
        (["generate", "quickstart", "out", "--recycle-after", "0"], "'--recycle-after'"),
        (["encode", "src", "out", "--epoch", "-1"], "'--epoch'"),
        (["encode", "src", "out", "--workers", "0"], "'--workers'"),
        (["encode", "src"], "OUT"),
        (["export-scene", "out", "x.glb", "--scene", "-1"], "'--scene'"),
        (["preview", "out", "--farmes", "2"], "No such option"),
        (["schem"], "schem"),
        (["generate"], "PRESET"),
        (["estimate", "quickstart", "--cores", "0"], "'--cores'"),
        (["estimate", "quickstart", "--price-core-hour", "-1"], "'--price-core-hour'"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["scenegen", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    stdout, stderr = capsys.readouterr()
    assert end.value.code == 2
    (line,) = stderr.splitlines()
    assert line.startswith("scenegen: ")
    assert words in line
    assert not stdout


def test_a_catalog_that_cannot_furnish_a_room_leaves_out_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builtin = open_catalog("builtin")
    bare = Catalog.of("builtin", [], builtin.load_mesh)
    monkeypatch.setattr(described, "open_catalog", lambda location: bare)
    line = fault_of(scenegen("generate", "quickstart", tmp_path / "out", "--catalog", "builtin"))
    assert "floor" in line
    assert not (tmp_path / "out").exists()


def run_main(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    code = "from ray_cluster.cli import main; main()"
    command_line = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command_line, check=False, text=True, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2], **options
    )


def no_room() -> None:
    """Lets no file grow, as a full disk would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("argument", ["schema", "--help", "--version"])
def test_a_full_disk_below_stdout_is_one_line(tmp_path: Path, argument: str, unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with (tmp_path / "full").open("w") as full:
        done = run_main(argument, stdout=full, preexec_fn=no_room, env=environment)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["scenegen: stdout can't be written: File too large"]


@pytest.mark.parametrize("argument", ["schema", "--help", "--version"])
def test_a_closed_pipe_is_silent(argument: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run_main(argument, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("argument", ["schema", "--help"])
def test_a_terminal_of_few_characters_is_written_to(argument: str) -> None:
    done = run_main(argument, stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
