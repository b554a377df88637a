"""The commit: one winner, verified bytes, nothing left behind, and a fault at any step leaves nothing half-done."""

import errno
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import obstore
import pytest

from ray_cluster.folder_storage import FolderStorage
from ray_cluster.staging import STAGING
from schemas.errors import DatasetError, OutputError


def test_the_first_commit_wins_and_the_second_changes_nothing(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    assert storage.commit("triplets/train/a.parquet", b"first")
    assert not storage.commit("triplets/train/a.parquet", b"second")
    assert (tmp_path / "triplets/train/a.parquet").read_bytes() == b"first"
    assert os.listdir(tmp_path / STAGING) == []


def test_of_many_racing_commits_one_wins(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda index: storage.commit("a", str(index).encode() * 1000), range(64)))
    assert won.count(True) == 1
    assert (tmp_path / "a").read_bytes() == str(won.index(True)).encode() * 1000


def test_replace_puts_the_new_in_place_of_the_old(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    for text in (b"old and longer", b"new"):
        storage.replace("README.md", text)
    assert (tmp_path / "README.md").read_bytes() == b"new"


def test_sweeping_removes_what_a_killed_run_staged(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    (tmp_path / STAGING).mkdir()
    for name in ("half", f"0123456789abcdef-{2**22 + 1}", f"0123456789abcdef-{2**22 + 1}#1"):
        (tmp_path / STAGING / name).write_bytes(b"torn")
    storage.sweep()
    assert os.listdir(tmp_path) == []


def test_sweeping_spares_what_a_living_process_has_staged(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    (tmp_path / STAGING).mkdir()
    for pid in (1, os.getpid()):
        (tmp_path / STAGING / f"0123456789abcdef-{pid}").write_bytes(b"on its way")
    storage.sweep()
    assert len(os.listdir(tmp_path / STAGING)) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_sweeping_removes_what_a_zombie_staged(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    (tmp_path / STAGING).mkdir()
    with subprocess.Popen(["true"]) as zombie:
        while "Z" not in Path(f"/proc/{zombie.pid}/stat").read_text().rpartition(")")[2]:
            time.sleep(0.01)
        (tmp_path / STAGING / f"0123456789abcdef-{zombie.pid}").write_bytes(b"torn")
        storage.sweep()
    assert os.listdir(tmp_path) == []


def test_the_staging_folder_stays_while_another_run_uses_it(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    storage.commit("a", b"x")
    theirs = f"0123456789abcdef-0badcafe-{2**22 + 1}"
    (tmp_path / STAGING).mkdir(exist_ok=True)
    (tmp_path / STAGING / theirs).write_bytes(b"of another machine")
    storage.sweep()
    assert (tmp_path / STAGING / theirs).exists()
    (tmp_path / STAGING / theirs).unlink()
    storage.sweep()
    assert os.listdir(tmp_path) == ["a"]


def test_bytes_that_do_not_read_back_are_never_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = obstore.put
    monkeypatch.setattr(obstore, "put", lambda store, path, data, **how: put(store, path, data[:-1], **how))
    with pytest.raises(DatasetError, match=r"a.parquet: 8 bytes were written and others read back"):
        FolderStorage(tmp_path).commit("a.parquet", b"complete")
    assert not (tmp_path / "a.parquet").exists()


@pytest.mark.parametrize("step", ["put", "get", "rename", "fsync"])
def test_a_fault_at_any_step_is_one_line_and_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else obstore, step, fail)
    with pytest.raises(OutputError, match=r"a: can't be written: .*No space left on device") as caught:
        FolderStorage(tmp_path).commit("a", b"x")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "a").exists()


def test_a_place_that_takes_no_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "triplets").write_text("a file where a folder must be")
    with pytest.raises(OutputError, match="triplets/train/a"):
        FolderStorage(tmp_path).commit("triplets/train/a", b"x")
