"""`scenegen ingest`: genuine frames of others through ingest, validate and encode; restarts, refusals, half-spoilt."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from ray_cluster.cli import app
from scenegen.dataset.png import decode_png
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import read_record
from scenegen.dataset.validate import validate
from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.prompts import parse_prompt
from schemas.triplet import Triplet

pytestmark = pytest.mark.usefixtures("session_ray")

Contents = Callable[[Path], dict[str, str]]
GENUINE = Path(__file__).parents[1] / "scenegen" / "ingest" / "blenderproc_frames"
CLASSES = "{'1': ground, '2': wall, '3': box, '4': ball, '5': traffic_cone, '6': column, '11': figurine}"


def scenegen(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def ingested(*arguments: object) -> str:
    """Returns what is printed."""
    result = scenegen("ingest", "blenderproc", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refusal(result: Result, status: int = 2) -> str:
    assert result.exit_code == status, result.output
    (line,) = (line for line in result.stderr.splitlines() if line.startswith("scenegen: "))
    return line


def stored(out: Path) -> list[Triplet]:
    triplets = open_triplets(out)
    return [triplets.stored(index) for index in range(len(triplets))]


@pytest.fixture(scope="module")
def out(session_ray: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ingested") / "out"
    ingested(GENUINE, place, "--license", "CC0-1.0", "--split", "val", "--workers", 1)
    return place


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GENUINE, tmp_path / "frames"))


def test_a_genuine_frame_goes_through_ingest_validate_and_encode_and_its_depth_decodes(
    out: Path, tmp_path: Path
) -> None:
    encoded = tmp_path / "encoded"
    result = scenegen("encode", out, encoded, "--tasks", "depth", "--epoch", 3)
    assert result.exit_code == 0, result.output
    assert validate(out).ok
    assert validate(encoded, frames=out).ok
    rows = stored(encoded)
    assert [row.frame_id for row in rows] == ["scene-00000000-view-00", "scene-00000001-view-00"]
    for number, row in enumerate(rows):
        with h5py.File(GENUINE / f"{number}.hdf5") as file:
            depth_m = file["depth"][4:116]
        true_m = np.where(depth_m > 1e6, np.inf, depth_m)
        decoded_m = decode(decode_png(row.target_png), row.edit_prompt)
        np.testing.assert_array_equal(np.isinf(decoded_m), np.isinf(true_m))
        codec = ENCODERS["depth"].codec_of(parse_prompt(row.edit_prompt), ())
        surface = np.isfinite(true_m)
        assert np.abs(decoded_m[surface] / true_m[surface] - 1).max() < 0.02
        assert codec.params == row.codec_params
    assert {task.check: task.figures for task in validate(encoded, frames=out).checks}["targets"]["depth"] <= 1


def test_the_record_says_whose_frames_they_are_and_what_is_not_known(out: Path) -> None:
    record = read_record(out)
    assert record.ingested is not None
    assert (record.ingested.source, record.ingested.license) == ("blenderproc", "CC0-1.0")
    assert record.ingested.lacking == ("scene", "classes")
    assert record.spec.tasks == ("depth", "normals")
    assert {unit.parent.name for unit in committed_units(out)} == {"val"}
    card = (out / "README.md").read_text()
    assert "**Normals are averaged**" in card
    assert "they keep their licence: CC0-1.0" in card
    assert "Not known: the classes of objects." in card
    told = json.loads((out / "run.json").read_text())["ingested"]
    assert str(GENUINE.parent) not in json.dumps(told)


def test_what_cant_be_checked_of_others_frames_is_said(out: Path) -> None:
    notes = {check.check: (check.verdict, check.note) for check in validate(out).checks}
    assert notes["licences"][0] == "not checked"
    assert notes["plan"][1].startswith("ingested frames: ")
    assert "witness_ids" in notes["gates"][1]
    assert all(verdict == "passed" for check, (verdict, _) in notes.items() if check != "licences")


def test_the_same_command_again_and_two_workers_give_the_same_bytes(
    out: Path, tmp_path: Path, contents: Contents
) -> None:
    again = tmp_path / "again"
    ingested(GENUINE, again, "--license", "CC0-1.0", "--split", "val", "--workers", 2)
    assert contents(again) == contents(out)
    unit = committed_units(again)[0]
    unit.unlink()  # as if the run had been killed before it
    ingested(GENUINE, again, "--license", "CC0-1.0", "--split", "val", "--workers", 1)
    assert contents(again) == contents(out)


def test_named_classes_give_semantic_and_instance_targets(tmp_path: Path) -> None:
    ingested(GENUINE, tmp_path / "out", "--set", f"blenderproc.classes={CLASSES}", "--workers", 1)
    rows = stored(tmp_path / "out")
    assert {row.task for row in rows} == {"depth", "normals", "semantic", "instance"}
    labels = {entry.label.removesuffix("s") for row in rows if row.task == "semantic" for entry in row.legend}
    assert labels & {"ground", "wall", "box", "boxe", "ball", "cone"}
    report = validate(tmp_path / "out")
    assert report.ok, [fault for check in report.checks for fault in check.faults]


def test_frames_that_are_off_are_left_out_and_told(own: Path, tmp_path: Path) -> None:
    (own / "2.hdf5").write_bytes((own / "0.hdf5").read_bytes()[:50_000])
    said = ingested(own, tmp_path / "out", "--workers", 1)
    assert "holds 2 frames, 4 triplets" in said
    assert "left out: 1 frames, 1 for no HDF5 file, or cut short; run.json names them" in said
    assert "not known of these frames: scene, classes" in said
    assert validate(tmp_path / "out").ok


def test_a_folder_that_has_changed_is_refused(own: Path, tmp_path: Path) -> None:
    ingested(own, tmp_path / "out", "--workers", 1)
    (own / "1.hdf5").unlink()
    line = refusal(scenegen("ingest", "blenderproc", own, tmp_path / "out"))
    assert "holds another run: ingested.content_sha256" in line


def test_no_frame_that_can_be_taken_leaves_nothing(own: Path, tmp_path: Path) -> None:
    for name in ("0.hdf5", "1.hdf5"):
        (own / name).write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(1000))
    line = refusal(scenegen("ingest", "blenderproc", own, tmp_path / "out"))
    assert "none of 2 frames can be taken; 0.hdf5: no HDF5 file, or cut short" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--set", "tasks=[referring]"], "no blenderproc frame here can answer referring: they have no scene"),
        (["--set", "tasks=[semantic]"], "no blenderproc frame here can answer semantic: they have no classes"),
        (["--set", "tasks=[dpeth]"], "did you mean 'depth'"),
        (["--set", "room.width_m=3"], "ingest can't change 'room'"),
        (["--set", "blenderproc.fov=3"], "blenderproc.fov: "),
        (["--set", "blenderproc=3"], "blenderproc: must be a mapping"),
        (["--split", "trian"], "no split 'trian' (did you mean 'train'?)"),
        (["--conventions", "no-such.yaml"], "no-such.yaml: can't be read"),
    ],
)
def test_what_is_asked_wrongly_is_told_and_nothing_is_written(tmp_path: Path, options: list[str], line: str) -> None:
    result = scenegen("ingest", "blenderproc", GENUINE, tmp_path / "out", *options)
    assert line in refusal(result)
    assert not (tmp_path / "out").exists()


def test_places_that_are_none_are_told(tmp_path: Path, own: Path) -> None:
    assert "no directory" in refusal(scenegen("ingest", "blenderproc", tmp_path / "nowhere", tmp_path / "out"))
    (tmp_path / "empty").mkdir()
    assert "holds no .hdf5 file" in refusal(scenegen("ingest", "blenderproc", tmp_path / "empty", tmp_path / "out"))
    assert "lies in" in refusal(scenegen("ingest", "blenderproc", own, own / "out"))
    assert "no source 'blender'" in refusal(scenegen("ingest", "blender", own, tmp_path / "out"))


def test_other_commands_refuse_what_ingested_frames_cant_tell(out: Path, tmp_path: Path) -> None:
    line = refusal(scenegen("encode", out, tmp_path / "encoded", "--tasks", "referring"))
    assert "no blenderproc frame here can answer referring" in line
    line = refusal(scenegen("export-scene", out, tmp_path / "scene.glb", "--scene", 0))
    assert "holds frames that others rendered" in line
