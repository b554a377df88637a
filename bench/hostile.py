"""`python -m bench.hostile [FOLDER]`: what hostile files do to `catalog add`, in figures.

FOLDER may hold more files to try, such as Debian's assimp-testmodels. Each file ends as an entry or is set aside; where
strace is installed all is done once more under it, to see that no asset's process opened what is not its own.
"""

import argparse
import resource
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from assets_catalog.ingest.candidate import AddOptions, Prepared
from assets_catalog.ingest.sandbox import told
from assets_catalog.ingest.server import Cost, prepared
from assets_catalog.sources.folder import list_folder
from bench.hostile_trace import Trace, traced
from scenegen.convert import convert
from schemas.errors import first_few
from tests.assets_catalog.folder_source import samples
from tests.assets_catalog.hostile.case import CANARY, write_case
from tests.assets_catalog.hostile.mutations import cases

SEED, DRAWN_OF_EACH_KIND, WORKERS = 1, 60, 2
_MB = 1e6
_GIVEN = "given files"


@dataclass
class Tally:
    """What became of the files of one kind."""

    entries: int = 0
    set_aside: int = 0
    crashed: int = 0
    """Processes of an asset that died of a signal; the command goes on."""
    longest_wall_s: float = 0.0
    longest_cpu_s: float = 0.0
    largest_bytes: int = 0


@dataclass
class Listener:
    """Counts who calls at a port of this machine."""

    server: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    calls: int = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.getsockname()[1])

    def listen(self) -> None:
        """Counts until the server is closed."""
        while True:
            try:
                self.server.accept()[0].close()
            except OSError:
                return
            self.calls += 1


@contextmanager
def listening() -> Iterator[Listener]:
    """Listens while the block runs."""
    listener = Listener()
    thread = threading.Thread(target=listener.listen, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.server.shutdown(socket.SHUT_RDWR)
        listener.server.close()
        thread.join()


def written(folder: Path, port: int) -> Path:
    """Writes all cases beneath a folder, and returns where."""
    (folder / CANARY).write_bytes(samples.png())
    for case in cases(SEED, DRAWN_OF_EACH_KIND, port):
        write_case(case, folder / "cases")
    return folder / "cases"


def tallied(folder: Path, by_kind: bool) -> dict[str, Tally]:
    """Takes a folder in, and returns what became of it: kind -> tally."""
    options = AddOptions(license="CC0-1.0", class_name="chair", convert=partial(convert, patience_s=10.0))
    costs: dict[str, Cost] = {}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for result in prepared(
        list_folder(folder, options), options, WORKERS, watch=lambda cost: costs.update({cost.asset_id: cost})
    ):
        asset_id = result.entry.asset_id if isinstance(result, Prepared) else result.asset_id
        tally = tallies[asset_id.removeprefix("folder/").rpartition("-")[0].split(".")[0] if by_kind else _GIVEN]
        if isinstance(result, Prepared):
            tally.entries += 1
        else:
            tally.set_aside += 1
            tally.crashed += "crashed" in result.reason or "SIGKILL" in result.reason
        _add_cost(tally, costs.get(asset_id))
    return tallies


def _add_cost(tally: Tally, cost: Cost | None) -> None:
    if cost is not None:
        tally.longest_wall_s = max(tally.longest_wall_s, cost.wall_s)
        tally.longest_cpu_s = max(tally.longest_cpu_s, cost.cpu_s)
        tally.largest_bytes = max(tally.largest_bytes, cost.peak_bytes)


def table_of(tallies: dict[str, Tally], wall_s: float) -> Table:
    """Returns the figures, and their sum."""
    figures = ("entries", "set aside", "crashes contained", "longest s", "longest CPU s", "largest MB")
    table = Table("kind", *figures, title=f"hostile files, {WORKERS} workers, {wall_s:.0f} s in all")
    for kind, tally in [*sorted(tallies.items()), ("all", _sum(list(tallies.values())))]:
        counts = (tally.entries, tally.set_aside, tally.crashed)
        costs = (tally.longest_wall_s, tally.longest_cpu_s)
        table.add_row(kind, *map(str, counts), *(f"{s:.2f}" for s in costs), f"{tally.largest_bytes / _MB:.0f}")
    return table


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(
        sum(tally.entries for tally in tallies),
        sum(tally.set_aside for tally in tallies),
        sum(tally.crashed for tally in tallies),
        max(tally.longest_wall_s for tally in tallies),
        max(tally.longest_cpu_s for tally in tallies),
        max(tally.largest_bytes for tally in tallies),
    )


def _told(trace: Trace | None, calls: int) -> str:
    """Returns what was seen of escapes, in one line."""
    reached = f"{calls} connections"
    if trace is None:
        return f"{reached}; strace is not installed, so reads outside were not watched"
    which = f": {first_few(sorted(set(trace.outside)), 20)}" if trace.outside else ""
    return f"{reached}; {len(trace.outside)} of {trace.opens} opens in {trace.processes} processes lay outside{which}"


def main() -> None:
    """Writes the cases, takes them in, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile")
    parser.add_argument("folder", nargs="?", type=Path, help="more files to try")
    parser.add_argument("--take-in", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.take_in is not None:
        tallied(given.take_in, by_kind=False)
        return
    console = Console()
    with TemporaryDirectory(prefix="scenegen-hostile-") as temporary, listening() as listener:
        folders = [written(Path(temporary), listener.port), *([given.folder] if given.folder else [])]
        started = time.monotonic()
        tallies = {kind: tally for n, folder in enumerate(folders) for kind, tally in tallied(folder, n == 0).items()}
        console.print(table_of(tallies, time.monotonic() - started))
        converting_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / _MB
        console.print(f"largest process that converted (Blender): {converting_mb:.0f} MB; layers: {told()}")
        console.print(_told(traced(folders, Path(temporary)), listener.calls))


if __name__ == "__main__":
    main()
