"""`scenegen export`: processes or none, the same bytes; one that is killed goes on; refusals are one line, status 2."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ray_cluster import part_pool
from ray_cluster.cli import app
from scenegen.dataset.trainer_formats import TRAINER_FORMATS, export
from scenegen.dataset.trainer_formats.export import Asked, Job, export_dataset
from schemas.errors import ScenegenError
from schemas.run_spec import SplitSpec
from tests.buckets import environment, make_bucket, s3_server
from tests.scenegen.dataset.conftest import make_record, write_dataset
from tests.scenegen.dataset.test_in_bucket import copied

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48 rows in twelve files."""
    record = make_record(scenes=12, scenes_per_unit=1, splits=SplitSpec(train=0.7, val=0.3))
    return write_dataset(tmp_path_factory.mktemp("dataset") / "out", record)


@pytest.fixture
def many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_pool, "_MANY_ROWS", 1)


def scenegen(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_lies_there_is_told_and_where_to_read_on(out: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    told = scenegen(out, dest, "--format", "imagefolder", "--task", "depth", "--where", "recipe=ball").output
    assert told == (f"{dest} holds 24 rows (20 of train, 4 of val)\nread {dest / 'README.md'} for how to train on it\n")
    again = scenegen(out, dest, "--format", "imagefolder", "--task", "depth", "--where", "recipe=ball").output
    assert again.splitlines()[0] == f"{dest} holds 24 rows (20 of train, 4 of val); 24 were there before"
    for line in ("input_image", "edit_prompt", "load_dataset"):
        assert line in (dest / "README.md").read_text()


@pytest.mark.usefixtures("many_processes")
def test_processes_write_the_same_bytes_from_a_bucket_too(out: Path, tmp_path: Path) -> None:
    export_dataset(out, tmp_path / "here", Asked("webdataset"))
    with s3_server() as endpoint, pytest.MonkeyPatch.context() as patched:
        for name, value in environment(endpoint).items():
            patched.setenv(name, value)
        url = copied(out, f"{make_bucket(endpoint, 'data')}/out")
        told = scenegen(url, tmp_path / "there", "--format", "webdataset", "--workers", 2)
    assert told.exit_code == 0, told.output
    assert content(tmp_path / "here") == content(tmp_path / "there")


def dies(job: Job) -> int:
    """Writes all but the last part, at which its process dies."""
    if job.part.unit == "unit-00000011":
        os.kill(os.getpid(), signal.SIGKILL)
    return export.write_part(job)


@pytest.mark.usefixtures("many_processes")
def test_a_process_that_is_killed_is_told_and_the_rest_goes_on(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(part_pool, "write_part", dies)
        with pytest.raises(ScenegenError, match="a process that exports was killed; give the same command again"):
            export_dataset(out, tmp_path / "dest", Asked("raw"), part_pool.spread_over(2))
    export_dataset(out, tmp_path / "dest", Asked("raw"))
    export_dataset(out, tmp_path / "whole", Asked("raw"))
    assert content(tmp_path / "dest") == content(tmp_path / "whole")


def test_a_command_that_is_killed_leaves_no_process_and_goes_on(out: Path, tmp_path: Path) -> None:
    code = "from ray_cluster import cli, part_pool; part_pool._MANY_ROWS = 1; cli.main()"
    command = [sys.executable, "-c", code, "export", str(out), str(tmp_path / "dest"), "--format", "diffsynth"]
    with subprocess.Popen([*command, "--workers", "2"], cwd=ROOT, start_new_session=True) as run:
        end = time.monotonic() + 120
        while not list((tmp_path / "dest").rglob("*.png")) and time.monotonic() < end:
            time.sleep(0.01)
        run.kill()
    while _alive(run.pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not _alive(run.pid)
    told = scenegen(out, tmp_path / "dest", "--format", "diffsynth")
    assert told.exit_code == 0, told.output
    export_dataset(out, tmp_path / "whole", Asked("diffsynth"))
    assert content(tmp_path / "dest") == content(tmp_path / "whole")


def _alive(session: int) -> bool:
    """Whether a process of the session is left that has not ended."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, of = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == session and state not in "ZX":
            return True
    return False


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "webdatset"], "did you mean 'webdataset'?"),
        (["--format", "raw", "--task", "depht"], "did you mean 'depth'?"),
        (["--format", "raw", "--split", "vall"], "did you mean 'val'?"),
        (["--format", "raw", "--where", "depth"], "'depth' is no condition"),
        (["--format", "raw", "--at", "/x"], "at: raw names its files relative"),
    ],
)
def test_bad_input_is_one_line_and_makes_nothing(out: Path, tmp_path: Path, options: list[str], words: str) -> None:
    told = scenegen(out, tmp_path / "dest", *options)
    assert told.exit_code == 2, told.output
    (line,) = told.stderr.splitlines()
    assert line.startswith("scenegen: ")
    assert words in line
    assert not (tmp_path / "dest").exists()


def test_a_folder_that_is_not_empty_is_refused_in_one_line(out: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    told = scenegen(out, tmp_path, "--format", "raw")
    assert told.exit_code == 2
    (line,) = told.stderr.splitlines()
    assert "is not empty and holds no export of ours: thesis.txt" in line


def test_help_names_every_format() -> None:
    told = CliRunner().invoke(app, ["export", "--help"], terminal_width=200).output
    assert [name for name in TRAINER_FORMATS if name not in told] == []
