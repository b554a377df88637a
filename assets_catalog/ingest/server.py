"""Ingest server: candidates become prepared assets, each opened in a process of its own; the parent trusts no answer.

A thread waits for each process, `workers` at once; what is done waits until those before it are done, so that the
order is that of the candidates, and candidates are drawn only as there is room. A process that crashes, hangs or
answers nonsense sets its asset aside. Left early or by Ctrl-C, the generator ends all processes.
"""

import pickle
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared, SetAside
from assets_catalog.ingest.child import Request
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.server_process import End, ServerProcess
from assets_catalog.ingest.verdict import set_aside, verdict
from schemas.errors import AssetError

_AHEAD = 2
"""Candidates under way or done for each worker."""

Result = Prepared | SetAside


@dataclass(frozen=True)
class Cost:
    """What one candidate took."""

    asset_id: str
    wall_s: float
    cpu_s: float
    """Of its process, as far as the kernel told."""
    peak_bytes: int


Watch = Callable[[Cost], None]
"""Called from several threads."""


def prepared(
    candidates: Iterable[Candidate | SetAside],
    options: AddOptions,
    workers: int,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Iterator[Result]:
    """Yields what became of each candidate, in their order, a few at a time; never raises for an asset's fault."""
    under_way: deque[Future[Result]] = deque()
    with ServerProcess() as server, ThreadPoolExecutor(workers, thread_name_prefix="ingest") as threads:
        ingest = _Ingest(server, options, limits or Limits(), watch or (lambda cost: None))
        try:
            for candidate in candidates:
                under_way.append(threads.submit(ingest.became, candidate))
                while len(under_way) >= _AHEAD * workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
            server.close()


@dataclass(frozen=True)
class _Ingest:
    """What all candidates of a run share."""

    server: ServerProcess
    options: AddOptions
    limits: Limits
    watch: Watch

    def became(self, candidate: Candidate | SetAside) -> Result:
        """Returns what became of one candidate; what Blender must read first is converted into a folder that goes."""
        if isinstance(candidate, SetAside):
            return candidate
        started = time.monotonic()
        if candidate.convert is None:
            return self._opened(candidate, started)
        with tempfile.TemporaryDirectory(prefix="scenegen-convert-") as folder:
            try:
                converted = candidate.convert(Path(folder))
            except AssetError as error:
                self._tell(candidate, None, started)
                return set_aside(candidate, str(error))
            return self._opened(converted, started)

    def _opened(self, candidate: Candidate, started: float) -> Result:
        request = pickle.dumps(Request(candidate, replace(self.options, convert=None), self.limits))
        outcome = self.server.ask(request, self.limits)
        if outcome.end is None and not outcome.late:  # the server died, perhaps by another's fault
            outcome = self.server.ask(request, self.limits)
        result = verdict(candidate, self.options, outcome, self.limits)
        self._tell(candidate, outcome.end, started)
        return result

    def _tell(self, candidate: Candidate, end: End | None, started: float) -> None:
        cpu_s, peak_bytes = (end.cpu_s, end.peak_bytes) if end else (0.0, 0)
        self.watch(Cost(candidate.asset_id, time.monotonic() - started, cpu_s, peak_bytes))
