"""A catalog's contact sheet shows every asset under its class, and survives any text and any thumbnail."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assets_catalog.record import AssetRecord, EnvironmentRecord, TextureRecord
from assets_catalog.sheet import CELL_PX, Row, catalog_sheet, fitting, heading, size_text
from schemas.errors import InputError
from tests.catalogs import environment_of, record_of, texture_of


def model(name: str, class_name: str = "chair", label: str = "chair") -> AssetRecord:
    return record_of(f"test/{name}", label=label, class_name=class_name, size_m=(0.45, 0.52, 0.06))


def texture() -> TextureRecord:
    return texture_of("test/planks", substance="wood", size_m=(1.2, 0.6))


def environment() -> EnvironmentRecord:
    return environment_of("test/forest", width_px=512, height_px=256)


def png(color: tuple[int, int, int], width_px: int = 64, height_px: int = 64) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width_px, height_px), color).save(file, "PNG")
    return file.getvalue()


def shown(page: Path, color: tuple[int, int, int]) -> list[tuple[int, int]]:
    """Returns the middles of a color's fields, by row, then by column."""
    pixels = np.asarray(Image.open(page))
    same = (pixels == color).all(axis=-1)
    rows = np.flatnonzero(np.diff(np.pad(same.any(axis=1), 1).astype(int)) == 1)
    return [(int(row), int(np.flatnonzero(same[row])[0])) for row in rows]


def test_each_asset_is_shown_once_ordered_by_class(tmp_path: Path) -> None:
    colors = {"b-table": (200, 0, 0), "a-chair": (0, 200, 0), "z-armchair": (0, 0, 200)}
    rows: list[Row] = [(model(name, name.partition("-")[2]), png(color)) for name, color in colors.items()]
    (page,) = catalog_sheet(rows, tmp_path / "sheet.png", Path.write_bytes, columns=1)
    tops = [shown(page, colors[name])[0][0] for name in ("z-armchair", "a-chair", "b-table")]
    assert tops == sorted(tops)
    assert all(len(shown(page, color)) == 1 for color in colors.values())
    assert (np.asarray(Image.open(page)) == (0, 200, 0)).all(axis=-1).sum() == CELL_PX**2


def test_models_come_before_textures_and_these_before_environments(tmp_path: Path) -> None:
    rows: list[Row] = [
        (environment(), png((1, 2, 200), 64, 32)),
        (texture(), png((1, 200, 2))),
        (model("x"), png((200, 1, 2))),
    ]
    (page,) = catalog_sheet(rows, tmp_path / "sheet.png", Path.write_bytes)
    lefts = [shown(page, color)[0][1] for color in ((200, 1, 2), (1, 200, 2), (1, 2, 200))]
    assert lefts == sorted(lefts)
    pixels = np.asarray(Image.open(page))
    assert (pixels == (1, 2, 200)).all(axis=-1).sum() == CELL_PX * CELL_PX // 2


def test_many_assets_make_several_pages_that_show_all(tmp_path: Path) -> None:
    rows: list[Row] = [(model(f"{number:03d}"), png((10, 200, number))) for number in range(30)]
    pages = catalog_sheet(rows, tmp_path / "sheet.png", Path.write_bytes, columns=1)
    assert [page.name for page in pages] == ["sheet-1.png", "sheet-2.png", "sheet-3.png"]
    found = [number for page in pages for number in range(30) if shown(page, (10, 200, number))]
    assert found == list(range(30))
    assert sorted(path.name for path in tmp_path.iterdir()) == [page.name for page in pages]


@pytest.mark.parametrize("thumbnail", [None, b"", b"no picture", png((1, 2, 3))[:40], png((1, 2, 3), 5000, 1)])
def test_an_asset_without_a_sound_thumbnail_leaves_a_blank_field(tmp_path: Path, thumbnail: bytes | None) -> None:
    (page,) = catalog_sheet(
        [(model("x"), thumbnail), (model("y"), png((0, 200, 0)))], tmp_path / "sheet.png", Path.write_bytes
    )
    assert len(shown(page, (0, 200, 0))) == 1


def test_any_text_is_drawn_on_one_line_within_its_width(tmp_path: Path) -> None:
    label = "<b>a\nvery\x00 long \u202elabel " + "W" * 10_000
    cut = fitting(label + "\ud800", CELL_PX, 12)
    assert cut.startswith("<b>a very")
    assert cut.endswith("...")
    assert cut.isprintable()
    assert fitting("oak table", CELL_PX, 12) == "oak table"
    catalog_sheet([(model("x", label=label), png((0, 200, 0)))], tmp_path / "sheet.png", Path.write_bytes)
    ink = np.asarray(Image.open(tmp_path / "sheet.png")).min(axis=-1) < 200
    assert not ink[:, 28 + CELL_PX : 28 + CELL_PX + 8].any()


def test_a_caption_tells_the_size_in_metres_and_the_class() -> None:
    assert size_text(model("x")) == "0.45 x 0.52 x 0.060 m"
    assert size_text(texture()) == "tile 1.20 x 0.60 m"
    assert size_text(environment()) == "512 x 256 px"
    assert [heading(record) for record in (model("x", "coffee_table"), texture(), environment())] == [
        "coffee table",
        "texture: wood",
        "environment: outdoors",
    ]


def test_nothing_to_draw_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        catalog_sheet([], tmp_path / "sheet.png", Path.write_bytes)
    with pytest.raises(InputError, match="0 columns"):
        catalog_sheet([(model("x"), None)], tmp_path / "sheet.png", Path.write_bytes, columns=0)
