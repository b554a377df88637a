"""Versions: of what shapes a dataset's bytes, as it is installed here; a run is not resumed with others."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from ray_cluster.code_digest import code_digest
from schemas.errors import InputError, first_few
from schemas.run_record import RunRecord

_SHAPE_TARGETS = ("scenegen", "numpy", "numba", "llvmlite", "pyarrow", "deflate")
_SHOWN = 3
_SHAPE_FRAMES = ("openexr", "pillow")
"""Beside what the renderer needs."""


def versions_for_encoding() -> dict[str, str]:
    """Returns the versions of what shapes triplets of frames that are there already."""
    return _installed(_SHAPE_TARGETS) | {"code": code_digest()}


def versions_for_rendering(libraries: Iterable[str], device: str) -> dict[str, str]:
    """Returns the versions of what shapes frames and their triplets.

    `libraries`: distributions that the renderer needs. `device`: the kind of processor that it computes on.
    """
    return versions_for_encoding() | _installed((*_SHAPE_FRAMES, *libraries)) | {"device": device}


def versions_for_ingesting(modules: Iterable[str]) -> dict[str, str]:
    """Returns the versions of what shapes frames that others rendered, read by some libraries, and their triplets."""
    return versions_for_encoding() | _installed((*_SHAPE_FRAMES, *modules))


def check_versions(record: RunRecord) -> None:
    """Raises InputError where this machine has other versions than the run, which may have begun on another."""
    if "code" not in record.versions:
        return
    kept = {name: held for name, held in record.versions.items() if name != "device"}
    here = {"code": code_digest()} | _installed(kept)
    other = [
        f"{name} {here.get(name, 'not at all')}, the run has {held}"
        for name, held in kept.items()
        if here.get(name) != held
    ]
    if other:
        raise InputError(f"{socket.gethostname()} has {first_few(other, _SHOWN)}; install the same on every machine")


def _installed(distributions: Iterable[str]) -> dict[str, str]:
    """Returns the versions of those that are installed."""
    found = {}
    for name in distributions:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
