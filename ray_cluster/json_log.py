"""The log of a run as JSON, one event a line, for what collects logs.

Every line has `event`, `time` (UTC, ISO 8601) and, but for `skipped`, `unit`; the rest are the fields of the event in
`ray_cluster.events`. Units that were there before are one line with their number, not one each. A log that can't be
written any more, on a full disk for instance, ends; the run goes on.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TextIO

from pydantic import BaseModel

from ray_cluster.events import Event, Fault, OnEvent, Skipped
from schemas.errors import OutputError
from schemas.unit import Unit

STDOUT = "-"


class JsonLog:
    """Lines written to an open text file, each at once."""

    def __init__(self, file: TextIO) -> None:
        self._file: TextIO | None = file
        self._skipped = 0

    def add(self, event: Event) -> None:
        """Writes the event."""
        if isinstance(event, Skipped):
            self._skipped += 1
            return
        self.tell_skipped()
        self._write({"event": _kind(event), "time": _now(), **_fields(event)})

    def close(self) -> None:
        """Ends the log; stdout stays open."""
        if self._file is not None and self._file is not sys.stdout:
            with suppress(OSError):
                self._file.close()
        self._file = None

    def tell_skipped(self) -> None:
        """Writes how many units were there before, if that is not said yet."""
        if self._skipped:
            self._write({"event": "skipped", "time": _now(), "units": self._skipped})
            self._skipped = 0

    def _write(self, line: dict[str, Any]) -> None:
        try:
            if self._file is not None:
                print(json.dumps(line), file=self._file, flush=True)
        except OSError:
            self._file = None


@contextmanager
def json_log(target: str | None) -> Iterator[OnEvent]:
    """Yields what writes events to a file, at its end, or to stdout (`-`); without a target, nothing.

    Raises OutputError where the file can't be opened.
    """
    if target is None:
        yield lambda event: None
        return
    log = JsonLog(sys.stdout if target == STDOUT else _opened(target))
    try:
        yield log.add
    finally:
        log.tell_skipped()
        log.close()


def _opened(target: str) -> TextIO:
    try:
        return open(target, "a", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"--log-json: {target} can't be written: {error.strerror}") from error


def _kind(event: Event) -> str:
    """Returns e.g. 'frame_done' for a FrameDone; 'committed' for a Receipt."""
    name = type(event).__name__
    return "committed" if name == "Receipt" else re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _fields(event: Event) -> dict[str, Any]:
    if isinstance(event, BaseModel):
        return {name: _plain(value) for name, value in event}
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _plain(value: Any) -> Any:
    """Returns what JSON knows: a unit is its name, a fault its kind and signal."""
    match value:
        case Unit():
            return value.name
        case Fault(kind=kind, signal=signal, host=host):
            return {"kind": kind, "signal": signal, "host": host}
        case BaseModel():
            return value.model_dump(mode="json")
        case tuple():
            return [_plain(part) for part in value]
    return value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
