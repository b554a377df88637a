"""Sandbox: what keeps an asset's process within its folder and its limits, layer on layer, each for itself.

Limits of the kernel, Landlock (files, TCP), seccomp (system calls), Python's audit hook. Where the system lacks a
layer the others hold: on macOS that is the limits but for memory, and the audit hook.
"""

import importlib.util
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Layer:
    """One layer of the sandbox, for people."""

    name: str
    holds: bool
    what: str
    """What it keeps away where it holds."""


def confine(readable: Sequence[Path], limits: Limits, writable: Sequence[Path] = ()) -> Watch:
    """Confines this process for good, to what Python needs and the given folders; returns what watches it."""
    allowed = [*_needed_by_python(), *readable]
    apply_limits(limits)
    sandbox_landlock.restrict_files(allowed, writable)
    sandbox_seccomp.filter_calls(may_write=bool(writable))
    return watch(allowed, writable)


def layers() -> tuple[Layer, ...]:
    """Returns the layers and which of them hold on this machine."""
    abi = sandbox_landlock.abi()
    linux = sys.platform == "linux"
    return (
        Layer("limits", True, "too much time or open files" + (", too much memory" if linux else "")),
        Layer("landlock", abi > 0, "files outside the asset's folder" + (", TCP" if abi >= 4 else "")),
        Layer("seccomp", sandbox_seccomp.is_available(), "sockets, programs, children, writing"),
        Layer("audit hook", True, "the same, as far as Python's own calls go"),
    )


def told() -> str:
    """Returns the layers as one line for people."""
    return ", ".join(f"{layer.name} {'holds' if layer.holds else 'is missing here'}" for layer in layers())


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
