"""The ingest server: good assets come through in order; whatever a process does, its asset alone is set aside."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from assets_catalog.glb import read_glb
from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, Loaded, Prepared, SetAside
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.sandbox import layers
from assets_catalog.ingest.server import prepared
from assets_catalog.record import AssetRecord
from tests.assets_catalog.ingest import misbehaving
from tests.assets_catalog.ingest.misbehaving import Opens

SHORT = Limits(memory_bytes=512 * 2**20, cpu_s=2, wall_s=100.0, answer_bytes=2**22)
"""Short of all but wall time: that of a busy machine is no asset's fault."""
NO_PATIENCE = replace(SHORT, wall_s=1.0)
ENDLESS = Limits(wall_s=900.0)
AT_ONCE_S = 200.0
"""Less than what sleeps would be waited for."""
FACTS = Facts(class_name="box", license="CC0-1.0", creator="Ann", source="test")
HOLDS = layers()


def candidate(folder: Path, load: Callable[[], Loaded], name: str = "thing") -> Candidate:
    """Returns a candidate whose file lies in the folder."""
    file = folder / f"{name}.txt"
    file.write_text("content")
    return Candidate(f"test/{name}", "model", (file,), folder, FACTS, load)


def became(folder: Path, load: Callable[[], Loaded], limits: Limits = SHORT) -> Prepared | SetAside:
    """Returns what became of one candidate."""
    (result,) = prepared([candidate(folder, load)], AddOptions(), 1, limits)
    return result


def reason(folder: Path, load: Callable[[], Loaded], limits: Limits = SHORT) -> str:
    """Returns why one candidate was set aside."""
    result = became(folder, load, limits)
    assert isinstance(result, SetAside)
    assert (result.asset_id, result.file) == ("test/thing", str(folder / "thing.txt"))
    return result.reason


@pytest.fixture
def inner(tmp_path: Path) -> Path:
    """A folder with another around it that holds a secret."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "own.txt").write_text("own")
    return folder


def test_good_asset_comes_with_record_and_glb(tmp_path: Path) -> None:
    result = became(tmp_path, misbehaving.box)
    assert isinstance(result, Prepared)
    assert isinstance(result.entry, AssetRecord)
    assert result.entry.size_m == pytest.approx((0.5, 0.5, 0.5))
    ((name, content),) = result.objects.items()
    assert name == f"{result.entry.sha256}.glb"
    assert len(read_glb(content, name).parts[0].triangles) == 12


def test_results_keep_the_order_and_come_a_few_at_a_time(tmp_path: Path) -> None:
    drawn: list[int] = []

    def listed() -> Iterator[Candidate | SetAside]:
        for number in range(12):
            drawn.append(number)
            load = misbehaving.refuses if number % 3 else misbehaving.box
            yield SetAside("test/5", "", "listed so") if number == 5 else candidate(tmp_path, load, str(number))

    results = prepared(listed(), AddOptions(), 2, SHORT)
    first = next(results)
    assert len(drawn) <= 4, "candidates are drawn as there is room"
    all_of_them = [first, *results]
    ids = [result.entry.asset_id if isinstance(result, Prepared) else result.asset_id for result in all_of_them]
    assert ids == [f"test/{number}" for number in range(12)]
    assert [number for number, result in enumerate(all_of_them) if isinstance(result, Prepared)] == [0, 3, 6, 9]


REASONS: dict[Callable[[], Loaded], str] = {
    misbehaving.refuses: "holds no faces and ?[31mcontrol characters",
    misbehaving.raises: "can't be read: ZeroDivisionError: division by zero",
    misbehaving.segfaults: "its process crashed (SIGSEGV)",
    misbehaving.aborts: "its process crashed (SIGABRT)",
    misbehaving.leaves: "its process ended without an answer (exit status 3)",
    misbehaving.leaves_content: "its process ended without an answer (exit status 0)",
    misbehaving.spins: "took more than 2 s of processor time",
    misbehaving.devours: "needs more memory than the 512 MiB that an asset may take",
    misbehaving.nests: "is nested too deeply",
    misbehaving.babbles: "its process gave a damaged answer: it begins with b'{'",
    misbehaving.claims: "its process gave a damaged answer: it has a part of 1152921504606846976 bytes",
    misbehaving.floods: "its process gave a damaged answer: it has a part of 1048576 bytes, 0 are allowed",
    misbehaving.forges: "its process gave an answer that can't be right: its record is none",
    misbehaving.runs_a_program: "tried subprocess.Popen",
    misbehaving.swallows: "tried to open /etc/passwd, outside of its folder",
}


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Why each of them was set aside, all in one run: the next asset never notices."""
    folder = tmp_path_factory.mktemp("misbehaving")
    candidates = [candidate(folder, load, f"{load.__name__}") for load in REASONS]
    results = list(prepared(candidates, AddOptions(), 2, SHORT))
    return {result.asset_id: result.reason for result in results if isinstance(result, SetAside)}


@pytest.mark.parametrize("load", REASONS, ids=lambda load: load.__name__)
def test_misbehaviour_sets_aside_with_the_reason(reasons: dict[str, str], load: Callable[[], Loaded]) -> None:
    assert reasons[f"test/{load.__name__}"].startswith(REASONS[load])


def test_what_sleeps_is_set_aside_when_its_time_is_over(tmp_path: Path) -> None:
    assert reason(tmp_path, misbehaving.sleeps, NO_PATIENCE) == "took longer than 1 s"


OUTSIDE = ["{folder}/../secret.txt", "/etc/hostname", "/proc/self/environ", "{folder}/link.txt"]


