"""`scenegen stats`: a table or JSON; what other people called their assets can't speak to the terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assets_catalog.opening import open_catalog
from ray_cluster.cli import app
from ray_cluster.credits import credits_of_catalog
from ray_cluster.papers import write_papers
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of

MadeHere = Callable[..., Receipt]


def stats(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["stats", *map(str, arguments)], terminal_width=200)


@pytest.fixture
def out(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> Path:
    made_here(record, tmp_path, units_of(record.spec)[0])
    (tmp_path / "run.json").write_text(record.model_dump_json())
    write_papers(tmp_path, record, credits_of_catalog(open_catalog("builtin")))
    return tmp_path


def test_json_has_every_asset_with_its_licence_creator_and_source(out: Path) -> None:
    told = json.loads(stats(out, "--by", "class", "--json").stdout)
    assert (told["by"], told["frames"], told["frames_kept"]) == ("class", 2, True)
    (wall,) = told["counts"]
    assert (wall["key"], wall["frames"], wall["instances"]) == ("wall", 2, 2)
    assert wall["pixels"] == 2 * 32 * 13


def test_a_table_tells_the_same(out: Path) -> None:
    told = stats(out)
    assert told.exit_code == 0
    assert "wall" in told.stdout
    assert str(2 * 32 * 13) in told.stdout
    assert "2 frames" in told.stdout


def test_names_cannot_speak_to_the_terminal(out: Path) -> None:
    ((asset_id, used),) = json.loads((out / "assets.json").read_text()).items()
    hostile = {asset_id: used | {"kind": "texture", "creator": "[red]Ann\x1b[2J\u202e"}}
    (out / "assets.json").write_text(json.dumps(hostile))
    for told in (stats(out, "--by", "creator"), stats(out, "--by", "asset")):
        assert told.exit_code == 0
        assert "[red]" in told.stdout
        assert not {"\x1b", "\u202e"} & set(told.stdout)


def test_an_unknown_key_is_one_line(tmp_path: Path) -> None:
    told = stats(tmp_path, "--by", "clas")
    assert told.exit_code == 2
    (line,) = told.stderr.splitlines()
    assert "did you mean 'class'?" in line
