"""The digest of the code that shapes the bytes of a dataset: a run is not resumed by other code of the same version.

The command line and the driver are left out: they decide where and when, never what.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import assets_catalog
import scenegen
import schemas

_KINDS = (".py", ".yaml", ".json")


def code_digest() -> str:
    """Returns the first 16 hexadecimal digits of a sha256 over the packages' files."""
    return digest_of(Path(package.__path__[0]) for package in (schemas, assets_catalog, scenegen))


def digest_of(folders: Iterable[Path]) -> str:
    """Returns the digest of names and contents below some folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _KINDS):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]
