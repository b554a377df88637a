"""Digest of a dataset: one sha256 over what its run promises to be the same, whatever the workers, kills and stores.

It is that of the lines which `sha256sum` prints for run.json, for the records of its generations, and for the Parquet
files under triplets/, frames/ and failures/, sorted by name. In a folder, a shell gives the same:

    find run.json generations triplets frames failures -name run.json -o -name '*.parquet' -o -path 'gen*.json' |
        LC_ALL=C sort | xargs sha256sum | sha256sum

Ledger, papers, words of crashes and what is staged are left out: they tell of times, hosts and attempts.
"""

import hashlib
from collections.abc import Callable

from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of, listed, sha256_of
from scenegen.dataset.records import read_records
from schemas.errors import DatasetError

DATA_FOLDERS = ("triplets", "frames", "failures")
_ENDING = ".parquet"


def dataset_digest(out: Located, on_file: Callable[[int, int], None] = lambda done, files: None) -> str:
    """Returns the digest, 64 hexadecimal digits; `on_file(files done, files)` is called after each file.

    Raises InputError where `out` is no dataset, DatasetError where a file can't be read.
    """
    try:
        names = data_files(out)
        digest = hashlib.sha256()
        for done, sha256 in enumerate(each_of([out / name for name in names], sha256_of)):
            digest.update(f"{sha256}  {names[done]}\n".encode())
            on_file(done + 1, len(names))
    except OSError as error:
        raise DatasetError(f"{error.filename or out} can't be read: {error.strerror}") from error
    return digest.hexdigest()


def data_files(out: Located) -> list[str]:
    """Returns the names of the files that the digest covers, sorted by their bytes; raises OSError."""
    below = (f"{folder}/{entry.name}" for folder in DATA_FOLDERS for entry in listed(out / folder))
    records = [record.path for record in read_records(out)]
    return sorted([*records, *(name for name in below if name.endswith(_ENDING))], key=str.encode)
