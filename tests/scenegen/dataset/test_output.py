"""A file that was asked for appears whole, with its folders, or what was there stays."""

import errno
import os
from pathlib import Path

import pytest

from scenegen.dataset.output import write_output
from schemas.errors import OutputError


def test_a_file_appears_with_its_folders_in_place_of_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "new" / "sheet.png"
    for data in (b"old and longer", b"new"):
        write_output(target, data)
    assert target.read_bytes() == b"new"
    assert os.listdir(target.parent) == ["sheet.png"]


def test_a_full_disk_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.png"
    target.write_bytes(b"old")

    def torn(path: Path, data: bytes) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", torn)
    with pytest.raises(OutputError, match=r"sheet\.png can't be written: No space left on device"):
        write_output(target, b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["sheet.png"]


def test_a_place_that_is_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=f"{tmp_path.name} can't be written"):
        write_output(tmp_path, b"new")


@pytest.mark.parametrize("is_linked", [False, True])
def test_what_is_no_regular_file_is_named_and_stays(tmp_path: Path, is_linked: bool) -> None:
    target = tmp_path / "fifo"
    os.mkfifo(target)
    if is_linked:
        target = tmp_path / "link"
        target.symlink_to("fifo")
    there = sorted(os.listdir(tmp_path))
    with pytest.raises(OutputError, match=f"{target.name} can't be written: it is a FIFO"):
        write_output(target, b"new")
    assert (tmp_path / "fifo").is_fifo()
    assert sorted(os.listdir(tmp_path)) == there


@pytest.mark.parametrize("is_there", [False, True])
def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path, is_there: bool) -> None:
    (tmp_path / "below").mkdir()
    if is_there:
        (tmp_path / "below" / "sheet.png").write_bytes(b"old")
    link = tmp_path / "link.png"
    link.symlink_to("below/sheet.png")
    write_output(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "below" / "sheet.png").read_bytes() == b"new"


def test_a_link_in_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError, match="a can't be written: it is a link that leads in a circle"):
        write_output(tmp_path / "a", b"new")
