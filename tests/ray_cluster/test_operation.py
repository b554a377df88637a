"""Looking after a dataset: status tells what the plan and the names tell, digest is of the data, gc takes orphans."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ray_cluster.cli import app
from ray_cluster.orphans import orphans, remove
from ray_cluster.run_folder import open_out
from ray_cluster.status import Share, run_status
from scenegen.dataset.digest import dataset_digest
from scenegen.dataset.places.reading import listed
from schemas.run_record import RunRecord
from schemas.unit import units_of
from tests.ray_cluster.run_here import run_here

HERE = Path(__file__).parent
HOURS_AGO = time.time() - 7200


@pytest.fixture
def out(record: RunRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished run."""
    monkeypatch.syspath_prepend(str(HERE))
    run_here(record, tmp_path / "out", tmp_path / "logs")
    return tmp_path / "out"


def names(out: Path) -> set[str]:
    return {entry.name for entry in listed(out)}


def put(path: Path, content: bytes = b"left over", changed_s: float = HOURS_AGO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (changed_s, changed_s))


def test_status_is_the_plan_beside_what_is_there(out: Path, record: RunRecord) -> None:
    units = [*units_of(record.spec)]
    lacking = units[1]
    (out / lacking.triplets_path).unlink()
    put(out / "failures/unit-00000001.json", b"{}", changed_s := time.time() + 100)
    put(out / f"failures/{units[0].split}/unit-00000000-0123456789abcdef.parquet")
    status = run_status(out)
    of_split = [unit for unit in units if unit.split == lacking.split]
    assert status.splits[lacking.split] == Share(
        len(of_split) - 1, len(of_split), 2 * len(of_split) - 2, 2 * len(of_split)
    )
    assert status.total == Share(5, 6, 10, 12)
    assert (status.units_set_aside, status.units_with_frames_set_aside) == (1, 1)
    assert status.last_activity_s == pytest.approx(changed_s)
    told = CliRunner().invoke(app, ["status", str(out), "--json"])
    assert json.loads(told.stdout)["total"] == {"units": 5, "units_planned": 6, "frames": 10, "frames_planned": 12}


def test_status_of_a_run_that_has_just_begun(tmp_path: Path, record: RunRecord) -> None:
    open_out(tmp_path, record)
    assert run_status(tmp_path).total == Share(0, 6, 0, 12)
    told = CliRunner().invoke(app, ["status", str(tmp_path)])
    assert told.stdout.splitlines()[-3].split() == ["all", "0", "12", "0", "6"]


def test_the_digest_is_of_the_data_and_nothing_else(out: Path, tmp_path: Path) -> None:
    before = dataset_digest(out)
    for name in ("README.md", "ledger/unit-00000000.json", "failures/unit-00000001.json", ".staging/half"):
        put(out / name)
    shutil.copytree(out, tmp_path / "copy")
    assert dataset_digest(tmp_path / "copy") == before
    for name in ("run.json", min(name for name in names(out) if name.startswith("frames/"))):
        data = (out / name).read_bytes()
        (out / name).write_bytes(data.replace(b"a", b"b", 1) if name != "run.json" else data + b"\n")
        assert dataset_digest(out) != before
        (out / name).write_bytes(data)
    (out / min(name for name in names(out) if name.startswith("triplets/"))).unlink()
    assert dataset_digest(out) != before


def test_a_shell_gives_the_same_digest(out: Path) -> None:
    files = "find run.json triplets frames -name '*.parquet' -o -name run.json"
    command = f"{files} | LC_ALL=C sort | xargs sha256sum | sha256sum"
    said = subprocess.run(["sh", "-c", command], cwd=out, capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == dataset_digest(out)


def test_gc_takes_what_belongs_to_nothing_once_it_is_old(out: Path, record: RunRecord) -> None:
    before, unit = names(out), units_of(record.spec)[0]
    (out / (uncommitted := units_of(record.spec)[1]).triplets_path).unlink()
    frames_of_it = next(name for name in before if name.startswith("frames/") and uncommitted.name in name)
    os.utime(out / frames_of_it, (HOURS_AGO, HOURS_AGO))
    rivals = [f"{folder}/{unit.split}/{unit.name}-0123456789abcdef.parquet" for folder in ("frames", "failures")]
    for name in (*rivals, ".staging/0123456789abcdef-0badcafe-1", "frames/notes.txt", "failures/unit-00000003.json"):
        put(out / name)
    put(out / "frames/train/unit-00000005-0123456789abcdef.parquet", changed_s=time.time())
    found = {orphan.name: orphan.why for orphan in orphans(out)}
    assert found == {
        **dict.fromkeys(rivals, "no commit record names it"),
        frames_of_it: "its unit is not committed",
        ".staging/0123456789abcdef-0badcafe-1": "staged by a process that is gone",
    }
    dry = CliRunner().invoke(app, ["gc", str(out), "--dry-run"])
    assert "4 orphans" in dry.stdout
    assert set(found) <= names(out)
    remove(out, orphans(out))
    assert names(out).isdisjoint(found)
    assert before - names(out) == {uncommitted.triplets_path, frames_of_it}
    assert not (out / ".staging").exists()


def test_gc_leaves_the_files_of_a_unit_whose_commit_record_is_damaged(out: Path, record: RunRecord) -> None:
    unit = units_of(record.spec)[0]
    (out / unit.triplets_path).write_bytes(b"torn")
    for name in names(out):
        os.utime(out / name, (HOURS_AGO, HOURS_AGO))
    assert orphans(out) == []
