"""Files that a person asked for by name: each appears whole or not at all, in place of what was there.

Not for what a run commits: that is verified and put only if absent, by `ray_cluster.storage`.
"""

import os
from pathlib import Path

from schemas.errors import OutputError


def write_output(target: Path, data: bytes) -> None:
    """Writes a file, and the folders that lead to it; raises OutputError where it can't be written."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{target} can't be written: {error.strerror}") from error
