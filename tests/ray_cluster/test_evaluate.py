"""`scenegen evaluate`: tables, lists and files; whatever lies among the predictions, the others are scored."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from ray_cluster.cli import app
from scenegen.dataset.reader import open_triplets
from scenegen.encoders import ENCODERS
from tests.rooms import write_rooms

Evaluated = Callable[..., Result]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)], terminal_width=120)


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rooms(tmp_path_factory.mktemp("room") / "out", 1, 64, tuple(ENCODERS))


@pytest.fixture(scope="session")
def painted(room: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Perfect predictions."""
    folder = tmp_path_factory.mktemp("painted")
    for row in open_triplets(room):
        Image.fromarray(row.target_rgb).save(folder / f"{row.sample_id}.png")
    return folder


@pytest.fixture
def predictions(painted: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled by a test."""
    return Path(shutil.copytree(painted, tmp_path / "predictions"))


def test_a_table_for_each_task_says_how_many_of_how_many(room: Path, painted: Path) -> None:
    told = run(painted, room)
    assert told.exit_code == 0
    assert told.stderr == ""
    for task in ENCODERS:
        asked = len(open_triplets(room, task=task))
        after = told.stdout.partition(f" {task} ")[2]
        assert f"│ {asked} of {asked} " in after.splitlines()[2]
    for head in ("δ1", "AbsRel", "RMSE m", "mean °", "<11.25°", "mIoU", "pmF1", "cIoU", "gIoU"):
        assert head in told.stdout


def test_all_files_that_are_asked_for_are_written(room: Path, painted: Path, tmp_path: Path) -> None:
    places = ("--json", tmp_path / "deep/report.json", "--samples", tmp_path / "samples.parquet")
    told = run(painted, room, *places, "--worst", tmp_path / "worst", "--worst-count", 1)
    assert told.exit_code == 0
    report = json.loads((tmp_path / "deep/report.json").read_text())
    assert report["tasks"]["depth"]["delta1"] == 1
    assert pq.read_metadata(tmp_path / "samples.parquet").num_rows == len(open_triplets(room))
    assert {path.stem for path in (tmp_path / "worst").iterdir()} == set(ENCODERS)
    for path in (tmp_path / "worst").iterdir():
        assert f"wrote {path}" in told.stdout
        assert np.asarray(Image.open(path)).shape[2] == 3


def test_missing_extra_and_unreadable_ones_are_listed_and_not_fatal(room: Path, predictions: Path) -> None:
    names = sorted(path.name for path in predictions.iterdir())
    missing, cut, piped, twice, folder = names[::2][:5]
    (predictions / missing).unlink()
    (predictions / cut).write_bytes((predictions / cut).read_bytes()[:60])
    (predictions / piped).unlink()
    os.mkfifo(predictions / piped)
    (predictions / "again").mkdir()
    shutil.copy(predictions / twice, predictions / "again" / twice)
    (predictions / folder).unlink()
    (predictions / folder).mkdir()
    (predictions / os.fsdecode(b"\xff\x1b[2J.png")).write_bytes(b"")
    (predictions / "notes.txt").write_text("hello")
    told = run(predictions, room)
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[lines.index("missing: 1") + 1] == f"  {missing.removesuffix('.png')}"
    at = lines.index("unreadable: 4")
    reasons = dict(line.strip().split(": ", 1) for line in lines[at + 1 : at + 5])
    assert reasons.pop(cut).startswith("it is no sound PNG, JPEG or WEBP")
    assert reasons == {
        piped: "it is a FIFO",
        folder: "it is a folder",
        f"again/{twice}": f"so is {twice}: one prediction a sample",
    }
    assert lines[lines.index("extra: 1") + 1] == "  \\xff\\x1b[2J.png"
    assert sum(line.startswith("│ ") for line in lines) == len(ENCODERS)


def test_a_long_list_is_cut_on_the_screen_and_whole_in_the_json(room: Path, tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for number in range(30):
        (tmp_path / "many" / f"{number:02d}.png").touch()
    told = run(tmp_path / "many", room, "--json", tmp_path / "report.json")
    assert "  09.png\n  and 20 more, which --json lists\n" in told.stdout
    assert "  10.png" not in told.stdout
    assert len(json.loads((tmp_path / "report.json").read_text())["extra"]) == 30


def test_where_nothing_is_scored_it_says_what_a_prediction_is_called(room: Path, tmp_path: Path) -> None:
    told = run(tmp_path, room)
    assert told.exit_code == 0
    first = open_triplets(room)[0].sample_id
    assert f"nothing was scored; a prediction is called {first} and ends in .png, .jpg, .jpeg, .webp" in told.stdout


def test_without_frames_it_says_what_the_truth_is(room: Path, painted: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(room, tmp_path / "out"))
    assert "truth:" not in run(painted, out).stdout
    shutil.rmtree(out / "frames")
    count = len(open_triplets(out))
    assert f"truth: targets, to 8 bits, for {count} of {count}: their frames are not there" in run(painted, out).stdout


def test_some_tasks_of_a_split_are_asked_for(room: Path, painted: Path) -> None:
    told = run(painted, room, "--split", "train", "--tasks", "normals,depth")
    assert told.exit_code == 0
    assert "pmF1" not in told.stdout
    assert "δ1" in told.stdout
    assert "extra" not in told.stdout
    assert "depth: true depths of 0.3 to 60 m count" in told.stdout
    narrow = run(painted, room, "--task", "depth", "--depth-range", 900, 901)
    assert "depth: true depths of 900 to 901 m count" in narrow.stdout
    assert "depth: in 2 of 2 nothing counts" in narrow.stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["{tmp}/nowhere", "{room}"], "no folder {tmp}/nowhere"),
        (["{tmp}/file", "{room}"], "{tmp}/file is a file"),
        (["{painted}", "{tmp}/nowhere"], "no directory {tmp}/nowhere"),
        (["{painted}", "{painted}"], "is no dataset of ours"),
        (["{painted}", "{room}", "--tasks", "detph"], "no task 'detph' (did you mean 'depth'?)"),
        (["{painted}", "{room}", "--split", "tain"], "no split 'tain' (did you mean 'train'?)"),
        (["{painted}", "{room}", "--depth-range", "3", "2"], "a range of depths from 3 to 2 m; it must rise"),
        (["{painted}", "{room}", "--json", "{tmp}"], "{tmp} can't be written: it is a folder"),
        (["{painted}", "{room}", "--samples", "{tmp}"], "{tmp} can't be written: it is a folder"),
        (["{painted}", "{room}", "--worst", "{tmp}/file"], "{tmp}/file can't be written into: it is a file"),
        (["{painted}", "{room}", "--frames", "{room}"], "was not encoded from the frames of another dataset"),
    ],
)
def test_what_can_not_be_used_is_one_line_and_status_two(
    room: Path, painted: Path, tmp_path: Path, arguments: list[str], line: str
) -> None:
    (tmp_path / "file").touch()
    places = {"room": room, "painted": painted, "tmp": tmp_path}
    told = run(*(argument.format(**places) for argument in arguments))
    assert told.exit_code == 2
    assert line.format(**places) in " ".join(told.stderr.split())
    assert told.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_a_damaged_dataset_is_one_line_and_status_one(room: Path, painted: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(room, tmp_path / "out"))
    (frames,) = out.glob("frames/*/*.parquet")
    frames.write_bytes(frames.read_bytes()[:1000])
    told = run(painted, out, "--json", tmp_path / "report.json")
    assert told.exit_code == 1
    assert told.stderr.startswith("scenegen: ")
    assert told.stderr.count("\n") == 1
    assert not (tmp_path / "report.json").exists()
