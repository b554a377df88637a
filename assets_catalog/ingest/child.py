"""Child: the process of one asset. It reads what to open, confines itself, opens, prepares, answers and leaves.

The request is pickled, since it comes from the parent; the answer is not (see `wire`). The request is read before the
confinement, as it says what may be read; nothing of the asset is.
"""

import os
import pickle
import socket
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from assets_catalog.ingest.candidate import AddOptions, Candidate
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.prepare import prepare
from assets_catalog.ingest.sandbox import confine
from assets_catalog.ingest.sandbox_audit import Watch
from assets_catalog.ingest.wire import prepared_frames, set_aside_frames
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import AssetError, first_line

_MIB = 2**20


@dataclass(frozen=True)
class Request:
    """What a child is told."""

    candidate: Candidate
    options: AddOptions
    limits: Limits


def get_ready() -> None:
    """Loads into the server's memory what the children need, so that they start with it."""
    with suppress(ImportError):  # of the extra `generate`
        import embreex.mesh_construction  # noqa: PLC0415 - loaded for the children alone
        import embreex.rtcore_scene  # noqa: F401, PLC0415 - loaded for the children alone
        import fast_simplification  # noqa: F401, PLC0415 - loaded for the children alone
        import trimesh  # noqa: F401, PLC0415 - loaded for the children alone
    import assets_catalog.sources  # noqa: F401, PLC0415 - slow, and who imports this file has no need of it

    Image.init()
    load_taxonomy()


def serve_one(channel: socket.socket) -> None:
    """Answers the request on a channel; what is raised after the confinement becomes the answer."""
    with channel.makefile("rb") as file:
        request: Request = pickle.load(file)  # noqa: S301 - of the parent, before anything of the asset is opened
    watched = confine([request.candidate.folder, *request.candidate.files], request.limits)
    for frame in _answer(request, watched):
        _write(channel.fileno(), frame)


def _answer(request: Request, watched: Watch) -> Iterable[bytes]:
    try:
        frames = list(_opened(request))
    except AssetError as error:
        frames = list(set_aside_frames(str(error)))
    except MemoryError:
        most_mib = request.limits.memory_bytes // _MIB
        frames = list(set_aside_frames(f"needs more memory than the {most_mib} MiB that an asset may take"))
    except RecursionError:
        frames = list(set_aside_frames("is nested too deeply"))
    except Exception as error:
        frames = list(set_aside_frames(f"can't be read: {type(error).__name__}: {first_line(error)}"))
    return frames if watched.first is None else set_aside_frames(watched.first)


def _opened(request: Request) -> Iterator[bytes]:
    check_files(request.candidate.files, request.limits.file_bytes)
    done = prepare(request.candidate, request.candidate.load(), request.options)
    return prepared_frames(done.entry.model_dump_json(), done.objects)


def check_files(files: Iterable[Path], most_bytes: int) -> None:
    """Raises AssetError unless all are regular files and no more than `most_bytes` together."""
    held_bytes = 0
    for path in files:
        try:
            found = path.stat()
        except OSError as error:
            raise AssetError(f"{path.name} can't be read: {error.strerror}") from error
        if not stat.S_ISREG(found.st_mode):
            raise AssetError(f"{path.name} is no regular file")
        held_bytes += found.st_size
    if held_bytes > most_bytes:
        raise AssetError(f"has {held_bytes / _MIB:.0f} MiB of files, {most_bytes / _MIB:.0f} are allowed")


def _write(handle: int, content: bytes) -> None:
    """Writes all of it; `send` is a system call that the filter denies."""
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
