"""Checking names every fault once; removing takes the files that no other asset needs, and no others."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from assets_catalog.folder import open_folder
from assets_catalog.folder.add import add
from assets_catalog.folder.check import check
from assets_catalog.folder.index_file import index_bytes
from assets_catalog.folder.layout import INDEX, LOCK, SET_ASIDE, object_path, thumbnail_path
from assets_catalog.folder.locations import open_place
from assets_catalog.folder.remove import remove
from assets_catalog.folder.thumbnails import keep_thumbnail, lacking_thumbnails, thumbnail_of
from assets_catalog.index import index_of
from assets_catalog.ingest.candidate import Prepared
from assets_catalog.likeness import SIGNATURE_LENGTH
from assets_catalog.record import AssetRecord
from schemas.errors import CatalogError

MakeBox = Callable[..., Prepared]
MakeTexture = Callable[[str, dict[str, bytes]], Prepared]


def picture(gray: int, side_px: int = 8) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side_px, side_px), (gray, gray, gray)).save(file, "PNG")
    return file.getvalue()


def put(location: str, path: str, data: bytes) -> None:
    place = open_place(location)
    with place.turn():
        place.put(path, data)


def faults(location: str) -> list[str]:
    return [str(fault) for fault in check(location)]


def restated(location: str, made: Prepared, **changes: object) -> None:
    """Writes an index of one record, changed behind the catalog's back."""
    record = made.entry.model_copy(update={"group": made.entry.sha256, "split": "train", **changes})
    put(location, INDEX, index_bytes(index_of([record])))


def test_a_whole_catalog_of_all_kinds_has_no_fault(location: str, box: MakeBox, texture: MakeTexture) -> None:
    add(location, [box("a"), texture("brick", {"color": picture(90), "roughness": picture(200)})], "shop")
    assert faults(location) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"triangles": 13}, "has 12 triangles"),
        ({"size_m": (1.0, 1.0, 1.01)}, "measures 1.0000 x 1.0000 x 1.0000 m"),
        ({"group": "f" * 64, "split": "test"}, "that of its group is train"),
    ],
)
def test_a_record_that_is_not_of_its_file_is_a_fault(
    location: str, box: MakeBox, changes: dict[str, object], words: str
) -> None:
    made = box("a")
    add(location, [made], "shop")
    right = open_folder(location).records["shop/a"]
    restated(location, made, **({"group": right.group, "split": right.split} | changes))
    fault, of_lock = faults(location)
    assert of_lock.startswith(f"{LOCK}: ")
    assert fault.startswith("shop/a: ")
    assert words in fault


def test_a_row_that_is_not_of_its_record_is_a_fault(location: str, box: MakeBox) -> None:
    add(location, [box("a")], "shop")
    index = open_folder(location).index
    column = index.column_names.index("class_name")
    put(location, INDEX, index_bytes(index.set_column(column, index.schema.field(column), [["sofa"]])))
    assert faults(location) == ["shop/a: its record says class_name 'box', its row 'sofa'"]
    column = index.column_names.index("record")
    put(location, INDEX, index_bytes(index.set_column(column, "record", [["{}"]])))
    assert "can't be read" in faults(location)[0]


def test_files_that_are_gone_damaged_or_needed_by_none_are_faults(location: str, box: MakeBox) -> None:
    first, second = box("a"), box("b", (1, 2, 3))
    add(location, [first, second], "shop")
    place = open_place(location)
    with place.turn():
        place.delete(object_path(*first.objects))
    put(location, object_path(*second.objects), b"rot")
    put(location, object_path(f"{'0' * 64}.glb"), b"left over")
    put(location, thumbnail_path("1" * 64), picture(0))
    put(location, thumbnail_path(first.entry.sha256), b"no picture")
    found = faults(location)
    assert [fault.partition(":")[0] for fault in found] == [
        "shop/a",
        "shop/a",
        "shop/b",
        f"objects/{'0' * 64}.glb",
        f"thumbnails/{'1' * 64}.png",
    ]
    assert "is gone" in found[0]
    assert "its thumbnail is no PNG or JPEG" in found[1]
    assert "is damaged" in found[2]


