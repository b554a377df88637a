"""Survey: every frame of a source is read and judged once, before a run of them is planned.

A run's units name their frames beforehand, so which frames there are must be known before: those that can't be taken
are dropped here, with the reason. Frames are read again by the workers that commit them. What is read is hashed, so
that a run is not taken up with other files.

Frames are read in processes apart: what makes a library crash costs the frame and no more. Where a process dies, the
frames that were on their way are read once more, each in a process of its own.
"""

import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed
from scenegen.ingest.ingester import Found, FrameError
from schemas.errors import InputError, first_few
from schemas.ingested import Dropped, Ingested, Lacking, names_sha256
from schemas.model import canonical_json

_DIED = "the process that read it died"
_SHOWN = 3

Size = tuple[int, int]
"""Width and height, pixels."""
OnFrame = Callable[[int, int], None]


class Looked(NamedTuple):
    """What was seen of one frame."""

    sha256: str
    fault: str = ""
    """Why it is dropped; nothing where it is taken."""
    size_px: Size = (0, 0)
    lacking: tuple[Lacking, ...] = ()
    mended: tuple[tuple[str, int], ...] = ()


class Surveyed(NamedTuple):
    """What a folder holds."""

    ingested: Ingested
    sizes: Counter[Size]
    """Of the frames that are taken."""

    @property
    def frames(self) -> int:
        """Returns how many frames are taken."""
        return sum(self.sizes.values())


def survey(asked: Asked, license: str, workers: int, on_frame: OnFrame = lambda done, frames: None) -> Surveyed:
    """Returns what the folder holds; `on_frame(done, frames)` is called after each frame.

    Raises InputError where no frame can be taken, and where a fault would meet every frame.
    """
    found = asked.found()
    looked = []
    for done, each in enumerate(_looked(asked, found, workers), start=1):
        looked.append(each)
        on_frame(done, len(found))
    taken = [each for each in looked if not each.fault]
    dropped = [Dropped(name=one.name, reason=each.fault) for one, each in zip(found, looked, strict=True) if each.fault]
    if not taken:
        lines = [f"{each.name}: {each.reason}" for each in dropped]
        raise InputError(f"{asked.root}: none of {len(found)} frames can be taken; {first_few(lines, _SHOWN)}")
    content = canonical_json([(one.name, each.sha256) for one, each in zip(found, looked, strict=True)])
    mended = sum((Counter(dict(each.mended)) for each in taken), Counter[str]())
    ingested = Ingested(
        source=asked.source,
        name=asked.root.resolve().name,
        told=asked.ingester.card,
        license=license,
        conventions=asked.said.model_dump(mode="json"),
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
        names_sha256=names_sha256(tuple(one.name for one in found)),
        lacking=tuple(name for name in taken[0].lacking if all(name in each.lacking for each in taken)),
        dropped=tuple(dropped),
        mended=dict(sorted(mended.items())),
    )
    return Surveyed(ingested, Counter(each.size_px for each in taken))


def look(asked: Asked, found: Found) -> Looked:
    """Returns what one frame is; raises InputError where that would meet every frame."""
    try:
        sha256 = _sha256(asked, found)
        plan, frame = asked.shot(found, Placed(asked.source, 0))
    except FrameError as error:
        return Looked("", str(error))
    except OSError as error:
        return Looked("", f"can't be read: {error.strerror or error}")
    except MemoryError:
        return Looked("", "takes more memory than there is")
    assert plan.origin is not None
    height_px, width_px, _ = frame.rgb.shape
    return Looked(sha256, "", (width_px, height_px), plan.origin.lacking, tuple(plan.origin.mended.items()))


def _looked(asked: Asked, found: Sequence[Found], workers: int) -> Iterator[Looked]:
    """Yields what each frame is, in order."""
    start = 0
    while start < len(found):
        try:
            with _processes(min(workers, len(found) - start)) as pool:
                for each in pool.map(look, [asked] * (len(found) - start), found[start:]):
                    start += 1
                    yield each
        except BrokenProcessPool:
            yield _alone(asked, found[start])
            start += 1


def _alone(asked: Asked, found: Found) -> Looked:
    try:
        with _processes(1) as pool:
            return pool.submit(look, asked, found).result()
    except BrokenProcessPool:
        return Looked("", _DIED)


def _processes(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("forkserver"))


def _sha256(asked: Asked, found: Found) -> str:
    digest = hashlib.sha256()
    for name in found.files:
        with (asked.root / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
