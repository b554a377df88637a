"""Sandbox: what keeps an asset's process within its folder and its limits, layer on layer, each for itself.

Limits of the kernel, Landlock (files, TCP), seccomp (system calls), Python's audit hook. Where the system lacks a
layer the others hold: on macOS that is the limits but for memory, and the audit hook.
"""

import importlib.util
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from assets_catalog.ingest import sandbox_landlock, sandbox_seccomp
from assets_catalog.ingest.limits import Limits, apply_limits
from assets_catalog.ingest.sandbox_audit import Watch, watch

_LIBRARIES = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/dev/null",
    "/dev/urandom",
)
_OURS = ("assets_catalog", "schemas")


def confine(readable: Sequence[Path], limits: Limits) -> Watch:
    """Confines this process for good, to reading what Python needs and the given places; returns what watches it."""
    allowed = [*_needed_by_python(), *readable]
    apply_limits(limits)
    sandbox_landlock.restrict_files(allowed)
    sandbox_seccomp.filter_calls()
    return watch(allowed)


def layers() -> dict[str, bool]:
    """Returns the layers, and whether each holds on this machine."""
    return {
        "limits": True,
        "landlock": sandbox_landlock.abi() > 0,
        "seccomp": sandbox_seccomp.is_available(),
        "audit hook": True,
    }


def told() -> str:
    """Returns the layers as one line for people."""
    return ", ".join(f"{name} {'holds' if holds else 'is missing here'}" for name, holds in layers().items())


def _needed_by_python() -> Iterator[Path]:
    """Yields where Python and its libraries lie, and our own packages."""
    for prefix in {sys.prefix, sys.base_prefix}:
        variables = {"base": prefix, "platbase": prefix, "installed_base": sys.base_prefix}
        for name in ("stdlib", "platstdlib", "purelib", "platlib"):
            yield Path(sysconfig.get_path(name, vars=variables))
        yield Path(prefix) / "lib"
    for package in _OURS:
        found = importlib.util.find_spec(package)
        yield from map(Path, (found.submodule_search_locations or ()) if found else ())
    yield from map(Path, _LIBRARIES)
