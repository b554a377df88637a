"""A record, a run folder's digest, and one embedded Ray for the session."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from assets_catalog.opening import open_catalog
from ray_cluster.driver import make_units
from ray_cluster.embedded import embedded_ray
from ray_cluster.events import Lease
from ray_cluster.limits import WorkerLimits
from ray_cluster.storage import open_storage
from ray_cluster.worker import Job, Worker
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RunSpec, SplitSpec
from schemas.unit import Receipt, Unit

HERE = Path(__file__).parent
MadeHere = Callable[..., Receipt]


@pytest.fixture(scope="session")
def spec() -> RunSpec:
    """Six units of two frames each, in two splits."""
    return RunSpec(
        scenes=6,
        views_per_scene=2,
        catalog="builtin",
        tasks=("depth", "normals"),
        splits=SplitSpec(train=0.5, val=0.5),
        camera=CameraSpec(width_px=32, height_px=16),
    )


@pytest.fixture(scope="session")
def record(spec: RunSpec) -> RunRecord:
    return RunRecord(spec=spec, catalog_lock=open_catalog("builtin").lock(), versions={"scenegen": "test"})


@pytest.fixture(scope="session")
def session_ray() -> Iterator[None]:
    """Ray with two workers, which can import the analytic renderer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]))
        with embedded_ray(2):
            yield


@pytest.fixture
def made_here(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> MadeHere:
    """Makes a unit with the analytic renderer in this process, and puts run.json where there is none."""
    monkeypatch.syspath_prepend(str(HERE))

    def make(record: RunRecord, out: Path, unit: Unit, frames: str = "walls") -> Receipt:
        job = Job(record, out.resolve(), f"analytic:{frames}", "builtin", 1, WorkerLimits())
        out.mkdir(exist_ok=True)
        open_storage(out.resolve()).commit(record.path, f"{record.model_dump_json(indent=2)}\n".encode())
        worker = Worker(job, tmp_path_factory.mktemp("logs"))
        *_, receipt = [*worker.make(Lease(unit)), *worker.finish()]
        assert isinstance(receipt, Receipt)
        return receipt

    return make


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, str]]:
    """Returns the digests of all files under OUT, staged ones too: a difference is then told by its path.

    What differs from run to run by its nature, costs and the words of failures, is no part of a dataset's digest.
    """

    def read(out: Path) -> dict[str, str]:
        apart = {*out.glob("ledger/*.json"), *out.glob("failures/*.json")}
        files = sorted(path for path in out.rglob("*") if path.is_file() and path not in apart)
        return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}

    return read


@pytest.fixture(scope="session")
def reference(session_ray: None, record: RunRecord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An uninterrupted run of one worker."""
    out = tmp_path_factory.mktemp("reference") / "out"
    make_units(record, out, "builtin", 1, lambda event: None, frames="analytic:walls")
    return out


@pytest.fixture(scope="session")
def descendants() -> Callable[[int], list[int]]:
    """Returns the processes below one, from /proc."""
    return _descendants


def _descendants(pid: int) -> list[int]:
    parents = {int(stat.parent.name): parent for stat in Path("/proc").glob("[0-9]*/stat") if (parent := _parent(stat))}
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in parents.items() if parent == ancestor]
    return found[1:]


def _parent(stat: Path) -> int | None:
    """Returns the parent from `pid (name) state parent ...`; the name may hold blanks and brackets."""
    with suppress(OSError):
        return int(stat.read_text().rpartition(")")[2].split()[1])
    return None
