"""HDF5 files of others, by h5py: only what lies in the file itself, of a kind and size that is known beforehand.

A dataset may declare any size, name another file as its place, or be put together from others; what is read is looked
at first: a plain dataset, reached by a plain link, stored in this file, with as many elements as the frame may have,
in chunks that are no larger.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from scenegen.ingest.ingester import MOST_PIXELS, FrameError
from schemas.errors import first_line
from schemas.ranges import MAX_SIDE_PX

_MOST_TEXT_BYTES = 1 << 24
_DAMAGED = (OSError, ValueError, RuntimeError, KeyError, TypeError, OverflowError, NotImplementedError)
"""What h5py raises at any call where bytes are damaged."""


class Hdf5:
    """An open file; where it holds one dataset, `what` is what faults call that."""

    def __init__(self, file: Any, what: str = "") -> None:
        self._file, self._what = file, what

    def __contains__(self, key: str) -> bool:
        with self._read(key):
            return key in self._file

    def plane(self, key: str, kinds: str, channels: tuple[int, ...] = ()) -> np.ndarray:
        """Returns h x w pixels, each of one of `channels` if given; `kinds`: NumPy's letters. Raises FrameError."""
        with self._read(key) as what:
            found = self._dataset(key, what)
            wanted = f"h x w{f' x {channels[0]}' if channels else ''}"
            shape: tuple[int, ...] = tuple(found.shape or ())
            if len(shape) != 2 + bool(channels) or (channels and shape[2] not in channels):
                raise FrameError(f"{what} has the wrong shape", f"{shape}, must be {wanted}")
            if found.dtype.kind not in kinds:
                raise FrameError(f"{what} has the wrong kind of number", str(found.dtype))
            if max(shape[:2]) > MAX_SIDE_PX or int(np.prod(shape[:2], dtype=object)) > MOST_PIXELS:
                size = f"{shape[1]} x {shape[0]} pixels, may be {MOST_PIXELS}, and {MAX_SIDE_PX} at a side"
                raise FrameError(f"{what} is too large", size)
            return np.asarray(found[()])

    def rows(self, key: str, shape: tuple[int, ...], most: int) -> np.ndarray:
        """Returns up to `most` rows of finite numbers, each of `shape`; raises FrameError."""
        with self._read(key) as what:
            found = self._dataset(key, what)
            if len(found.shape or ()) != 1 + len(shape) or found.shape[1:] != shape or found.shape[0] > most:
                wanted = f"{found.shape}, must be n x {' x '.join(map(str, shape))}"
                raise FrameError(f"{what} has the wrong shape", wanted)
            if found.dtype.kind != "f":
                raise FrameError(f"{what} has the wrong kind of number", str(found.dtype))
            rows = np.asarray(found[()])
        if not np.isfinite(rows).all():
            raise FrameError(f"{what} holds what is no number")
        return rows

    def text(self, key: str) -> bytes:
        """Returns a text of a known length, as BlenderProc writes its JSON; raises FrameError."""
        with self._read(key) as what:
            found = self._dataset(key, what)
            if found.shape != () or found.dtype.kind != "S" or found.dtype.itemsize > _MOST_TEXT_BYTES:
                told = f"{found.shape} of {found.dtype}"
                raise FrameError(f"{what} is no text of up to {_MOST_TEXT_BYTES} bytes", told)
            return bytes(found[()])

    @contextmanager
    def _read(self, key: str) -> Iterator[str]:
        """Turns what damaged bytes make h5py raise into a FrameError; gives what faults call the dataset."""
        what = self._what or key
        try:
            yield what
        except _DAMAGED as error:
            raise FrameError(f"{what} can't be read", first_line(error)) from error

    def _dataset(self, key: str, what: str) -> Any:
        import h5py  # noqa: PLC0415 - an extra

        if key not in self._file:
            there = sorted(name for name in self._file if isinstance(name, str) and name.isprintable())
            raise FrameError(f"{what} is missing", f"the file has {', '.join(there) or 'nothing'}")
        if not isinstance(self._file.get(key, getlink=True), h5py.HardLink):
            raise FrameError(f"{what} lies elsewhere", "a link out of its place is not followed")
        found = self._file[key]
        if not isinstance(found, h5py.Dataset) or found.external or found.is_virtual:
            raise FrameError(f"{what} lies elsewhere", "must be a dataset that is stored in the file itself")
        if found.chunks and int(np.prod(found.chunks, dtype=object)) > 4 * MOST_PIXELS:
            raise FrameError(f"{what} is too large", f"chunks of {found.chunks}")
        return found


@contextmanager
def hdf5(path: Path, what: str = "") -> Iterator[Hdf5]:
    """Opens a file to be read; raises FrameError where it is none, or cut short. `what`: as in `Hdf5`."""
    import h5py  # noqa: PLC0415 - an extra

    try:
        file = h5py.File(path, "r")
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:  # its text names a path of this machine
            raise FrameError(f"{what or 'file'} can't be read", os.strerror(error.errno)) from error
        raise FrameError(f"{what} is no HDF5 file, or cut short".removeprefix(" is "), first_line(error)) from error
    try:
        yield Hdf5(file, what)
    finally:
        with suppress(*_DAMAGED):
            file.close()
