"""Predictions: pictures that a model made, found by the names of their samples and read as RGB.

A folder is searched with all folders in it. A file named `<sample_id>.png`, .jpg, .jpeg or .webp, capitals or not, is
the prediction for that sample; other endings and hidden files are passed over. Links to files are followed, links to
folders are not. Of two files for one sample neither is used, since nothing says which is meant.

Whatever the form of a picture, it becomes 8-bit RGB: palettes and CMYK are converted, grey is repeated, alpha is
dropped, of 16 bits the upper 8 stay, of an animation the first picture counts. Colour profiles and marks of orientation
are not applied. A picture of another size than the target takes for each pixel of the target the nearest of its own:
colours are never blended, which would make new ones between those of a legend.

Edges: what can't be read is a value with a reason, and what the picture shows can't be wrong in form.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image, features

from assets_catalog.pictures import decoded
from scenegen.dataset.file_kind import irregular
from schemas.errors import AssetError, InputError, first_line
from schemas.ranges import MAX_SIDE_PX

ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
_FORMATS = ("PNG", "JPEG", *(["WEBP"] if features.check("webp") else []))
_MOST_BYTES = 2**29

Rgb = UInt8[np.ndarray, "_ _ 3"]
"""Of any size."""


@dataclass(frozen=True)
class Unusable:
    """A prediction that isn't scored, or a folder that can't be searched."""

    name: str
    """Of the file, from the folder of predictions on; of the sample, where predictions came as arrays."""
    why: str


@dataclass(frozen=True)
class Unreadable:
    """What stands in place of a picture."""

    why: str


@dataclass(frozen=True)
class Found:
    """The files of a folder of predictions."""

    folder: Path
    files: Mapping[str, tuple[str, ...]]
    """Sample -> where its prediction lies, from the folder on; several where one is too many."""
    closed: tuple[Unusable, ...] = ()
    """Folders that can't be searched."""

    def read(self, sample_id: str) -> Rgb | Unreadable | None:
        """Returns the prediction for a sample; nothing where there is none."""
        there = self.files.get(sample_id, ())
        if len(there) > 1:
            return Unreadable(f"so is {' and '.join(map(shown, there[1:]))}: one prediction a sample")
        return read_picture(self.folder / there[0]) if there else None

    def name(self, sample_id: str) -> str:
        """Returns what the prediction for a sample is called in a list."""
        return shown(self.files[sample_id][0])


def find_predictions(folder: Path) -> Found:
    """Returns the predictions under a folder, none of them read; raises InputError where it is none."""
    if not folder.is_dir():
        raise InputError(f"{folder} is {irregular(folder) or 'a file'}" if folder.exists() else f"no folder {folder}")
    files: dict[str, list[str]] = {}
    closed = []
    for path in _walk(folder):
        where = os.path.relpath(path if isinstance(path, Path) else path[0], folder)
        if isinstance(path, Path):
            files.setdefault(path.stem, []).append(where)
        elif where == ".":
            raise InputError(f"{folder} can't be searched: {path[1]}")
        else:
            closed.append(Unusable(shown(where), path[1]))
    ordered = {sample_id: tuple(sorted(there)) for sample_id, there in sorted(files.items())}
    return Found(folder, ordered, tuple(sorted(closed, key=lambda each: each.name)))


def read_picture(path: Path) -> Rgb | Unreadable:
    """Returns a picture as RGB, or why it can't be read."""
    if kind := irregular(path):
        return Unreadable(f"it is {kind}")
    try:
        if (size := path.stat().st_size) > _MOST_BYTES:
            return Unreadable(f"it has {size} bytes, {_MOST_BYTES} are allowed")
        return _as_rgb(decoded(path.read_bytes(), "it", MAX_SIDE_PX**2, _FORMATS))
    except (AssetError, ValueError, MemoryError) as error:
        return Unreadable(first_line(error))
    except OSError as error:
        return Unreadable(error.strerror or first_line(error))


def sized(rgb: Rgb, height_px: int, width_px: int) -> Rgb:
    """Returns a picture with so many pixels: at each place the nearest one of its own."""
    rows, columns = _nearest(rgb.shape[0], height_px), _nearest(rgb.shape[1], width_px)
    return rgb if rgb.shape[:2] == (height_px, width_px) else rgb[rows[:, None], columns]


def shown(name: str) -> str:
    """Returns the name of a file as text that can be stored: bytes that are no UTF-8 become escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _nearest(there_px: int, wanted_px: int) -> np.ndarray:
    return (2 * np.arange(wanted_px) + 1) * there_px // (2 * wanted_px)


def _as_rgb(picture: Image.Image) -> Rgb:
    if picture.mode.startswith("I"):
        return np.repeat((np.asarray(picture).astype(np.int64) >> 8).astype(np.uint8)[..., None], 3, axis=2)
    flat = picture.convert("RGBA") if picture.mode in {"P", "PA"} else picture  # or Pillow warns of their alpha
    return np.array(flat.convert("RGB"))


def _walk(folder: Path) -> Iterator[Path | tuple[Path, str]]:
    """Yields what is called a picture, and each folder that can't be searched with the reason."""
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.name.lower().endswith(ENDINGS):
                        yield here / entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(here / entry.name)
        except OSError as error:
            yield here, error.strerror or first_line(error)
