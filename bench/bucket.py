"""A bucket: the requests at the end of a run, by unit, and the seconds that it takes to list a large one.

    python -m bench.bucket

The bucket is moto's, behind a front that counts; both are slower than a real store's server, and nearer.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import obstore
from rich.console import Console
from rich.table import Table

from assets_catalog.object_store import open_store
from assets_catalog.opening import open_catalog
from bench.large_run import DONE, FRAMES, SCENES_PER_UNIT, VIEWS, record_of
from ray_cluster.credits import credits_of_catalog
from ray_cluster.events import Lease
from ray_cluster.limits import WorkerLimits
from ray_cluster.papers import write_papers
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.status import run_status
from ray_cluster.worker import Job, Worker
from scenegen.dataset.footer import UnitFooter
from scenegen.dataset.places import located
from scenegen.dataset.places.bucket_path import BucketPath
from scenegen.dataset.reader import committed_units
from scenegen.dataset.triplets import triplets_file
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import units_of
from tests.buckets import Heard, counting_front, environment, make_bucket, s3_server, set_environment

_AT_ONCE = 8


@contextmanager
def bucket() -> Iterator[tuple[str, list[Heard]]]:
    """Yields the URL of an empty bucket, and what is asked of it."""
    with s3_server() as server, counting_front(server) as (front, heard), set_environment(environment(front)):
        yield make_bucket(server, "bench"), heard


def end_of_run(units: int, url: str, heard: list[Heard]) -> Table:
    """Makes a run of so many units, and counts what its end asks for."""
    size = CameraSpec(width_px=64, height_px=64)
    spec = RunSpec(scenes=units, recipe="primitives", camera=size, render=RenderSpec(renderer="analytic"))
    catalog = open_catalog("builtin")
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={"scenegen": "bench"})
    out = located(f"{url}/small")
    with TemporaryDirectory() as logs:
        open_out(out, record)
        worker = Worker(Job(record, out, "scenegen.produce:open_frames", "builtin", 1, WorkerLimits()), Path(logs))
        for unit in units_of(spec):
            for _ in worker.make(Lease(unit)):
                pass
        for _ in worker.finish():
            pass
    heard.clear()
    begun = time.perf_counter()
    write_papers(out, credits_of_catalog(catalog))
    spent_s = time.perf_counter() - begun
    asked = Counter((method, "triplets" if "/triplets/" in path else "other") for method, path, _ in heard)
    table = Table("request", "of", "count", "a unit", title=f"the end of a run of {units} units, {spent_s:.1f} s")
    for (method, what), count in sorted(asked.items()):
        table.add_row(method, what, str(count), f"{count / units:.2f}")
    return table


def large(frames: int, url: str, heard: list[Heard]) -> Table:
    """Fills a bucket with the commit records of a large run, and looks at it."""
    record = record_of(frames)
    units = units_of(record.spec)
    done = units[: int(DONE * len(units))]
    table = Table("", "s", "requests", title=f"{frames:,} frames, {len(done):,} commit records of {len(units):,}")
    out = located(f"{url}/large")
    assert isinstance(out, BucketPath)
    open_out(out, record)
    footer = UnitFooter(unit=units[0], run_digest=record.digest(), versions=record.versions, rows=0)

    def put(number: int) -> None:
        named = footer.model_copy(update={"unit": units[number]})
        key = (out / units[number].triplets_path).key
        obstore.put(open_store(out.bucket), key, triplets_file([], named.metadata()))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(put, range(len(done))):
            pass
    looks: dict[str, Callable[[], object]] = {
        "list": lambda: committed_units(out),
        "list, and look into 64 commit records": lambda: pending_units(out, record),
        "status": lambda: run_status(out),
    }
    for name, look in looks.items():
        heard.clear()
        begun = time.perf_counter()
        look()
        table.add_row(name, f"{time.perf_counter() - begun:.1f}", str(len(heard)))
    return table


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.bucket")
    parser.add_argument("--units", type=int, default=300, help="of the run whose end is looked at")
    parser.add_argument(
        "--frames", type=int, default=FRAMES, help=f"of the large one, {VIEWS * SCENES_PER_UNIT} a unit"
    )
    given = parser.parse_args()
    with bucket() as where:
        Console().print(end_of_run(given.units, *where))
        Console().print(large(given.frames, *where))


if __name__ == "__main__":
    main()
