"""Predictions as files: found by their names, read whatever their form, and never in the way of the others."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scenegen.evaluate.predictions import Unreadable, find_predictions, read_picture, shown, sized
from schemas.errors import InputError

RGB = np.random.default_rng(0).integers(0, 256, (6, 8, 3), np.uint8)
Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def write(picture: Image.Image, name: str = "a.png", **options: Any) -> Path:
        picture.save(tmp_path / name, **options)
        return tmp_path / name

    return write


def picture() -> Image.Image:
    return Image.fromarray(RGB)


def test_names_say_which_sample_whatever_the_folder_and_ending(tmp_path: Path, save: Save) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("one.png", "two.JPG", "deep/three.jpeg", "deep/er/four.webp"):
        save(picture(), name)
    (tmp_path / "notes.txt").write_text("none of these")
    (tmp_path / ".five.png").write_text("hidden")
    found = find_predictions(tmp_path)
    assert found.files == {
        "one": ("one.png",),
        "two": ("two.JPG",),
        "three": ("deep/three.jpeg",),
        "four": ("deep/er/four.webp",),
    }
    assert all(isinstance(found.read(name), np.ndarray) for name in found.files)
    assert found.read("six") is None


def test_two_files_for_one_sample_are_none(tmp_path: Path, save: Save) -> None:
    (tmp_path / "later").mkdir()
    for name in ("one.png", "one.jpg", "later/one.png", "two.png"):
        save(picture(), name)
    found = find_predictions(tmp_path)
    assert found.read("one") == Unreadable("so is one.jpg and one.png: one prediction a sample")
    assert found.name("one") == "later/one.png"
    assert isinstance(found.read("two"), np.ndarray)


def test_what_is_no_file_is_told_as_such(tmp_path: Path, save: Save) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    save(picture(), "folder.png/inside.png")
    (tmp_path / "nowhere.png").symlink_to("gone")
    (tmp_path / "circle.png").symlink_to("circle.png")
    (tmp_path / "device.png").symlink_to("/dev/zero")
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.png").symlink_to("folder.png/inside.png")
    found = find_predictions(tmp_path)
    reasons = {name: found.read(name) for name in found.files}
    assert isinstance(reasons.pop("inside"), np.ndarray)
    assert isinstance(reasons.pop("link"), np.ndarray)
    assert reasons == {
        "pipe": Unreadable("it is a FIFO"),
        "folder": Unreadable("it is a folder"),
        "nowhere": Unreadable("No such file or directory"),
        "circle": Unreadable("Too many levels of symbolic links"),
        "device": Unreadable("it is a device"),
    }


def test_a_folder_that_can_not_be_searched_is_told(tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    save(picture(), "one.png")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_predictions(tmp_path)
    assert [(each.name, each.why) for each in found.closed] == [("shut", "Permission denied")]
    assert set(found.files) == {"one"}


def test_names_that_are_no_utf8_are_found_and_can_be_stored(tmp_path: Path, save: Save) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.png")).write_bytes(save(picture()).read_bytes())
    found = find_predictions(tmp_path)
    (name,) = set(found.files) - {"a"}
    assert isinstance(found.read(name), np.ndarray)
    assert found.name(name) == "caf\\xe9.png"
    assert shown("plain é\n") == "plain é\n"


@pytest.mark.parametrize("missing", ["nowhere", "file"])
def test_no_folder_is_one_line(tmp_path: Path, missing: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"^no folder .*nowhere$|file is a file$"):
        find_predictions(tmp_path / missing)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("RGBA", RGB),
        ("L", np.repeat(np.asarray(picture().convert("L"))[..., None], 3, axis=2)),
        ("LA", np.repeat(np.asarray(picture().convert("L"))[..., None], 3, axis=2)),
        ("1", np.repeat(np.asarray(picture().convert("1")).astype(np.uint8)[..., None] * 255, 3, axis=2)),
    ],
)
def test_pngs_of_any_mode_become_rgb(save: Save, mode: str, expected: np.ndarray) -> None:
    other = picture().convert(mode)
    if "A" in mode:
        other.putalpha(Image.fromarray(RGB[..., 0]))
    np.testing.assert_array_equal(read_picture(save(other)), expected)


@pytest.mark.parametrize("alpha", [None, b"\x00\x80", 3])
def test_palettes_become_their_colors_and_lose_their_alpha(save: Save, alpha: bytes | int | None) -> None:
    palette = picture().quantize(16)
    wanted = np.asarray(palette.convert("RGB"))
    options: dict[str, object] = {} if alpha is None else {"transparency": alpha}
    np.testing.assert_array_equal(read_picture(save(palette, **options)), wanted)


def test_of_sixteen_bits_the_upper_eight_stay(save: Save) -> None:
    deep = (RGB[..., 0].astype(np.uint16) << 8) + RGB[..., 1]
    np.testing.assert_array_equal(read_picture(save(Image.fromarray(deep))), np.repeat(RGB[..., :1], 3, axis=2))


def test_cmyk_and_grey_jpegs_become_rgb(save: Save) -> None:
    flat = Image.new("RGB", (16, 16), (200, 30, 90))
    for mode in ("CMYK", "L", "RGB"):
        read = read_picture(save(flat.convert(mode), "a.jpg", quality=95))
        assert isinstance(read, np.ndarray)
        wanted = np.asarray(flat.convert(mode).convert("RGB")).astype(int)
        assert np.abs(read.astype(int) - wanted).max() <= 3


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_of_an_animation_the_first_picture_counts(save: Save, name: str) -> None:
    path = save(picture(), name, save_all=True, append_images=[Image.new("RGB", (8, 6))], lossless=True)
    np.testing.assert_array_equal(read_picture(path), RGB)


def test_the_content_says_what_a_file_is_not_its_ending(save: Save) -> None:
    path = save(picture(), "a.png")
    np.testing.assert_array_equal(read_picture(path.rename(path.with_suffix(".jpg"))), RGB)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_claims(width_px: int, height_px: int) -> bytes:
    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is no PNG, JPEG or WEBP: it begins with b''"),
        (b"GIF89a and more", "it is no PNG, JPEG or WEBP: it begins with b'GIF89a a'"),
        (png_that_claims(9000, 9000), "it has 9000 x 9000 pixels, 67108864 are allowed"),
        (png_that_claims(60000, 60000), "it is no sound PNG, JPEG or WEBP: Image size (3600000000 pixels) exceeds"),
        (png_that_claims(8, 6), "it is no sound PNG, JPEG or WEBP"),
        (png_that_claims(0, 6), "it is no"),
    ],
)
def test_what_can_not_be_decoded_has_a_reason_on_one_line(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    read = read_picture(tmp_path / "a.png")
    assert isinstance(read, Unreadable)
    assert read.why.startswith(why)
    assert "\n" not in read.why


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@given(data=st.data())
@settings(max_examples=60)
def test_damage_never_raises(form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = io.BytesIO()
    picture().save(file, form)
    content = bytearray(file.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / f"damaged-{form}.png"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    read = read_picture(path)
    assert isinstance(read, Unreadable) or (read.dtype == np.uint8 and read.shape[2] == 3)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_resizing_takes_the_nearest_pixel(height_px: int, width_px: int, tall_px: int, wide_px: int) -> None:
    there = np.arange(height_px * width_px * 3).astype(np.uint8).reshape(height_px, width_px, 3)
    taken = sized(there, tall_px, wide_px)
    for row in range(tall_px):
        for column in range(wide_px):
            y, x = (row + 0.5) * height_px / tall_px, (column + 0.5) * width_px / wide_px
            beside = [there[int(min(max(y + dy, 0), height_px - 1)), int(min(max(x + dx, 0), width_px - 1))]
                      for dy in (-1e-9, 1e-9) for dx in (-1e-9, 1e-9)]  # fmt: skip
            assert any((taken[row, column] == one).all() for one in beside)
