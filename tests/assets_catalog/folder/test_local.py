"""A folder: a file is there whole or not at all, whoever reads meanwhile; what does not read back never is."""

from pathlib import Path

import pytest

from assets_catalog.folder import local
from assets_catalog.folder.local import LocalFolder
from schemas.errors import CatalogError


def test_who_reads_while_a_file_is_replaced_reads_the_old_one_whole(tmp_path: Path) -> None:
    place = LocalFolder(str(tmp_path))
    with place.turn():
        place.put("index", b"old" * 1000)
        with (tmp_path / "index").open("rb") as reading:
            start = reading.read(5)
            place.put("index", b"new" * 10)
            assert start + reading.read() == b"old" * 1000
    assert place.read("index") == b"new" * 10


@pytest.mark.parametrize("kept", [0, 5])
def test_what_does_not_read_back_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    place = LocalFolder(str(tmp_path))
    with place.turn():
        place.put("index", b"old")
    monkeypatch.setattr(local, "_write_durably", lambda path, data: path.write_bytes(data[:kept]))
    with pytest.raises(CatalogError, match="others read back"), place.turn():
        place.put("index", b"new content")
    assert place.read("index") == b"old"


def test_what_a_killed_process_had_staged_goes_at_the_next_turn(tmp_path: Path) -> None:
    place = LocalFolder(str(tmp_path))
    (tmp_path / ".staged").mkdir()
    (tmp_path / ".staged" / "half").write_bytes(b"ha")
    with place.turn():
        assert not (tmp_path / ".staged").exists()
    assert [path.name for path in tmp_path.iterdir()] == [".turn"]
