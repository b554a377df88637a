"""A fault at every step of every kind of commit, then the same command again: the undisturbed run's bytes, no more."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ray_cluster.commit_steps import BUCKET_STEPS, FAULTS, FOLDER_STEPS, order_of
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import listed
from schemas.errors import InputError
from schemas.run_record import RunRecord
from tests.buckets import environment, make_bucket, s3_server, set_environment
from tests.ray_cluster.run_here import run_disturbed, run_here

HERE = Path(__file__).parent
KINDS = ("run.json", "frames/", "triplets/")
Disturbed = Callable[[str, Located], int | None]


@pytest.fixture(scope="module")
def small(record: RunRecord) -> RunRecord:
    """Two units."""
    return record.model_copy(update={"spec": record.spec.model_copy(update={"scenes": 2})})


@pytest.fixture(scope="module", autouse=True)
def renderer() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HERE))
        yield


@pytest.fixture(scope="module")
def undisturbed(small: RunRecord, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed")
    run_here(small, folder / "out", folder)
    return contents(folder / "out")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address, set_environment(environment(address)):
        yield address


def contents(out: Located) -> dict[str, str]:
    names = (entry.name for entry in listed(out) if not entry.name.startswith("ledger/"))
    return {name: sha256((out / name).read_bytes()).hexdigest() for name in names}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", FOLDER_STEPS)
def test_a_folder_survives(
    step: str, fault: str, small: RunRecord, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    for kind in KINDS:
        out = tmp_path / kind.strip("/")
        check(f"{fault}@{step}:{kind}", small, out, undisturbed, tmp_path, {})


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", BUCKET_STEPS)
def test_a_bucket_survives(
    step: str, fault: str, small: RunRecord, undisturbed: dict[str, str], tmp_path: Path, endpoint: str
) -> None:
    bucket = make_bucket(endpoint, f"{step}-{fault}".replace(" ", "-").lower())
    for kind in KINDS:
        out = located(f"{bucket}/{kind.strip('/')}")
        check(f"{fault}@{step}:{kind}", small, out, undisturbed, tmp_path, environment(endpoint))


def check(
    order: str, record: RunRecord, out: Located, undisturbed: dict[str, str], logs: Path, variables: dict[str, str]
) -> None:
    """Holds a run that is disturbed, and the same again, against one that was not."""
    given = (order, variables, record.model_dump_json(), str(out), str(logs))
    servant = multiprocessing.get_context("forkserver")
    servant.set_forkserver_preload([run_disturbed.__module__])
    run = servant.Process(target=run_disturbed, args=given)
    run.start()
    run.join(60)
    assert run.exitcode in {-signal.SIGKILL, 3}, f"{order}: exit code {run.exitcode}"
    torn = {name: digest for name, digest in contents(out).items() if not name.startswith(".staging/")}
    assert torn.items() <= undisturbed.items(), order
    run_here(record, out, logs)
    assert contents(out) == undisturbed, order


def test_an_order_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(InputError, match="must be FAULT@STEP:PREFIX, of kill, EIO"):
        order_of("kill@everywhere")
