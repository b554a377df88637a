"""OUT in a bucket: written, resumed, read and checked as in a folder, also where the server fails; S3 is moto's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ray_cluster.bucket_storage import BucketStorage
from ray_cluster.orphans import orphans, remove
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.status import run_status
from ray_cluster.storage import open_storage
from scenegen.dataset.digest import dataset_digest
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.bucket_path import BucketPath
from scenegen.dataset.places.reading import listed
from schemas.errors import DatasetError, InputError, OutputError
from schemas.run_record import RunRecord
from schemas.unit import units_of
from tests.buckets import SECRET, environment, faulty_front, make_bucket, s3_server, set_environment
from tests.ray_cluster.run_here import run_here

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address, set_environment(environment(address)):
        yield address


@pytest.fixture
def out(endpoint: str, request: pytest.FixtureRequest) -> BucketPath:
    """A place in a bucket of the test's own."""
    name = sha256(request.node.name.encode()).hexdigest()[:20]
    place = located(f"{make_bucket(endpoint, name)}/some/out")
    assert isinstance(place, BucketPath)
    return place


def contents(out: Located) -> dict[str, str]:
    """Returns the digests of what belongs to the data."""
    names = (entry.name for entry in listed(out) if not entry.name.startswith("ledger/"))
    return {name: sha256((out / name).read_bytes()).hexdigest() for name in names}


