"""Adding: nothing twice, nothing lost, nothing believed; groups and splits for good."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assets_catalog.folder import open_folder
from assets_catalog.folder.add import add
from assets_catalog.folder.check import check
from assets_catalog.folder.layout import INDEX, LOCK, SET_ASIDE
from assets_catalog.folder.locations import open_place
from assets_catalog.folder.set_aside_file import set_aside_at
from assets_catalog.ingest.candidate import Prepared, SetAside
from assets_catalog.likeness import SIGNATURE_LENGTH
from assets_catalog.opening import open_locked, without_newer
from assets_catalog.splits import split_of_group
from schemas.errors import CatalogError

MakeBox = Callable[..., Prepared]
ROOT = Path(__file__).parents[3]
SMALL, ALIKE, OTHER = (digits * (SIGNATURE_LENGTH // 2) for digits in ("00", "01", "ff"))
"""Signatures: of one shape, of nearly the same, of another."""


def contents(location: str) -> dict[str, bytes | None]:
    place = open_place(location)
    return {name: place.read(name) for name in (INDEX, LOCK, SET_ASIDE)}


def test_what_passed_is_there_with_its_mesh(location: str, box: MakeBox) -> None:
    added = add(location, [box("b", (0.2, 0.3, 0.4)), box("a")], "shop")
    assert added.added == ("shop/b", "shop/a")
    catalog = open_folder(location)
    assert catalog.name == "shop"
    assert list(catalog.records) == ["shop/a", "shop/b"]
    mesh = catalog.load("shop/b")
    assert mesh.parts[0].vertices_m.max(axis=0) == pytest.approx([0.1, 0.15, 0.4])
    assert [*check(location)] == []


def test_adding_twice_adds_nothing(location: str, box: MakeBox) -> None:
    outcomes: list[Prepared | SetAside] = [box("a"), SetAside("shop/bad", "bad.obj", "empty"), box("b", (1, 2, 3))]
    add(location, outcomes, "shop")
    before = contents(location)
    again = add(location, reversed(outcomes), "shop")
    assert (again.added, again.changed) == ((), ())
    assert sorted(again.already_there) == ["shop/a", "shop/b"]
    assert contents(location) == before


def test_files_that_are_gone_or_damaged_are_put_again(tmp_path: Path, box: MakeBox) -> None:
    add(str(tmp_path), [box("a"), box("b", (1, 2, 3))], "shop")
    gone, damaged = sorted((tmp_path / "objects").iterdir())
    gone.unlink()
    damaged.write_bytes(b"rot")
    assert len([*check(str(tmp_path))]) == 2
    add(str(tmp_path), [box("a"), box("b", (1, 2, 3))], "shop")
    assert [*check(str(tmp_path))] == []


def test_the_same_content_under_another_id_is_a_duplicate(location: str, box: MakeBox) -> None:
    added = add(location, [box("a"), box("copy")], "shop")
    assert added.added == ("shop/a",)
    (twin,) = added.set_aside
    assert twin.asset_id == "shop/copy"
    assert twin.reason == "duplicate: its content is that of shop/a"
    again = add(location, [box("copy")], "other")
    assert [each.reason for each in again.set_aside] == [twin.reason]
    assert not again.added


def test_what_looks_alike_shares_group_and_split_whenever_it_comes(location: str, box: MakeBox) -> None:
    first, second, other = (
        box("a", (1, 1, 1), signature=SMALL),
        box("b", (1, 1, 2), signature=ALIKE),
        box("c", (1, 1, 3), signature=OTHER),
    )
    add(location, [first], "shop")
    add(location, [other, second], "shop")
    records = open_folder(location).records
    assert records["shop/a"].group == records["shop/b"].group == first.entry.sha256
    assert records["shop/c"].group == other.entry.sha256
    for record in records.values():
        assert record.split == split_of_group(record.group)


def test_two_that_are_alike_in_one_step_share_a_group(location: str, box: MakeBox) -> None:
    first, second = box("a", signature=SMALL), box("b", (1, 1, 2), signature=ALIKE)
    add(location, [first, second], "shop")
    assert {record.group for record in open_folder(location).records.values()} == {first.entry.sha256}


def test_new_content_takes_the_place_of_the_old_and_keeps_its_split(location: str, box: MakeBox) -> None:
    old, new = box("a", signature=SMALL), box("a", (1, 1, 2), signature=OTHER)
    add(location, [old], "shop")
    assert add(location, [new], "shop").changed == ("shop/a",)
    record = open_folder(location).records["shop/a"]
    assert (record.sha256, record.group) == (new.entry.sha256, old.entry.sha256)
    assert [*open_place(location).names("objects")] == [f"{new.entry.sha256}.glb"]
    assert [*check(location)] == []


def test_a_new_record_of_the_same_content_counts_but_moves_no_split(location: str, box: MakeBox) -> None:
    add(location, [box("x", (3, 3, 3), signature=SMALL), box("a", signature=OTHER)], "shop")
    before = open_folder(location).records["shop/a"]
    added = add(location, [box("a", signature=ALIKE, creator="Bob")], "shop")
    assert added.changed == ("shop/a",)
    after = open_folder(location).records["shop/a"]
    assert after.creator == "Bob"
    assert (after.group, after.split) == (before.group, before.split)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"license": "CC-BY"}, "did you mean 'CC-BY-"),
        ({"license": ""}, "no licence"),
        ({"asset_id": "shop/../../etc"}, "not of the form"),
        ({"sha256": "../../secret"}, "hexadecimal"),
        ({"signature": "zz" * 32}, "hexadecimal"),
        ({"sha256": "0" * 64}, "its files are"),
    ],
)
def test_what_the_opened_file_says_is_not_believed(
    location: str, box: MakeBox, changes: dict[str, str], words: str
) -> None:
    added = add(location, [box("a", **changes), box("b", (1, 2, 3))], "shop")
    assert added.added == ("shop/b",)
    (aside,) = added.set_aside
    assert words in aside.reason


def test_files_that_are_not_what_their_names_say_are_refused(location: str, box: MakeBox) -> None:
    honest = box("a")
    forged = Prepared(honest.entry, dict.fromkeys(honest.objects, b"else"))
    (aside,) = add(location, [forged], "shop").set_aside
    assert aside.reason.endswith("what its name says")
    assert [*open_place(location).names("objects")] == []


def test_a_licence_is_kept_as_spdx_spells_it(location: str, box: MakeBox) -> None:
    add(location, [box("a", license="cc-by-4.0")], "shop")
    assert open_folder(location).records["shop/a"].license == "CC-BY-4.0"


def test_an_add_that_ends_by_a_fault_leaves_what_came_before_it_and_goes_on(location: str, box: MakeBox) -> None:
    def breaks() -> Iterator[Prepared]:
        yield box("a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(location, breaks(), "shop")
    assert list(open_folder(location).records) == ["shop/a"]
    added = add(location, [box("a"), box("b", (1, 2, 3))], "shop")
    assert (added.already_there, added.added) == (("shop/a",), ("shop/b",))


def test_what_was_set_aside_is_listed_by_source_and_the_last_add_counts(location: str, box: MakeBox) -> None:
    add(location, [SetAside("a/1", "1.obj", "empty"), SetAside("a/2", "2.obj", "huge")], "first")
    add(location, [SetAside("b/1", "1.glb", "bad\udcff name")], "second")
    add(location, [SetAside("a/2", "2.obj", "still huge"), box("a")], "first")
    rows = set_aside_at(open_place(location)).to_pylist()
    assert [(row["source"], row["asset_id"], row["reason"]) for row in rows] == [
        ("first", "a/2", "still huge"),
        ("second", "b/1", "bad? name"),
    ]


def test_what_no_longer_passes_is_told_to_stay_until_it_is_removed(location: str, box: MakeBox) -> None:
    passed = box("a")
    add(location, [passed], "shop")
    added = add(location, [SetAside(passed.entry.asset_id, "a.glb", "states no licence")], "shop")
    assert [each.reason for each in added.set_aside] == [
        "states no licence; what was added before stays until it is removed"
    ]
    assert passed.entry.asset_id in open_folder(location).records


def test_nothing_to_add_makes_a_catalog_without_assets(location: str) -> None:
    add(location, [SetAside("a/1", "1.obj", "empty")], "first")
    assert len(open_folder(location).records) == 0
    assert [*check(location)] == []


def test_every_outcome_is_told_as_it_comes(location: str, box: MakeBox) -> None:
    outcomes: list[Prepared | SetAside] = [box("a"), SetAside("shop/bad", "bad.obj", "empty")]
    heard: list[Prepared | SetAside] = []
    add(location, outcomes, "shop", heard.append)
    assert heard == outcomes


def test_the_lock_has_the_hash_of_each_record(location: str, box: MakeBox) -> None:
    add(location, [box("a")], "shop")
    (record,) = open_folder(location).records.values()
    sha256 = hashlib.sha256(record.model_dump_json().encode()).hexdigest()
    assert open_place(location).read(LOCK) == f'{{\n"shop/a": "{sha256}"\n}}\n'.encode()
    assert open_folder(location).lock().assets == {"shop/a": sha256}


def test_what_is_said_of_an_asset_is_locked_like_its_content(location: str, box: MakeBox) -> None:
    add(location, [box("a", license="CC0-1.0")], "shop")
    lock = open_folder(location).lock()
    add(location, [box("a", license="CC-BY-NC-4.0")], "shop")
    with pytest.raises(CatalogError, match="not the one of the run's record; they differ in shop/a"):
        open_locked(lock, location)


def test_a_run_goes_on_with_what_it_is_locked_to_while_the_catalog_grows(location: str, box: MakeBox) -> None:
    add(location, [box("a")], "shop")
    lock = open_folder(location).lock()
    add(location, [box("b", (1, 2, 3))], "shop")
    assert without_newer(open_folder(location), lock).lock() == lock
    add(location, [box("a", license="CC-BY-NC-4.0")], "shop")
    assert without_newer(open_folder(location), lock).lock() == open_folder(location).lock()


def test_another_process_that_publishes_in_between_loses_nothing(
    tmp_path: Path, box: MakeBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a bucket, whose processes don't wait for each other: the conditional put fails once."""
    location = f"memory://{tmp_path.name}"
    place = open_place(location)
    swap = type(place).swap
    raced: list[str] = []

    def swap_after_another(self: object, path: str, *rest: object) -> bool:
        if not raced:
            raced.append(path)
            add(location, [box("other", (2, 2, 2))], "elsewhere")
        return swap(self, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(place), "swap", swap_after_another)
    assert add(location, [box("a")], "shop").added == ("shop/a",)
    assert list(open_folder(location).records) == ["shop/a", "shop/other"]
    assert [*check(location)] == []


