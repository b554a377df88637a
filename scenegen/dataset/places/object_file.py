"""ObjectFile: an object of a bucket as a file that is read at any place; pyarrow reads Parquet from it.

The end, where a Parquet file keeps its footer, is read once and kept.
"""

import io

from scenegen.dataset.places.bucket_path import BucketPath
from scenegen.dataset.places.objects import objects_of

_END_BYTES = 64 * 1024


class ObjectFile(io.RawIOBase):
    """Read only; raises OSError, FileNotFoundError where there is no such object."""

    def __init__(self, path: BucketPath) -> None:
        self._objects, self._key = objects_of(path.bucket), path.key
        size = self._objects.size(self._key)
        if size is None:
            raise FileNotFoundError(2, "no such object", str(path))
        self._size = size
        self._place = 0
        self._end_start = max(0, size - _END_BYTES)
        self._end: bytes | None = None

    def readable(self) -> bool:
        """Says yes."""
        return True

    def seekable(self) -> bool:
        """Says yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Returns the new place, bytes from the start."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        """Returns the place, bytes from the start."""
        return self._place

    def read(self, size: int = -1) -> bytes:
        """Returns so many bytes from the place on, all where none is given; fewer at the end."""
        stop = self._size if size is None or size < 0 else min(self._size, self._place + size)
        data = self._part(self._place, stop) if stop > self._place else b""
        self._place += len(data)
        return data

    def readall(self) -> bytes:
        """Returns what is left."""
        return self.read()

    def _part(self, start: int, stop: int) -> bytes:
        if start < self._end_start:
            return self._objects.read(self._key, start, stop)
        if self._end is None:
            self._end = self._objects.read(self._key, self._end_start, self._size)
        return self._end[start - self._end_start : stop - self._end_start]