@pytest.fixture
def undisturbed(record: RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the run gives in a folder."""
    monkeypatch.syspath_prepend(str(HERE))
    run_here(record, tmp_path / "folder", tmp_path)
    return contents(tmp_path / "folder")


def test_the_first_commit_wins_and_the_second_changes_nothing(out: BucketPath) -> None:
    storage = BucketStorage(out)
    assert storage.commit("a/b", b"first")
    assert storage.commit("a/b", b"first"), "our own put, tried again"
    assert not storage.commit("a/b", b"second")
    assert (out / "a/b").read_bytes() == b"first"
    storage.replace("a/b", b"second")
    assert (out / "a/b").read_bytes() == b"second"
    storage.delete("a/b")
    storage.delete("a/b")
    assert not (out / "a").exists()


def test_what_does_not_read_back_is_removed(out: BucketPath, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEGEN_COMMIT_FAULT", "partial@put:torn")
    with pytest.raises(DatasetError, match="torn: 8 bytes were written and 4 others read back"):
        BucketStorage(out).commit("torn", b"complete")
    assert not (out / "torn").exists()


def test_a_run_in_a_bucket_is_that_in_a_folder_and_resumes(
    record: RunRecord, out: BucketPath, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    for unit in (2, 3):
        storage = open_out(out, record)
        assert [unit.index for unit in pending_units(out, record)] == list(range(len(units_of(record.spec))))
        run_here(record, out, tmp_path)
        assert contents(out) == undisturbed
        path = units_of(record.spec)[unit].triplets_path
        storage.delete(path)
        assert [unit.index for unit in pending_units(out, record)] == [unit]
        run_here(record, out, tmp_path)
        assert contents(out) == undisturbed
        for entry in [*listed(out)]:
            storage.delete(entry.name)


def test_status_digest_and_gc_see_what_they_see_in_a_folder(
    record: RunRecord, out: BucketPath, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    run_here(record, out, tmp_path)
    assert dataset_digest(out) == dataset_digest(tmp_path / "folder")
    assert run_status(out).splits == run_status(tmp_path / "folder").splits
    assert run_status(out).total.frames == 12
    unit = units_of(record.spec)[0]
    rival = f"frames/{unit.split}/{unit.name}-0123456789abcdef.parquet"
    BucketStorage(out).commit(rival, b"of a racer")
    assert orphans(out) == []
    found = orphans(out, age_s=-60)  # clocks may differ
    assert [orphan.name for orphan in found] == [rival]
    remove(out, found)
    assert contents(out) == undisturbed


def test_another_run_and_other_things_are_refused(record: RunRecord, out: BucketPath) -> None:
    open_out(out, record)
    with pytest.raises(OutputError, match=f"{out} holds another run: versions.scenegen"):
        open_out(out, record.model_copy(update={"versions": {"scenegen": "other"}}))
    BucketStorage(out / "others").commit("thesis.tex", b"years")
    with pytest.raises(OutputError, match=r"holds other things, such as thesis\.tex"):
        open_out(out / "others", record)


def test_a_bucket_that_refuses_is_one_line_without_secrets(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = open_storage(located("s3://no-such-bucket/out"))
    with pytest.raises(OutputError, match=r"s3://no-such-bucket/out/a: can't be written: ") as told:
        storage.commit("a", b"x")
    assert "\n" not in str(told.value)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("url", ["s3x://data/out", "s3://", "s3://key:word@data/out", "s3://data/out?sig=word"])
def test_a_url_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(InputError) as told:
        located(url)
    assert "\n" not in str(told.value)
    assert "word" not in str(told.value)


def test_a_server_that_fails_loses_and_doubles_nothing(
    record: RunRecord, endpoint: str, out: BucketPath, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    (path := tmp_path / "record.json").write_text(record.model_dump_json())
    with faulty_front(endpoint, 0.3) as (front, counts):
        status, said = ran(path, out, environment(front))
        assert status == 0, said
    assert counts["failed"] > 0.15 * counts["requests"] > 5
    assert contents(out) == undisturbed


def test_the_command_line_takes_a_url(endpoint: str, out: BucketPath, tmp_path: Path) -> None:
    small = ("--set", "camera={width_px: 64, height_px: 64}", "--set", "scenes=2", "--set", "recipe=primitives")
    generate = ("generate", "quickstart", out, "--catalog", "builtin", "--renderer", "analytic", *small)
    said = scenegen(tmp_path, *generate, "--workers", 1)
    assert said.splitlines()[0].startswith(f"{out} holds 4 frames")
    before = contents(out)
    storage = open_storage(out)
    storage.delete(next(name for name in before if name.startswith("triplets/")))
    assert SECRET not in scenegen(tmp_path, *generate, "--workers", 1, "--log-json", tmp_path / "log.jsonl")
    assert contents(out) == before
    written = [out / entry.name for entry in listed(out)]
    assert any("ledger/" in str(path) for path in written)
    places: list[Located] = [*written, tmp_path / "log.jsonl"]
    for path in places:
        assert SECRET.encode() not in path.read_bytes(), f"{path} tells the bucket's key"
    scenegen(tmp_path, "validate", out)
    scenegen(tmp_path, "stats", out)
    assert scenegen(tmp_path, "preview", out) == "wrote out-preview.png\nwrote out-preview.html\n"
    assert (tmp_path / "out-preview.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "out-preview.html").read_text().startswith("<!doctype html>")
    scenegen(tmp_path, "encode", out, tmp_path / "encoded", "--tasks", "depth", "--workers", 1)
    scenegen(tmp_path, "validate", tmp_path / "encoded", "--frames", out)
    with pytest.raises(AssertionError, match="whose frames are read; give a folder of its own"):
        scenegen(tmp_path, "encode", out, out / "encoded")


def scenegen(folder: Path, *arguments: object) -> str:
    """Returns what the command line writes to stdout."""
    command = [sys.executable, "-c", "from ray_cluster.cli import main; main()", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ran(record: Path, out: BucketPath, variables: dict[str, str]) -> tuple[int, str]:
    """Runs in a process of its own; returns its status and what it says."""
    path = os.pathsep.join([str(HERE), str(ROOT)])
    command = [sys.executable, str(HERE / "run_here.py"), str(record), str(out)]
    here = {**os.environ, "PYTHONPATH": path, **variables}
    done = subprocess.run(command, check=False, env=here, capture_output=True, text=True)
    return done.returncode, done.stderr