_ADD_MANY = """
import sys
from tests.assets_catalog.folder.boxes import make_box
import assets_catalog.folder.add as adding
adding._STEP_ASSETS = 1
first = int(sys.argv[1])
adding.add({location!r}, [make_box(str(i), (1, 1, 1 + i)) for i in range(first, first + 12)], f"shop {{first}}")
"""


def test_two_processes_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    location = str(tmp_path / "shop")
    code = _ADD_MANY.format(location=location)
    both = [subprocess.Popen([sys.executable, "-c", code, str(first)], cwd=ROOT) for first in (0, 100)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert len(open_folder(location).records) == 24
    assert [*check(location)] == []


def test_a_killed_add_leaves_a_whole_catalog_that_the_next_one_goes_on_with(tmp_path: Path, box: MakeBox) -> None:
    location = str(tmp_path / "shop")
    code = _ADD_MANY.format(location=location)
    die = "import os, assets_catalog.folder.local as local\nreal = local._sync\nleft = [40]\n"
    die += "def sync(folder):\n    left[0] -= 1\n    left[0] or os._exit(9)\n    real(folder)\nlocal._sync = sync\n"
    killed = subprocess.run([sys.executable, "-c", die + code, "0"], cwd=ROOT, check=False)
    assert killed.returncode == 9
    there = len(open_folder(location).records)
    assert 0 < there < 12
    subprocess.run([sys.executable, "-c", code, "0"], cwd=ROOT, check=True)
    assert len(open_folder(location).records) == 12
    assert [*check(location)] == []
    assert not (tmp_path / "shop" / ".staged").exists()


def test_a_damaged_index_is_told_and_stays(tmp_path: Path, box: MakeBox) -> None:
    add(str(tmp_path), [box("a")], "shop")
    (tmp_path / INDEX).write_bytes(b"PAR1 no more")
    with pytest.raises(CatalogError, match=r"index\.parquet is damaged"):
        add(str(tmp_path), [box("b", (1, 2, 3))], "shop")
    assert (tmp_path / INDEX).read_bytes() == b"PAR1 no more"


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, box: MakeBox) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CatalogError, match="can't be") as told:
        add(str(tmp_path / "file" / "shop"), [box("a")], "shop")
    assert "\n" not in str(told.value)
