"""The process that converts one file to GLB: `python -m scenegen.blender.convert IN OUT.glb [--allow-blend]`.

It shuts itself in before Blender, or any library with threads, is loaded: it may read Python, Blender and the source's
folder, write into the target's folder, and start no program and no connection. What the system lacks of that is passed
over; `scenegen.convert`, which starts it, knows. A file that can't be converted gives one line on stderr and status 3.
"""

import os
import resource
import sys
from pathlib import Path

from assets_catalog.ingest.sandbox_landlock import restrict_files
from assets_catalog.ingest.sandbox_seccomp import filter_calls

_MEMORY_BYTES = 6 * 2**30
_CPU_S = 240
"""On all cores; should nobody watch the clock."""
_MOST_BYTES = 512 * 2**20
REFUSED = 3
"""Exit status: the file is at fault, and the last line says why."""
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime")
_STATE = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system", "/sys/fs/cgroup", "/dev/urandom")


def limit() -> None:
    """Limits memory, time and the size of what is written, for good."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, _MOST_BYTES),
    ):
        resource.setrlimit(kind, (most, most))


def shut_in(source: Path, target: Path) -> None:
    """Restricts this process for good to what a conversion needs."""
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, *(place for place in sys.path if place)}
    readable = [Path(place) for place in (*python, *_SYSTEM, *_STATE)]
    restrict_files([*readable, source.parent], [target.parent, Path("/dev/null")])
    filter_calls(may_write=True)


def _converted(source: Path, target: Path, allow_blend: bool) -> int:
    """Returns the exit status."""
    from scenegen.blender.convert_scene import write_converted  # noqa: PLC0415 - Blender, once the doors are shut
    from schemas.errors import first_line  # noqa: PLC0415

    try:
        write_converted(source, target, allow_blend)
    except Exception as error:  # whatever an importer stumbles over, it is the file's fault
        sys.stderr.write(f"\n{first_line(error)}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    given_source, given_target = (Path(given).absolute() for given in sys.argv[1:3])
    limit()
    shut_in(given_source, given_target)
    status = _converted(given_source, given_target, "--allow-blend" in sys.argv[3:])
    sys.stderr.flush()
    os._exit(status)
