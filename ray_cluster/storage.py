"""Storage: the one place where bytes are committed under OUT, a folder or a bucket.

"Already there" is success: names are pure functions of the plan, so whoever came first wrote the same. Where nothing is
verified by reading it back, nothing is committed. `folder_storage` stages, syncs, reads back and publishes by a hard
link; `bucket_storage` puts on the condition that nothing is there and reads back, for an object appears whole or not at
all. At each step a fault can be ordered: `commit_steps`.
"""

from typing import Protocol, runtime_checkable

from ray_cluster.bucket_storage import BucketStorage
from ray_cluster.folder_storage import FolderStorage
from scenegen.dataset.places import Located
from scenegen.dataset.places.bucket_path import BucketPath


@runtime_checkable
class Storage(Protocol):
    """What a run writes to; paths are relative to OUT, with slashes.

    Every method raises OutputError on one line where the place can't be written, and DatasetError where bytes don't
    read back.
    """

    @property
    def root(self) -> Located:
        """OUT."""
        ...

    def commit(self, path: str, data: bytes) -> bool:
        """Publishes `data` unless something is there already; returns whether it was us."""
        ...

    def replace(self, path: str, data: bytes) -> None:
        """Publishes `data` in place of what is there, at once."""
        ...

    def delete(self, path: str) -> None:
        """Removes a file; one that is gone is no fault."""
        ...

    def sweep(self) -> None:
        """Removes what killed runs of this machine left staged; what living processes have staged stays."""
        ...


def open_storage(out: Located) -> Storage:
    """Returns the storage of OUT; nothing is written yet."""
    return BucketStorage(out) if isinstance(out, BucketPath) else FolderStorage(out)
