"""HDF5 files of others, by h5py: only what lies in the file itself, of a kind and size that is known beforehand.

A dataset may declare any size, name another file as its place, or be put together from others; what is read is looked
at first: a plain dataset, reached by a plain link, stored in this file, with as many elements as the frame may have,
in chunks that are no larger.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from scenegen.ingest.ingester import FrameError
from schemas.errors import first_line
from schemas.ranges import MAX_SIDE_PX

_MOST_PIXELS = 1 << 26
_MOST_TEXT_BYTES = 1 << 24


class Hdf5:
    """An open file."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __contains__(self, key: str) -> bool:
        return key in self._file

    def keys(self) -> list[str]:
        """Returns what stands in the file, sorted."""
        return sorted(self._file.keys())

    def plane(self, key: str, kinds: str, channels: tuple[int, ...] = ()) -> np.ndarray:
        """Returns h x w pixels, each of one of `channels` if given; `kinds`: NumPy's letters. Raises FrameError."""
        found = self._dataset(key)
        wanted = f"h x w{f' x {channels[0]}' if channels else ''}"
        shape: tuple[int, ...] = tuple(found.shape or ())
        if len(shape) != 2 + bool(channels) or (channels and shape[2] not in channels):
            raise FrameError(f"{key} has the wrong shape", f"{shape}, must be {wanted}")
        if found.dtype.kind not in kinds:
            raise FrameError(f"{key} has the wrong kind of number", str(found.dtype))
        if max(shape[:2]) > MAX_SIDE_PX or int(np.prod(shape[:2], dtype=object)) > _MOST_PIXELS:
            raise FrameError(f"{key} is too large", f"{shape[1]} x {shape[0]} pixels, a side may have {MAX_SIDE_PX}")
        return self._read(key, found)

    def text(self, key: str) -> bytes:
        """Returns a text of a known length, as BlenderProc writes its JSON; raises FrameError."""
        found = self._dataset(key)
        if found.shape != () or found.dtype.kind != "S" or found.dtype.itemsize > _MOST_TEXT_BYTES:
            raise FrameError(f"{key} is no text of up to {_MOST_TEXT_BYTES} bytes", f"{found.shape} of {found.dtype}")
        return bytes(self._read(key, found))

    def _dataset(self, key: str) -> Any:
        import h5py  # noqa: PLC0415 - an extra

        if key not in self._file:
            raise FrameError(f"{key} is missing", f"the file has {', '.join(self.keys()) or 'nothing'}")
        if not isinstance(self._file.get(key, getlink=True), h5py.HardLink):
            raise FrameError(f"{key} lies elsewhere", "a link out of its place is not followed")
        found = self._file[key]
        if not isinstance(found, h5py.Dataset) or found.external or found.is_virtual:
            raise FrameError(f"{key} lies elsewhere", "must be a dataset that is stored in the file itself")
        if found.chunks and int(np.prod(found.chunks, dtype=object)) > 4 * _MOST_PIXELS:
            raise FrameError(f"{key} is too large", f"chunks of {found.chunks}")
        return found

    def _read(self, key: str, found: Any) -> Any:
        try:
            return found[()]
        except (OSError, ValueError, RuntimeError) as error:
            raise FrameError(f"{key} can't be read", first_line(error)) from error


@contextmanager
def hdf5(path: Path) -> Iterator[Hdf5]:
    """Opens a file to be read; raises FrameError where it is none, or cut short."""
    import h5py  # noqa: PLC0415 - an extra

    try:
        file = h5py.File(path, "r")
    except (OSError, ValueError, RuntimeError) as error:
        raise FrameError("no HDF5 file, or cut short", first_line(error)) from error
    with file:
        yield Hdf5(file)
