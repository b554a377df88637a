"""`scenegen catalog`: what is taken in is told, what is unknown is one line, and no name speaks to the terminal."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from assets_catalog.folder import open_folder
from assets_catalog.folder.add import add
from assets_catalog.folder.thumbnails import keep_thumbnail, thumbnail_of
from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared, SetAside
from ray_cluster import pictures
from ray_cluster.cli import app, main
from ray_cluster.commands import catalog_add
from scenegen.dataset.png import encode_png
from scenegen.thumbnails import ThumbnailRequest, ThumbnailResult
from schemas.errors import RenderError
from tests.assets_catalog.folder.boxes import make_box

PICTURE = encode_png(np.full((8, 8, 3), 90, np.uint8))
HOSTILE = "[red]\x1b]0;owned\x07\u202ename"

STOOL = """
v 0 0 0
v 0.4 0 0
v 0.4 0.5 0
v 0 0.5 0
v 0 0 0.4
v 0.4 0 0.4
v 0.4 0.5 0.4
v 0 0.5 0.4
f 1 4 3 2
f 5 6 7 8
f 1 2 6 5
f 2 3 7 6
f 3 4 8 7
f 4 1 5 8
"""


def catalog(*arguments: object, **options: str) -> Result:
    return CliRunner().invoke(app, ["catalog", *map(str, arguments)], terminal_width=200, env=options)


def fault_of(result: Result) -> str:
    """Returns the one line of a refusal."""
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("scenegen: ")
    return line


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A catalog of three boxes, one with a name that would speak to the terminal, and one asset set aside."""
    boxes = [
        make_box("chair", class_name="chair", license="CC-BY-4.0"),
        make_box("vase", (0.1, 0.1, 0.3), class_name="vase"),
        make_box("other", (2, 1, 1), label=HOSTILE, creator=HOSTILE, class_name="bed"),
    ]
    add(str(tmp_path / "shop"), [*boxes, SetAside("shop/bad", f"{HOSTILE}.obj", "empty: no triangle")], "shop")
    return tmp_path / "shop"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stands in for Blender; holds the ids that were drawn."""
    ids: list[str] = []

    def draw(requests: Iterable[ThumbnailRequest]) -> Iterator[ThumbnailResult]:
        for request in requests:
            ids.append(request.record.asset_id)
            yield ThumbnailResult(request.record.asset_id, PICTURE)

    monkeypatch.setattr(pictures, "render_thumbnails", draw)
    return ids


@pytest.fixture
def boxes_listed(monkeypatch: pytest.MonkeyPatch) -> list[AddOptions]:
    """Lets the source `folder` have two boxes and a fault, without opening files; holds the options that it got."""
    heard: list[AddOptions] = []
    outcomes: list[Prepared | SetAside] = [
        make_box("a"),
        make_box("b", (1, 2, 3)),
        SetAside("shop/c", f"{HOSTILE}.obj", f"huge: {HOSTILE}"),
    ]

    def listed(path: Path | None, options: AddOptions) -> Sequence[Candidate | SetAside]:
        heard.append(options)
        return [SetAside("shop/c", "c.obj", "huge")] * 3

    def opened(candidates: Iterable[object], options: AddOptions, workers: int) -> Iterator[Prepared | SetAside]:
        assert len(list(candidates)) == 3
        return iter(outcomes)

    monkeypatch.setattr(catalog_add, "SOURCES", {"folder": listed})
    monkeypatch.setattr(catalog_add, "prepared", opened)
    return heard


def test_what_became_of_a_sources_assets_is_told(
    tmp_path: Path, boxes_listed: list[AddOptions], drawn: list[str]
) -> None:
    told = catalog("add", "folder", tmp_path, "--catalog", tmp_path / "shop")
    assert told.exit_code == 0, told.output
    rows = {line.split("│")[1].strip(): line.split("│")[2].strip() for line in told.stdout.splitlines() if "│" in line}
    assert (rows["added"], rows["already there"], rows["set aside"], rows["huge"]) == ("2", "0", "1", "1")
    assert "set_aside.parquet" in told.stdout
    assert drawn == ["shop/a", "shop/b"]
    again = catalog("add", "folder", tmp_path, "--catalog", tmp_path / "shop")
    assert "│ already there       │ 2" in again.stdout
    assert drawn == ["shop/a", "shop/b"]
    assert "\x1b" not in told.output + again.output


def test_the_users_choices_reach_the_ingest(tmp_path: Path, boxes_listed: list[AddOptions]) -> None:
    chosen = (
        "--license",
        "cc-by-4.0",
        "--creator",
        "Ann",
        "--class",
        "chair",
        "--allow-blend",
        "--max-triangles",
        "500",
    )
    told = catalog("add", "folder", tmp_path, *chosen, "--no-thumbnails", SCENEGEN_CATALOG=str(tmp_path / "shop"))
    assert told.exit_code == 0, told.output
    (options,) = boxes_listed
    assert (options.license, options.creator, options.class_name) == ("CC-BY-4.0", "Ann", "chair")
    assert (options.allow_blend, options.max_triangles) == (True, 500)
    assert options.convert is not None
    assert len(open_folder(str(tmp_path / "shop")).records) == 2


def test_without_blender_the_assets_are_there_and_pictures_are_told(
    tmp_path: Path, boxes_listed: list[AddOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(requests: Iterable[ThumbnailRequest]) -> Iterator[ThumbnailResult]:
        raise RenderError("Blender didn't start")
        yield

    monkeypatch.setattr(pictures, "render_thumbnails", refuses)
    told = catalog("add", "folder", tmp_path, "--catalog", tmp_path / "shop")
    assert told.exit_code == 0
    assert "no pictures: Blender didn't start" in told.stderr
    assert len(open_folder(str(tmp_path / "shop")).records) == 2


def test_a_folder_of_files_becomes_a_catalog(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "stool.obj").write_text(STOOL)
    (files / "bad.glb").write_text("no mesh")
    options = (
        "--catalog",
        tmp_path / "shop",
        "--license",
        "CC0-1.0",
        "--creator",
        "Ann",
        "--no-thumbnails",
        "--workers",
        1,
    )
    told = catalog("add", "folder", files, *options)
    assert told.exit_code == 0, told.output
    (record,) = open_folder(str(tmp_path / "shop")).records.values()
    assert (record.class_name, record.creator, record.license_is_override) == ("stool", "Ann", True)
    assert catalog("check", "--catalog", tmp_path / "shop").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "foldr", "."], "did you mean 'folder'?"),
        (["add", "folder", ".", "--license", "CC-BY"], "did you mean 'CC-BY-"),
        (["add", "folder", ".", "--class", "chiar"], "did you mean 'chair'?"),
        (["add", "folder", ".", "--catalog", "builtin"], "comes with the package"),
        (["add", "folder", ".", "--catalog", ""], "names no place"),
        (["add", "folder", ".", "--catalog", "memory:///shop"], "would be gone when the command ends"),
        (["add", "folder", ".", "--license", ""], "no licence"),
        (["show", "shop/chiar"], "did you mean 'shop/chair'?"),
        (["remove", "shop/vase", "shop/chiar"], "did you mean 'shop/chair'?"),
        (["list", "--class", "chiar"], "did you mean 'chair'?"),
        (["list", "--license", "CC-BY-4"], "did you mean 'CC-BY-4.0'?"),
        (["list", "--split", "tset"], "did you mean 'test'?"),
        (["list", "--kind", "modle"], "did you mean 'model'?"),
        (["list", "--source", "shp"], "did you mean 'shop'?"),
        (["list", "--catalog", "{shop}p"], "did you mean 'shop'?"),
        (["list", "--catalog", "buildin"], "did you mean 'builtin'?"),
        (["check", "--catalog", "{shop}/objects"], "is no catalog"),
        (["sheet", "--class", "chiar"], "did you mean 'chair'?"),
        (["sheet", "--class", "sofa"], "nothing to draw"),
    ],
)
def test_what_is_unknown_is_one_line_with_the_nearest(shop: Path, arguments: list[str], words: str) -> None:
    given = [argument.format(shop=shop) for argument in arguments]
    assert words in fault_of(catalog(*given, SCENEGEN_CATALOG=str(shop)))
    assert len(open_folder(str(shop)).records) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["add"], "SOURCE"), (["lst"], "lst"), (["show"], "ID"), (["sheet", "--columns", "0"], "'--columns'")],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["scenegen", "catalog", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    (line,) = capsys.readouterr().err.splitlines()
    assert end.value.code == 2
    assert words in line


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["shop/chair", "shop/other", "shop/vase"]),
        (["--class", "vase", "--class", "chair"], ["shop/chair", "shop/vase"]),
        (["--license", "CC-BY-4.0"], ["shop/chair"]),
        (["--class", "sofa"], []),
        (["--kind", "texture"], []),
        (["--source", "shop", "--class", "bed"], ["shop/other"]),
    ],
)
def test_a_list_is_filtered(shop: Path, options: list[str], ids: list[str]) -> None:
    told = catalog("list", "--catalog", shop, *options)
    assert [line.split()[0] for line in told.stdout.splitlines()[1:-1]] == ids
    as_json = json.loads(catalog("list", "--catalog", shop, *options, "--json").stdout)
    assert [record["asset_id"] for record in as_json] == ids


def test_a_split_is_filtered(shop: Path) -> None:
    records = open_folder(str(shop)).records
    for split in ("train", "val", "test"):
        told = json.loads(catalog("list", "--catalog", shop, "--split", split, "--json").stdout)
        assert [one["asset_id"] for one in told] == [name for name in records if records[name].split == split]


def test_what_was_set_aside_is_listed(shop: Path) -> None:
    told = catalog("list", "--catalog", shop, "--set-aside")
    assert "shop/bad" in told.stdout
    assert "empty: no triangle" in told.stdout
    (row,) = json.loads(catalog("list", "--catalog", shop, "--set-aside", "--json").stdout)
    assert row["file"] == f"{HOSTILE}.obj"


def test_an_asset_is_shown_with_its_picture_which_stays(shop: Path, drawn: list[str]) -> None:
    told = catalog("show", "shop/chair", "--catalog", shop)
    record = open_folder(str(shop)).records["shop/chair"]
    assert all(word in told.stdout for word in ("CC-BY-4.0", "Ann", "chair", record.sha256))
    path = told.stdout.splitlines()[-1].removeprefix("picture: ")
    assert Path(path).read_bytes() == PICTURE
    catalog("show", "shop/chair", "--catalog", shop)
    assert drawn == ["shop/chair"]


def test_a_record_is_shown_without_blender_too(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(requests: Iterable[ThumbnailRequest]) -> Iterator[ThumbnailResult]:
        raise RenderError("Blender didn't start")
        yield

    monkeypatch.setattr(pictures, "render_thumbnails", refuses)
    told = catalog("show", "shop/chair", "--catalog", shop)
    assert told.exit_code == 0
    assert "CC-BY-4.0" in told.stdout
    assert "no picture of shop/chair: Blender didn't start" in told.stderr


def test_a_picture_is_written_where_it_is_asked_for(shop: Path, drawn: list[str]) -> None:
    told = catalog("show", "shop/chair", "--catalog", shop, "--output", shop / "chair.png")
    assert told.exit_code == 0
    assert (shop / "chair.png").read_bytes() == PICTURE


def test_no_name_speaks_to_the_terminal(shop: Path, drawn: list[str]) -> None:
    for arguments in (["list"], ["list", "--set-aside"], ["show", "shop/other"], ["show", "shop/other", "--json"]):
        told = catalog(*arguments, "--catalog", shop)
        assert told.exit_code == 0
        assert "[red]" in told.stdout or arguments == ["list"]
        assert not {"\x1b", "\x07", "\u202e"} & set(told.output)


def test_faults_are_named_and_the_status_tells(shop: Path) -> None:
    assert catalog("check", "--catalog", shop).stdout == "3 assets, 0 faults\n"
    next((shop / "objects").iterdir()).write_bytes(b"rot")
    told = catalog("check", "--catalog", shop)
    assert told.exit_code == 1
    assert "is damaged" in told.stdout
    assert told.stdout.endswith("3 assets, 1 faults\n")


def test_removed_assets_are_named(shop: Path) -> None:
    assert (
        catalog("remove", "shop/vase", "shop/chair", "shop/vase", "--catalog", shop).stdout
        == "removed shop/vase\nremoved shop/chair\n"
    )
    assert list(open_folder(str(shop)).records) == ["shop/other"]


def test_a_sheet_draws_what_is_lacking_and_keeps_it(shop: Path, drawn: list[str], tmp_path: Path) -> None:
    vase = open_folder(str(shop)).records["shop/vase"]
    keep_thumbnail(str(shop), vase, PICTURE)
    told = catalog("sheet", "--catalog", shop, "--output", tmp_path / "sheet.png")
    assert told.stdout == f"wrote {tmp_path / 'sheet.png'}\n"
    assert (tmp_path / "sheet.png").stat().st_size > 1000
    assert drawn == ["shop/chair", "shop/other"]
    assert all(thumbnail_of(str(shop), record) == PICTURE for record in open_folder(str(shop)).records.values())


def test_a_sheet_shows_some_of_each_class(shop: Path, drawn: list[str], tmp_path: Path) -> None:
    add(str(shop), [make_box("vase-2", (0.2, 0.1, 0.3), class_name="vase")], "shop")
    catalog("sheet", "--catalog", shop, "--output", tmp_path / "sheet.png", "--class", "vase", "--most", 1)
    assert drawn == ["shop/vase"]


def test_without_a_command_the_help_is_shown_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["scenegen", "catalog"])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr()
    assert end.value.code == 2
    assert "Usage:" in told.out
    assert not told.err
