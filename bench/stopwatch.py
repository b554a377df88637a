"""Stopwatch: wraps functions of the house so that each adds what it took to a row of the table."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch


@dataclass
class Spent:
    """What the calls of one stage took together."""

    calls: int = 0
    wall_s: float = 0.0
    core_s: float = 0.0
    """Of the calling thread alone."""


@dataclass
class Stopwatch:
    """Rows by stage; a stage may run in several threads."""

    rows: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Returns the function with a row of its own."""

        @wraps(function)
        def measured(*arguments: Any, **named: Any) -> Any:
            wall, core = time.perf_counter(), time.thread_time()
            try:
                return function(*arguments, **named)
            finally:
                row = self.rows[stage]
                row.calls += 1
                row.wall_s += time.perf_counter() - wall
                row.core_s += time.thread_time() - core

        return measured

    @contextmanager
    def watching(self, stages: dict[str, str]) -> Iterator[None]:
        """Times functions, given as `where it is looked up` -> stage, while the block runs."""
        patches = []
        for place, stage in stages.items():
            owner, _, name = place.rpartition(".")
            owner = resolve_name(owner)
            patches.append(patch.object(owner, name, self.timed(stage, getattr(owner, name))))
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()
