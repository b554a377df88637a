"""Relay: reads a bucket for a forked process, by a process of its own that is fresh.

They speak over two pipes: a request is JSON on one line; an answer is JSON on one line that says how many bytes follow.
The relay ends when its standard input does.
"""

import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from threading import Lock
from typing import IO, Any

from scenegen.dataset.places.direct import Direct, Listed
from schemas.errors import BucketError

_SERVE = "from scenegen.dataset.places.relay import serve; serve()"


class Relayed:
    """The objects of one bucket, read by another process."""

    def __init__(self, bucket: str) -> None:
        self._turn = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE, bucket], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def size(self, key: str) -> int | None:
        """Returns the bytes of an object; nothing where there is none."""
        return json.loads(self._ask("size", key))

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """Returns an object, or a part of it."""
        return self._ask("read", key, start, stop)

    def listed(self, prefix: str, most: int | None = None) -> Iterator[Listed]:
        """Yields what lies below a prefix, sorted by key; `most`: some so many of them."""
        yield from (tuple(each) for each in json.loads(self._ask("listed", prefix, most)))

    def _ask(self, *request: str | int | None) -> bytes:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None and back is not None  # noqa: PT018 - for the types
        with self._turn:
            to.write(f"{json.dumps(request)}\n".encode())
            to.flush()
            answer = json.loads(back.readline() or b'{"error": [5, "the process that reads it is gone", "the bucket"]}')
            if "error" not in answer:
                return back.read(answer["bytes"])
        kind = FileNotFoundError if answer["error"][0] == errno.ENOENT else BucketError
        raise kind(*answer["error"])


def serve() -> None:
    """Answers until nobody asks any more."""
    objects = Direct(sys.argv[1])
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    for line in iter(requests.readline, b""):
        _answer(objects, json.loads(line), answers)


def _answer(objects: Direct, request: list[Any], answers: IO[bytes]) -> None:
    try:
        data = _done(objects, *request)
    except OSError as error:
        answers.write(f"{json.dumps({'error': [error.errno, error.strerror, error.filename]})}\n".encode())
    else:
        answers.write(f"{json.dumps({'bytes': len(data)})}\n".encode() + data)
    answers.flush()


def _done(objects: Direct, name: str, *request: Any) -> bytes:
    match name:
        case "read":
            return objects.read(*request)
        case "size":
            return json.dumps(objects.size(*request)).encode()
        case _:
            return json.dumps([*objects.listed(*request)]).encode()
