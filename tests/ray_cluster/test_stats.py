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
from schemas.run_spec import RunSpec
from schemas.unit import Receipt, units_of

MadeHere = Callable[..., Receipt]


def stats(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["stats", *map(str, arguments)], terminal_width=200)


@pytest.fixture
def out(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> Path:
    made_here(record, tmp_path, units_of(record.spec)[0])
    (tmp_path / "run.json").write_text(record.model_dump_json())
    write_papers(tmp_path, credits_of_catalog(open_catalog("builtin")))
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


def test_json_and_table_tell_the_distributions(out: Path) -> None:
    told = json.loads(stats(out, "--json").stdout)["distributions"]
    assert told["spreads"]["pitch_deg"]["median"] == 90  # these cameras look along the world's z
    assert told["depth"]["bands"]["1-3 m"]["pixels"] + told["depth"]["bands"]["3-10 m"]["pixels"] == 2 * 32 * 13
    assert told["depth"]["no_surface_share"] == 3 / 16
    assert told["normals"]["sides"]["toward"] == 1
    table = stats(out).stdout
    for line in ("no surface: 18.8%", "normals: toward 100.0%", "classes in sight: 1", "near-duplicates: none"):
        assert line in table


def test_a_page_is_written_beside_the_table_or_the_json(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "stats.html"
    told = stats(out, "--html", target)
    assert told.exit_code == 0
    assert f"wrote {target}" in told.stdout
    page = target.read_text()
    assert page.startswith("<!doctype html>")
    assert page.count("data:image/jpeg;base64,") == 2
    target.unlink()
    assert json.loads(stats(out, "--html", target, "--json").stdout)["frames"] == 2
    assert target.read_text() == page


def test_a_page_that_cannot_be_written_is_one_line(out: Path, tmp_path: Path) -> None:
    told = stats(out, "--html", tmp_path)
    assert told.exit_code == 2
    (line,) = told.stderr.splitlines()
    assert "can't be written" in line


def test_what_cannot_be_told_without_frames_is_said(tmp_path: Path, spec: RunSpec, made_here: MadeHere) -> None:
    record = RunRecord(
        spec=spec.model_copy(update={"keep_frames": False}),
        catalog_lock=open_catalog("builtin").lock(),
        versions={"scenegen": "test"},
    )
    made_here(record, tmp_path, units_of(record.spec)[0])
    (tmp_path / "run.json").write_text(record.model_dump_json())
    told = stats(tmp_path)
    assert told.exit_code == 0
    assert "frames are not kept" in told.stdout
    assert "pitch, deg" in told.stdout
    assert "depth" not in told.stdout.partition("field of view")[2]


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