def test_python_reads_what_is_its_own_and_nothing_else(inner: Path) -> None:
    (inner / "link.txt").symlink_to(inner.parent / "secret.txt")
    own, *outside = _all_reasons(inner, [Opens(path.format(folder=inner)) for path in ["{folder}/own.txt", *OUTSIDE]])
    assert own == "it read b'own'"
    assert all(said.endswith("outside of its folder") for said in outside)


@pytest.mark.skipif(not HOLDS["landlock"], reason="this kernel has no Landlock")
def test_libraries_read_what_is_its_own_and_nothing_else(inner: Path) -> None:
    (inner / "link.txt").symlink_to(inner.parent / "secret.txt")
    loads = [Opens(path.format(folder=inner), by_libc=True) for path in ["{folder}/own.txt", *OUTSIDE]]
    own, *outside = _all_reasons(inner, loads)
    assert own == "it read b'own'"
    assert outside == ["open said Permission denied"] * 4


def test_python_writes_and_connects_nowhere(inner: Path) -> None:
    with listening() as server:
        trace = inner / "trace.txt"
        writes, connects = misbehaving.Writes(str(trace)), misbehaving.Connects(server.getsockname()[1])
        wrote, connected = _all_reasons(inner, [writes, connects])
        assert "tried to write" in wrote
        assert connected.startswith("tried socket.")
        assert not trace.exists()
        assert not _was_reached(server)


@pytest.mark.skipif(not HOLDS["seccomp"], reason="this system has no seccomp")
def test_libraries_write_connect_and_fork_nothing(inner: Path) -> None:
    with listening() as server:
        trace = inner / "trace.txt"
        connects = misbehaving.Connects(server.getsockname()[1], by_libc=True)
        writes = misbehaving.Writes(str(trace), by_libc=True)
        refused = [f"{call} said Operation not permitted" for call in ("open", "socket", "fork")]
        assert _all_reasons(inner, [writes, connects, misbehaving.forks]) == refused
        assert not trace.exists()
        assert not _was_reached(server)


def test_threads_are_allowed(tmp_path: Path) -> None:
    assert isinstance(became(tmp_path, misbehaving.threads), Prepared)


def test_environment_stays_with_the_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEGEN_TEST_SECRET", "a secret")
    assert "a secret" not in reason(tmp_path, misbehaving.tells_environment)


def listening() -> socket.socket:
    """Returns a port of this machine that waits for connections."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    return server


def _was_reached(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except TimeoutError:
        return False
    return True


def _all_reasons(folder: Path, loads: Sequence[Callable[[], Loaded]]) -> list[str]:
    candidates = [candidate(folder, load, f"thing{number}") for number, load in enumerate(loads)]
    results = list(prepared(candidates, AddOptions(), 2, SHORT))
    return [result.reason if isinstance(result, SetAside) else "prepared" for result in results]


def test_large_files_pipes_and_missing_files_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "large.glb").open("wb") as file:
        file.truncate(3 * 2**30)
    os.mkfifo(tmp_path / "pipe.glb")
    names = ("large.glb", "pipe.glb", "no.glb")
    things = [Candidate("test/x", "model", (tmp_path / name,), tmp_path, FACTS, misbehaving.box) for name in names]
    results = list(prepared(things, AddOptions(), 1))
    assert [result.reason for result in results if isinstance(result, SetAside)] == [
        "has 3072 MiB of files, 512 are allowed",
        "pipe.glb is no regular file",
        "no.glb can't be read: No such file or directory",
    ]


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def test_no_process_is_left(tmp_path: Path) -> None:
    results = prepared([candidate(tmp_path, misbehaving.sleeps, str(n)) for n in range(4)], AddOptions(), 2, ENDLESS)
    started = time.monotonic()
    threading.Timer(1.0, signal.pthread_kill, [threading.main_thread().ident, signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert time.monotonic() - started < AT_ONCE_S, "it does not wait for those that sleep"
    psutil.wait_procs(_children(), timeout=AT_ONCE_S)
    assert _children() == []


def test_left_early_it_ends_all_processes(tmp_path: Path) -> None:
    candidates = [
        candidate(tmp_path, misbehaving.box),
        *(candidate(tmp_path, misbehaving.sleeps, str(n)) for n in range(3)),
    ]
    results = prepared(candidates, AddOptions(), 2, ENDLESS)
    assert isinstance(next(results), Prepared)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]  # a generator
    assert time.monotonic() - started < AT_ONCE_S, "it does not wait for those that sleep"
    assert _children() == []


PARENT = """
    import sys
    from pathlib import Path
    from assets_catalog.ingest.candidate import AddOptions
    from assets_catalog.ingest.server import prepared
    from tests.assets_catalog.ingest import misbehaving
    from tests.assets_catalog.ingest.test_server import candidate
    folder = Path(sys.argv[1])
    things = [candidate(folder, misbehaving.box), candidate(folder, misbehaving.sleeps, "asleep")]
    for result in prepared(things, AddOptions(), 2):
        print("one", flush=True)
"""


def test_killed_parent_leaves_no_process(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(PARENT), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"one\n"
        left = psutil.Process(parent.pid).children(recursive=True)
        assert len(left) == 2, "the server, and the child that sleeps"
        parent.kill()
    gone, alive = psutil.wait_procs(left, timeout=AT_ONCE_S)
    assert (len(gone), alive) == (2, [])


def test_server_that_died_is_started_anew(tmp_path: Path) -> None:
    results = prepared([candidate(tmp_path, misbehaving.box, str(n)) for n in range(6)], AddOptions(), 1, SHORT)
    next(results)
    for process in psutil.Process().children():
        process.kill()
    assert [type(result) for result in results] == [Prepared] * 5
