"""Wire: how an asset's process answers. No pickle: its bytes come from a process that opened what nobody vouches for.

An answer is one letter, P (prepared) or S (set aside), and frames: a length of 8 bytes, big endian, then the content.
S has one frame, the reason. P has the entry as JSON, then a name and a content for each object. The end of the stream
is the end of the answer. Each frame and the whole are bounded before memory is taken for them.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from schemas.errors import one_line

_LENGTH = struct.Struct(">Q")
_PREPARED, _SET_ASIDE = b"P", b"S"
_MOST_JSON_BYTES = 4 * 2**20
_MOST_NAME_BYTES = 100
_MOST_REASON_BYTES = 2000
_MOST_OBJECTS = 64

Read = Callable[[int], bytes]
"""Returns exactly so many bytes, or fewer at the end of the stream."""


class DamagedAnswerError(Exception):
    """An answer that keeps to no format; says how, in one line."""


@dataclass(frozen=True)
class Answer:
    """What an asset's process says; nothing of it is checked yet."""

    reason: str | None
    """Why it was set aside; nothing where it was prepared."""
    entry: bytes = b""
    objects: tuple[tuple[str, bytes], ...] = ()


def prepared_frames(entry: str, objects: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yields the bytes of an answer that hands an asset over."""
    yield _PREPARED
    yield from _frame(entry.encode())
    for name, content in objects.items():
        yield from _frame(name.encode())
        yield from _frame(content)


def set_aside_frames(reason: str) -> Iterator[bytes]:
    """Yields the bytes of an answer that says why there is no asset."""
    yield _SET_ASIDE
    yield from _frame(one_line(reason).encode()[:_MOST_REASON_BYTES])


def read_answer(read: Read, most_bytes: int) -> Answer | None:
    """Returns the answer, or None where the stream holds none. Raises DamagedAnswerError."""
    kind = read(1)
    if not kind:
        return None
    if kind == _SET_ASIDE:
        reason = _content(read, _MOST_REASON_BYTES)
        return Answer(reason=one_line(reason.decode(errors="replace")) or "no reason given")
    if kind != _PREPARED:
        raise DamagedAnswerError(f"it begins with {kind!r}")
    entry = _content(read, _MOST_JSON_BYTES)
    return Answer(None, entry, tuple(_objects(read, most_bytes)))


def _objects(read: Read, most_bytes: int) -> Iterator[tuple[str, bytes]]:
    left_bytes = most_bytes
    for _ in range(_MOST_OBJECTS):
        head = read(_LENGTH.size)
        if not head:
            return
        name = _body(read, head, _MOST_NAME_BYTES).decode(errors="replace")
        content = _content(read, left_bytes)
        left_bytes -= len(content)
        yield name, content
    if read(1):
        raise DamagedAnswerError(f"it holds more than {_MOST_OBJECTS} objects")


def _content(read: Read, most_bytes: int) -> bytes:
    return _body(read, read(_LENGTH.size), most_bytes)


def _body(read: Read, head: bytes, most_bytes: int) -> bytes:
    if len(head) < _LENGTH.size:
        raise DamagedAnswerError("it ends too early")
    (length,) = _LENGTH.unpack(head)
    if length > most_bytes:
        raise DamagedAnswerError(f"it has a part of {length} bytes, {most_bytes} are allowed")
    content = read(length)
    if len(content) < length:
        raise DamagedAnswerError("it ends too early")
    return content


def _frame(content: bytes) -> Iterator[bytes]:
    yield _LENGTH.pack(len(content))
    yield content
