"""`scenegen validate`: one report however it was spread, verdicts for people and programs, nothing that ends it."""

import importlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ray_cluster import checkers
from ray_cluster.checkers import spread_over
from ray_cluster.cli import app
from scenegen.dataset import validate as validation
from scenegen.dataset.checks.draw import Draw
from scenegen.dataset.validate import validate
from tests.scenegen.dataset.conftest import make_record, write_dataset

UNIT_1 = "triplets/train/unit-00000001.parquet"


def scenegen(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["validate", *map(str, arguments)], env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five units of one scene, two frames each."""
    return write_dataset(tmp_path_factory.mktemp("whole") / "out", make_record(scenes=5, scenes_per_unit=1))


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "out"))


@pytest.fixture
def always_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkers, "_SMALL_PX", 0)


def test_a_table_a_line_and_json_say_the_same(out: Path, tmp_path: Path) -> None:
    (out / UNIT_1).unlink()
    result = scenegen(out, "--json", tmp_path / "verdict.json")
    assert result.exit_code == 1
    assert f"complete: {UNIT_1}: missing: the unit is not committed" in result.stdout
    assert "failed: complete; 8 of 10 frames, 16 triplets looked at" in result.stdout
    told = json.loads((tmp_path / "verdict.json").read_text())
    assert [check["check"] for check in told["checks"] if check["verdict"] == "failed"] == ["complete"]


def test_a_sample_says_how_far_it_can_be_trusted(out: Path) -> None:
    result = scenegen(out, "--sample", "50%", "--seed", "4")
    assert result.exit_code == 0, result.stdout
    assert "5 of 10 frames" in result.stdout
    assert "0 of them at fault, so with 95% confidence at most 45 % of all frames are" in result.stdout


def test_a_share_that_is_none_is_bad_input(out: Path) -> None:
    result = scenegen(out, "--sample", "2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--sample 2: must be a share above 0" in result.stderr


def test_what_names_say_can_not_speak_to_the_terminal(out: Path) -> None:
    (out / "triplets" / "a\x1b[2Jb.txt").write_text("")
    assert "\x1b[2J" not in scenegen(out).stdout


@pytest.mark.usefixtures("session_ray", "always_ray")
@pytest.mark.parametrize("draw", [None, Draw(0.5)])
def test_checkers_find_what_one_process_finds(out: Path, draw: Draw | None) -> None:
    (out / UNIT_1).write_bytes((out / UNIT_1).read_bytes()[:-9])
    told: list[tuple[int, int]] = []
    there = validate(out, lambda *counts: told.append(counts), draw=draw, spread=spread_over(2, None))
    assert there == validate(out, draw=draw)
    assert not there.ok
    assert told == [(done, 5) for done in range(1, 6)]


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(validation, "Validation", importlib.import_module("deadly").Deadly)


@pytest.mark.usefixtures("session_ray", "always_ray", "deadly")
def test_a_unit_that_checkers_die_of_is_named_and_the_others_are_checked(out: Path) -> None:
    report = validate(out, spread=spread_over(2, None))
    (fault,) = report.faults
    assert fault.where == "triplets/train/unit-00000002.parquet"
    assert fault.what.startswith("can't be checked: 2 checkers died of it")
    assert report.frames == 8
