"""Ingest server: candidates become prepared assets, each opened in a process of its own; the parent trusts no answer.

A thread waits for each process, `workers` at once; what is done waits until those before it are done, so that the
order is that of the candidates, and candidates are drawn only as there is room. A process that crashes, hangs or
answers nonsense sets its asset aside. Left early or by Ctrl-C, the generator ends all processes.
"""

import pickle
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared, SetAside
from assets_catalog.ingest.child import Request
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.server_process import ServerProcess
from assets_catalog.ingest.verdict import set_aside, verdict
from schemas.errors import AssetError

_AHEAD = 2
"""Candidates under way or done for each worker."""

Under = Future[Prepared | SetAside]


def prepared(
    candidates: Iterable[Candidate | SetAside], options: AddOptions, workers: int, limits: Limits | None = None
) -> Iterator[Prepared | SetAside]:
    """Yields what became of each candidate, in their order, a few at a time; never raises for an asset's fault."""
    within = limits or Limits()
    under_way: deque[Under] = deque()
    with ServerProcess() as server, ThreadPoolExecutor(workers, thread_name_prefix="ingest") as threads:
        try:
            for candidate in candidates:
                under_way.append(threads.submit(_became, server, candidate, options, within))
                while len(under_way) >= _AHEAD * workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
            server.close()


def _became(
    server: ServerProcess, candidate: Candidate | SetAside, options: AddOptions, limits: Limits
) -> Prepared | SetAside:
    if isinstance(candidate, SetAside):
        return candidate
    if candidate.convert is None:
        return _in_child(server, candidate, options, limits)
    with tempfile.TemporaryDirectory(prefix="scenegen-convert-") as folder:
        try:
            converted = candidate.convert(Path(folder))
        except AssetError as error:
            return set_aside(candidate, str(error))
        return _in_child(server, converted, options, limits)


def _in_child(server: ServerProcess, candidate: Candidate, options: AddOptions, limits: Limits) -> Prepared | SetAside:
    request = pickle.dumps(Request(candidate, replace(options, convert=None), limits))
    outcome = server.ask(request, limits)
    if outcome.status is None and not outcome.late:  # the server died, perhaps by another's fault
        outcome = server.ask(request, limits)
    return verdict(candidate, options, outcome, limits)
