"""A dataset in a bucket reads as the one in the folder that it was copied from; S3 is moto's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import obstore
import pytest
from obstore.exceptions import PermissionDeniedError
from obstore.store import from_url

from scenegen.dataset import reader
from scenegen.dataset import validate as validation
from scenegen.dataset.chosen_frames import Choice
from scenegen.dataset.preview import contact_sheet
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import read_record, read_records
from scenegen.dataset.stats.counts import dataset_stats
from scenegen.dataset.stats.distributions import distributions
from scenegen.dataset.stats.figures import figures
from scenegen.dataset.validate import validate
from scenegen.evaluate import evaluate
from scenegen.pages.stored import preview_of_dataset
from schemas.errors import DatasetError, InputError
from schemas.run_record import RunRecord
from tests.buckets import environment, make_bucket, s3_server, set_environment
from tests.scenegen.dataset.conftest import write_dataset

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A bucket."""
    with s3_server() as endpoint, set_environment(environment(endpoint)):
        yield make_bucket(endpoint, "data")


@pytest.fixture(scope="module")
def folder(record: RunRecord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("folder") / "out", record)


@pytest.fixture(scope="module")
def out(url: str, folder: Path) -> str:
    """The URL of a copy."""
    return copied(folder, f"{url}/some/out")


def copied(folder: Path, url: str) -> str:
    store = from_url(url, client_options={"allow_http": True})
    for path in (path for path in folder.rglob("*") if path.is_file()):
        obstore.put(store, path.relative_to(folder).as_posix(), path.read_bytes())
    return url


def test_rows_are_the_same_in_any_order(out: str, folder: Path) -> None:
    there, here = open_triplets(out), open_triplets(folder)
    assert len(there) == len(here) > 0
    for index in (0, len(here) - 1, len(here) // 2):
        assert there[index].sample_id == here[index].sample_id
        np.testing.assert_array_equal(there[index].target_rgb, here[index].target_rgb)
    assert [row.sample_id for row in open_triplets(out, task="normals")] == [
        row.sample_id for row in open_triplets(folder, task="normals")
    ]


def test_units_are_listed_by_split(out: str, folder: Path) -> None:
    assert [path.name for path in committed_units(out, "train")] == [path.name for path in committed_units(folder)]
    assert committed_units(out, "test") == []
    assert read_record(out) == read_record(folder)


def test_what_is_not_there_is_told_in_one_line(url: str, out: str) -> None:
    with pytest.raises(InputError, match="nothing lies at s3://data/elsewhere"):
        open_triplets(f"{url}/elsewhere")
    with pytest.raises(InputError, match=r"is no dataset of ours: it has no run\.json"):
        open_triplets(f"{url}/some")
    with pytest.raises(InputError, match=r"has no split 'trian' \(did you mean 'train'\?\)"):
        open_triplets(out, "trian")


def test_it_is_checked_row_by_row(out: str) -> None:
    report = validate(out)
    assert report.ok, report.faults
    assert report.worst_excess["depth"] > 0


def test_damage_is_named(url: str, folder: Path) -> None:
    damaged = copied(folder, f"{url}/damaged")
    name = min(path.relative_to(folder).as_posix() for path in folder.rglob("frames/*/*.parquet"))
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 3] ^= 1
    store = from_url(damaged, client_options={"allow_http": True})
    obstore.put(store, name, bytes(data))
    obstore.delete(store, "triplets/train/unit-00000001.parquet")
    faults = [str(fault) for fault in validate(damaged).faults]
    assert any(f"{name}: its sha256 is" in fault for fault in faults)
    assert "triplets/train/unit-00000001.parquet: missing: the unit is not committed" in faults
    obstore.put(store, "triplets/train/unit-00000000.parquet", b"torn")
    with pytest.raises(DatasetError, match=f"{damaged}/triplets/train/unit-00000000.parquet: "):
        open_triplets(damaged)


def test_pictures_and_figures_are_the_same(out: str, folder: Path, tmp_path: Path) -> None:
    for name, root in (("there", out), ("here", folder)):
        contact_sheet(root, tmp_path / f"{name}.png", Choice(2))
        preview_of_dataset(root, tmp_path / f"{name}.html", Choice(2))
    for ending in ("png", "html"):
        assert (tmp_path / f"there.{ending}").read_bytes() == (tmp_path / f"here.{ending}").read_bytes()
    assert dataset_stats(out).counts == dataset_stats(folder).counts
    assert figures(distributions(out)) == figures(distributions(folder))


def test_predictions_are_scored_the_same(out: str, folder: Path) -> None:
    predictions = {row.sample_id: row.target_rgb for row in open_triplets(folder)}
    there, here = (evaluate(predictions, root).tasks()["depth"] for root in (out, folder))
    assert there.figures == here.figures
    assert there.scored > 0


def test_forked_processes_read_too(out: str) -> None:
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("forked_reader.py")), out]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, env=here, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "same [0, 0]"), done.stderr


def test_a_bucket_that_refuses_is_one_line_and_does_not_end_a_validation(
    out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionDeniedError("403\n\nDebug source: ...")

    records = read_records(out)
    monkeypatch.setattr(reader, "read_records", lambda root: records)
    monkeypatch.setattr(validation, "read_records", lambda root: records)
    for name in ("get", "get_range", "head"):
        monkeypatch.setattr(obstore, name, refuse)
    faults = [str(fault) for fault in validate(out).faults]
    assert len(faults) == 3  # of two units, and of what the assets are
    assert all("can't be read: the bucket refuses: 403" in fault and "\n" not in fault for fault in faults)
    with pytest.raises(DatasetError, match="the bucket refuses: 403"):
        open_triplets(out)
