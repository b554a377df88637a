"""Members of a zip are read by where they lie: whole, checked and never beyond the limit."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assets_catalog.sources.sweethome3d import archive as archive_module
from assets_catalog.sources.sweethome3d.archive import Archive, member_path, open_archive
from schemas.errors import AssetError

CONTENT = b"0123456789" * 400


@pytest.fixture
def packed(tmp_path: Path) -> Archive:
    path = tmp_path / "test.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a/deflated.txt", CONTENT)
        opened.writestr("a/b/stored.txt", CONTENT[::-1], zipfile.ZIP_STORED)
        opened.writestr("ab/other.txt", b"")
        opened.writestr("a/bz.txt", CONTENT, zipfile.ZIP_BZIP2)
    return open_archive(path)


def test_members_are_read_as_they_were_written(packed: Archive) -> None:
    assert packed.read("a/deflated.txt") == CONTENT
    assert packed.read("a/b/stored.txt") == CONTENT[::-1]
    assert packed.read("ab/other.txt") == b""


def test_below_a_folder_are_its_own_members_only(packed: Archive) -> None:
    assert set(packed.below("a").members) == {"a/deflated.txt", "a/b/stored.txt", "a/bz.txt"}
    assert packed.below("").members == packed.members


@pytest.mark.parametrize(
    ("name", "fault"), [("a/none.txt", r"no a/none\.txt in test\.zip"), ("a/bz.txt", "packing method 12 is none")]
)
def test_what_is_absent_or_packed_otherwise_is_an_asset_error(packed: Archive, name: str, fault: str) -> None:
    with pytest.raises(AssetError, match=fault):
        packed.read(name)


def test_a_member_that_is_too_large_is_not_inflated(packed: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MEMBER_LIMIT_BYTES", 100)
    with pytest.raises(AssetError, match="4000 bytes, more than 100"):
        packed.read("a/deflated.txt")


def test_a_member_that_inflates_to_more_than_it_says_is_not_inflated_further(packed: Archive) -> None:
    member = replace(packed.members["a/deflated.txt"], content_bytes=100)
    with pytest.raises(AssetError, match="is damaged: 101 bytes"):
        replace(packed, members={"bomb": member}).read("bomb")


@pytest.mark.parametrize("byte", range(4))
def test_a_changed_byte_is_noticed(packed: Archive, byte: int) -> None:
    member = packed.members["a/b/stored.txt"]
    content = bytearray(packed.path.read_bytes())
    content[content.index(CONTENT[::-1]) + 1000 * byte] ^= 1
    packed.path.write_bytes(content)
    with pytest.raises(AssetError, match="is damaged"):
        replace(packed, members={"stored": member}).read("stored")


def test_a_directory_that_points_elsewhere_is_noticed(packed: Archive) -> None:
    for offset_bytes in (1, 10**9):
        member = replace(packed.members["a/deflated.txt"], offset_bytes=offset_bytes)
        with pytest.raises(AssetError, match="can't be read"):
            replace(packed, members={"lost": member}).read("lost")


@pytest.mark.parametrize("reference", ["../x.obj", "/a/../../x.obj", "a\\..\\x.obj", "x\0.obj"])
def test_paths_that_leave_the_library_are_refused(reference: str) -> None:
    with pytest.raises(AssetError, match="leaves the library"):
        member_path("folder", reference)


def test_a_path_is_relative_to_its_folder_and_never_to_the_systems_root() -> None:
    assert member_path("a/b", "c/d.png") == "a/b/c/d.png"
    assert member_path("", "/a/b.obj") == "a/b.obj"
