"""BucketPath: an object of a bucket, or a prefix, with what code asks of a `pathlib.Path` that it only reads.

It holds names alone, so it may be pickled and forked; the store is opened by whoever reads, in its own process.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from scenegen.dataset.places.objects import objects_of


@dataclass(frozen=True)
class BucketPath:
    """As `Path`, of a bucket; a folder is there where an object lies below it."""

    bucket: str
    """URL of the bucket, such as 's3://data'."""
    key: str
    """Of the object, with slashes; empty for the bucket itself."""

    def __str__(self) -> str:
        return f"{self.bucket}/{self.key}" if self.key else self.bucket

    def __truediv__(self, name: str | PurePosixPath) -> "BucketPath":
        return BucketPath(self.bucket, str(PurePosixPath(self.key, name)))

    def __lt__(self, other: "BucketPath") -> bool:
        return (self.bucket, self.key) < (other.bucket, other.key)

    @property
    def name(self) -> str:
        """Returns the last part; of a bucket its own name."""
        return PurePosixPath(self.key).name or self.bucket.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """Returns the name without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def parent(self) -> "BucketPath":
        """Returns the prefix that the object lies below."""
        return self.parents[0]

    @property
    def parents(self) -> Sequence["BucketPath"]:
        """Returns the prefixes, the nearest first."""
        return [
            BucketPath(self.bucket, "" if str(each) == "." else str(each)) for each in PurePosixPath(self.key).parents
        ]

    def absolute(self) -> "BucketPath":
        """Returns itself."""
        return self

    def resolve(self) -> "BucketPath":
        """Returns itself."""
        return self

    def is_file(self) -> bool:
        """Whether there is such an object; raises OSError where the bucket refuses."""
        return objects_of(self.bucket).size(self.key) is not None

    def is_dir(self) -> bool:
        """Whether an object lies below; raises OSError where the bucket refuses."""
        return next(self.below(1), None) is not None

    def exists(self) -> bool:
        """Whether there is an object of the name or below it; raises OSError where the bucket refuses."""
        return self.is_file() or self.is_dir()

    def read_bytes(self) -> bytes:
        """Returns the object; raises OSError, FileNotFoundError where there is none."""
        return objects_of(self.bucket).read(self.key)

    def below(self, most: int | None = None) -> Iterator[tuple["BucketPath", int, float]]:
        """Yields each object below with its bytes and the time of its last change, seconds since 1970.

        `most`: some so many of them.
        """
        for key, size_bytes, changed_s in objects_of(self.bucket).listed(self.key, most):
            yield BucketPath(self.bucket, key), size_bytes, changed_s
