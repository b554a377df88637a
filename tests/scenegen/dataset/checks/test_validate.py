"""Validation passes what is whole, and ends early for nothing that lies under OUT."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset.footer import UnitFooter
from scenegen.dataset.validate import validate
from schemas.errors import InputError
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec, ImageSpec, RenderSpec
from schemas.seeds import rng_for

Faults = Callable[[], dict[str, str]]
UNIT_0 = "triplets/train/unit-00000000.parquet"


def test_a_whole_dataset_has_no_fault_and_every_target_is_within_its_bound(written_once: Path) -> None:
    told: list[tuple[int, int]] = []
    report = validate(written_once, on_unit=lambda done, planned: told.append((done, planned)))
    assert report.ok, report.faults
    assert (report.frames, report.triplets) == (6, 12)
    assert report.worst_excess.keys() == {"depth", "normals"}
    assert all(0.5 < worst <= 1 for worst in report.worst_excess.values())
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    "changes",
    [
        {"image": ImageSpec(format="jpeg", jpeg_quality=80)},
        {"camera": CameraSpec(buckets=(Bucket(width_px=64, height_px=48), Bucket(width_px=32, height_px=64)))},
        {"render": RenderSpec(renderer="analytic")},
        {"views_per_scene": 1, "scenes_per_unit": 3},
    ],
)
def test_jpegs_sizes_renderers_and_units_of_all_kinds_have_no_fault(
    changes: dict[str, object],
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path: Path,
) -> None:
    report = validate(new_dataset(tmp_path / "out", new_record(**changes)))
    assert report.ok, report.faults
    assert all(worst <= 1 for worst in report.worst_excess.values())


def test_a_whole_dataset_without_frames_has_no_fault(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    report = validate(new_dataset(tmp_path / "out", new_record(keep_frames=False)))
    assert report.ok, report.faults
    assert (report.frames, report.triplets, report.worst_excess) == (6, 12, {})


def test_foreign_files_among_the_triplets_are_named(out: Path, faults: Faults) -> None:
    (out / "triplets/train/unit-00000007.parquet").write_bytes((out / UNIT_0).read_bytes())
    (out / "triplets/notes.txt").write_text("mine")
    assert faults().keys() == {"triplets/train/unit-00000007.parquet", "triplets/notes.txt"}


@pytest.mark.parametrize("content", ["", "{}", "[1, 2]", "\x00\xff", '{"spec": {"tasks": 3}}'])
def test_a_run_record_that_can_not_be_read_is_the_fault(out: Path, faults: Faults, content: str) -> None:
    (out / "run.json").write_text(content)
    assert faults().keys() == {"run.json"}


def test_no_directory_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no directory"):
        validate(tmp_path / "nowhere")


def test_no_garbled_file_goes_unnoticed_or_ends_the_validation(out: Path, footer: UnitFooter) -> None:
    rng = rng_for(11, "garble")
    for path in (out / UNIT_0, out / str(footer.frames_path), out / str(footer.set_aside_path)):
        whole = path.read_bytes()
        for _ in range(30):
            garbled = np.frombuffer(whole, np.uint8).copy()
            start = int(rng.integers(len(garbled)))
            length = int(rng.integers(1, 400))
            garbled[start : start + length] ^= rng.integers(1, 256, len(garbled[start : start + length])).astype(
                np.uint8
            )
            path.write_bytes(garbled.tobytes())
            assert not validate(out).ok, (path.name, start, length)
        path.write_bytes(whole)
