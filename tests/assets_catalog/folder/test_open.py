"""Opening: what is no catalog is told in one line; files are believed by their hash alone."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets_catalog.folder import open_folder
from assets_catalog.folder.add import add
from assets_catalog.folder.index_file import index_bytes
from assets_catalog.folder.layout import INDEX, object_path
from assets_catalog.folder.locations import catalog_name, open_place
from assets_catalog.index import index_of
from assets_catalog.ingest.candidate import Prepared
from assets_catalog.opening import open_catalog
from schemas.errors import AssetError, CatalogError

MakeBox = Callable[..., Prepared]


def fault_of(location: str) -> str:
    with pytest.raises(CatalogError) as told:
        open_folder(location)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_a_folder_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "furnitura").mkdir()
    assert "fill one: scenegen catalog add" in fault_of(str(tmp_path / "furnitur"))
    (tmp_path / "furniture").mkdir()
    (tmp_path / "furniture" / INDEX).touch()
    assert "did you mean 'furniture'?" in fault_of(str(tmp_path / "furnitur"))
    assert "did you mean 'builtin'?" in fault_of(str(tmp_path / "buildin"))
    with pytest.raises(CatalogError, match=r"did you mean 'builtin'\?"):
        open_catalog("buildin")


def test_what_is_no_catalog_says_how_to_fill_one(location: str, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    assert "scenegen catalog add" in fault_of(location)
    (tmp_path / "file").write_text("mine")
    assert "is no folder" in fault_of(str(tmp_path / "file"))


def test_a_catalog_that_lost_its_index_is_not_one_to_fill(tmp_path: Path, box: MakeBox) -> None:
    add(str(tmp_path), [box("a")], "shop")
    (tmp_path / INDEX).unlink()
    assert "has objects, but its index.parquet is gone: bring it back" in fault_of(str(tmp_path))


def test_a_url_of_an_unknown_kind_names_those_that_are_known() -> None:
    assert "did you mean 's3'?" in fault_of("s3x://bucket/shop")
    assert "gs://" in fault_of("ftp://host/shop")


def test_a_url_with_a_password_is_refused_without_telling_it() -> None:
    said = fault_of("s3://key:word@bucket/shop")
    assert "credentials come from the environment" in said
    assert "word" not in said


def test_opening_changes_nothing(tmp_path: Path, box: MakeBox) -> None:
    add(str(tmp_path), [box("a")], "shop")
    before = sorted(tmp_path.rglob("*"))
    open_folder(str(tmp_path)).load("shop/a")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_flipped_bit_in_the_index_is_noticed_or_means_nothing(tmp_path: Path, box: MakeBox) -> None:
    add(str(tmp_path), [box("a"), box("b", (1, 2, 3))], "shop")
    whole, right = (tmp_path / INDEX).read_bytes(), open_folder(str(tmp_path)).index
    unnoticed = []
    for place in range(0, len(whole), 17):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        (tmp_path / INDEX).write_bytes(data)
        with suppress(CatalogError):
            unnoticed.append(open_folder(str(tmp_path)).index)
    assert len(unnoticed) < len(range(0, len(whole), 17)) / 2
    assert all(index.equals(right) for index in unnoticed)


def test_a_short_index_is_damaged(tmp_path: Path, box: MakeBox) -> None:
    add(str(tmp_path), [box("a")], "shop")
    data = (tmp_path / INDEX).read_bytes()
    for length in (0, 3, 50, len(data) - 1):
        (tmp_path / INDEX).write_bytes(data[:length])
        assert "is damaged" in fault_of(str(tmp_path))


def test_an_index_of_another_version_or_shape_is_told(tmp_path: Path, box: MakeBox) -> None:
    index = index_of([box("a").entry])
    pq.write_table(index, tmp_path / INDEX)
    assert "is no index of a catalog" in fault_of(str(tmp_path))
    pq.write_table(index.replace_schema_metadata({"scenegen_catalog": "7"}), tmp_path / INDEX)
    assert "is of version '7'" in fault_of(str(tmp_path))
    pq.write_table(index.drop_columns("split").replace_schema_metadata({"scenegen_catalog": "1"}), tmp_path / INDEX)
    assert "its columns are not" in fault_of(str(tmp_path))


@pytest.mark.parametrize("order", [["b", "a"], ["a", "a"]])
def test_rows_out_of_order_or_twice_are_damage(tmp_path: Path, box: MakeBox, order: list[str]) -> None:
    rows = pa.concat_tables([index_of([box(name).entry]) for name in order])
    (tmp_path / INDEX).write_bytes(index_bytes(rows))
    assert "not sorted by id" in fault_of(str(tmp_path))


def test_an_object_is_believed_by_its_hash(location: str, box: MakeBox) -> None:
    made = box("a")
    add(location, [made], "shop")
    (name,) = made.objects
    place, catalog = open_place(location), open_folder(location)
    assert catalog.read_object(name) == made.objects[name]
    with place.turn():
        place.put(object_path(name), made.objects[name][:-1] + b"x")
    with pytest.raises(AssetError, match="is damaged"):
        catalog.load("shop/a")
    with place.turn():
        place.delete(object_path(name))
    with pytest.raises(AssetError, match="is gone"):
        catalog.load("shop/a")


@pytest.mark.parametrize("name", ["../index.parquet", "index.parquet", f"{'a' * 64}.exe", f"{'A' * 64}.glb", ""])
def test_no_name_leads_out_of_the_objects(location: str, box: MakeBox, name: str) -> None:
    add(location, [box("a")], "shop")
    with pytest.raises(AssetError, match="can't be the name"):
        open_folder(location).read_object(name)


def test_a_fifo_does_not_hang_the_process(tmp_path: Path, box: MakeBox) -> None:
    os.mkfifo(tmp_path / INDEX)
    assert "no regular file" in fault_of(str(tmp_path))


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("s3://bucket/my/shop/", "shop"),
        ("s3://bucket", "bucket"),
        ("memory://", "memory"),
        ("/data/shop/", "shop"),
        ("file:///data/shop", "shop"),
    ],
)
def test_a_catalog_is_named_by_the_last_part_of_its_place(location: str, name: str) -> None:
    assert catalog_name(location) == name


def test_a_catalog_of_many_opens_and_filters_right(tmp_path: Path, box: MakeBox) -> None:
    made = box("x").entry
    names = ("chair", "vase", "bed")
    licenses = ("CC0-1.0", "CC-BY-4.0")
    records = [
        made.model_copy(
            update={
                "asset_id": f"shop/{number:05d}",
                "class_name": names[number % 3],
                "license": licenses[number % 2],
                "split": ("train", "val", "test")[number % 5 % 3],
            }
        )
        for number in range(3000)
    ]
    (tmp_path / INDEX).write_bytes(index_bytes(index_of(records)))
    catalog = open_folder(str(tmp_path))
    assert len(catalog.records) == 3000
    some = catalog.licensed(["CC-BY-4.0"]).for_split("test")
    wanted = [record.asset_id for record in records if record.license == "CC-BY-4.0" and record.split == "test"]
    assert list(some.records) == wanted
    assert [record.asset_id for record in some.of_class("bed")] == [
        asset_id for asset_id in wanted if int(asset_id[-5:]) % 3 == 2
    ]