def test_an_object_that_cannot_be_read_does_not_end_the_check(tmp_path: Path, box: MakeBox) -> None:
    location, boxes = str(tmp_path), [box("a"), box("b", (1, 2, 3))]
    add(location, boxes, "shop")
    for made in boxes:
        (name,) = made.objects
        (tmp_path / object_path(name)).unlink()
        (tmp_path / object_path(name)).mkdir()
    assert [fault.partition(":")[0] for fault in faults(location)] == ["shop/a", "shop/b"]


def test_a_map_of_another_size_is_a_fault(location: str, texture: MakeTexture) -> None:
    add(location, [texture("brick", {"color": picture(90), "roughness": picture(200, side_px=4)})], "shop")
    (fault,) = faults(location)
    assert "has 4 x 4 pixels" in fault


def test_a_lock_or_list_that_is_off_is_a_fault(location: str, box: MakeBox) -> None:
    add(location, [box("a")], "shop")
    put(location, LOCK, b"{}")
    put(location, SET_ASIDE, b"rot")
    assert [fault.partition(" ")[0] for fault in faults(location)] == [f"{LOCK}:", f"{location}:"]


def test_the_looking_is_told(location: str, box: MakeBox) -> None:
    add(location, [box("a"), box("b", (1, 2, 3))], "shop")
    heard: list[tuple[int, int]] = []
    assert not [*check(location, lambda done, rows: heard.append((done, rows)))]
    assert heard == [(1, 2), (2, 2)]


def test_removing_takes_the_files_that_no_other_needs(location: str, box: MakeBox, texture: MakeTexture) -> None:
    shared, own = picture(90), picture(200)
    brick, wall = texture("brick", {"color": shared, "roughness": own}), texture("wall", {"color": shared})
    add(location, [box("a"), brick, wall], "shop")
    keep_thumbnail(location, open_folder(location).textures["walls/brick"], picture(1))
    remove(location, ["walls/brick"])
    assert list(open_folder(location).textures) == ["walls/wall"]
    assert faults(location) == []
    assert set(open_place(location).names("objects")) == {*box("a").objects, *wall.objects}
    assert not [*open_place(location).names("thumbnails")]


def test_an_unknown_id_removes_nothing(location: str, box: MakeBox) -> None:
    add(location, [box("chair"), box("b", (1, 2, 3))], "shop")
    with pytest.raises(CatalogError, match=r"did you mean 'shop/chair'\?"):
        remove(location, ["shop/b", "shop/chiar"])
    assert len(open_folder(location).records) == 2


def test_removing_from_what_is_no_catalog_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no catalog at"):
        remove(str(tmp_path / "none"), ["a/b"])
    assert not (tmp_path / "none").exists()


def test_a_removed_asset_comes_back_to_its_split(location: str, box: MakeBox) -> None:
    first, second = (
        box("a", signature="0" * SIGNATURE_LENGTH),
        box("b", (1, 1, 2), signature="01" * (SIGNATURE_LENGTH // 2)),
    )
    add(location, [first, second], "shop")
    before = open_folder(location).records["shop/a"]
    remove(location, ["shop/a"])
    add(location, [first], "shop")
    assert open_folder(location).records["shop/a"] == before


def test_thumbnails_are_kept_by_content(location: str, box: MakeBox) -> None:
    add(location, [box("a"), box("b", (1, 2, 3))], "shop")
    first, second = open_folder(location).records.values()
    assert thumbnail_of(location, first) is None
    keep_thumbnail(location, first, picture(7))
    assert thumbnail_of(location, first) == picture(7)
    assert lacking_thumbnails(location, [first, second]) == [second]
    assert isinstance(second, AssetRecord)
