"""The main job with the real Blender and the real Ray, and what users do with its dataset."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image

from scenegen.dataset.exr import decode_exr
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import read_record
from schemas.sample import samples_of
from schemas.unit import units_of

Run = Callable[..., subprocess.CompletedProcess[str]]
SCENES, VIEWS, TASKS = 3, 2, 5


def content(out: Path) -> dict[str, str]:
    """Returns the digests of all data files of a run by their paths."""
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*.parquet"))
    }


def test_the_run_holds_exactly_the_planned_rows_but_those_that_it_says_it_omits(dataset: Path) -> None:
    spec = read_record(dataset).spec
    frames = [frame_id for unit in units_of(spec) for frame_id in unit.frame_ids(spec)]
    omitted = {name for file in committed_units(dataset) for name in unit_footer(file).omitted}
    planned = [sample.sample_id for frame_id in frames for sample in samples_of(spec, frame_id)]
    names = [triplet.sample_id for triplet in open_triplets(dataset)]
    assert len(frames) == SCENES * VIEWS
    assert names == [name for name in planned if name not in omitted]
    assert names[0] == "scene-00000000-view-00-depth-0"
    assert not any(name.split("-")[-2] in {"depth", "normals"} for name in omitted)


def test_all_five_tasks_are_asked_and_a_frame_yields_five_triplets_or_more(dataset: Path) -> None:
    triplets = open_triplets(dataset)
    assert len({triplet.task for triplet in triplets}) == TASKS
    assert len(triplets) >= 5 * SCENES * VIEWS  # the preset's eight frames: 40


def test_validate_finds_nothing(dataset: Path, scenegen: Run) -> None:
    scenegen("validate", dataset)


def test_pictures_show_lit_rooms_with_a_floor_walls_and_furniture(dataset: Path) -> None:
    for triplet in open_triplets(dataset, task="depth"):
        assert 40 < triplet.input_rgb.mean() < 210
        assert triplet.input_rgb.std() > 12
    for file in (dataset / "frames").rglob("*.parquet"):
        for row in pq.read_table(file).to_pylist():
            classes = {shown["class_name"] for shown in row["objects"]}
            assert {"wall", "floor"} <= classes
            assert len(classes) >= 5
            buffer = decode_exr(row["exr"])
            assert np.median(buffer.z_depth_m[np.isfinite(buffer.z_depth_m)]) < 8


def test_preview_draws_a_contact_sheet(dataset: Path, scenegen: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    scenegen("preview", dataset, "--output", sheet)
    with Image.open(sheet) as image:
        assert min(image.size) > 500


def test_what_preview_writes_goes_by_its_ending(dataset: Path, scenegen: Run, tmp_path: Path) -> None:
    said = scenegen("preview", dataset, "--output", tmp_path / "page.html", "--scene", "1").stdout
    assert said == f"wrote {tmp_path / 'page.html'}\n"
    assert (tmp_path / "page.html").read_text().count('<section class="frame"') == 2
    assert "must end in .png or .html" in scenegen("preview", dataset, "--output", "page.gif", status=2).stderr


def test_load_dataset_opens_both_images(dataset: Path, tmp_path: Path) -> None:
    code = (
        "import sys, datasets\n"
        "rows = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2])['train']\n"
        "print(len(rows), rows[0]['input_image'].size, rows[0]['edited_image'].size)\n"
    )
    command = [sys.executable, "-c", code, str(dataset), str(tmp_path)]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split("\n")[-2] == f"{len(open_triplets(dataset))} (64, 64) (64, 64)"


def test_a_second_run_is_quick_and_changes_nothing(dataset: Path, scenegen: Run, small_quickstart: list[str]) -> None:
    before = content(dataset)
    stamps = {path: path.stat().st_mtime_ns for path in dataset.rglob("*.parquet")}
    scenegen(*small_quickstart, dataset)
    assert content(dataset) == before
    assert {path: path.stat().st_mtime_ns for path in dataset.rglob("*.parquet")} == stamps


def test_after_sigkill_half_way_the_same_command_yields_the_same_bytes(
    dataset: Path, tmp_path: Path, scenegen: Run, command: Path, small_quickstart: list[str]
) -> None:
    out = tmp_path / "killed"
    run = subprocess.Popen([command, *small_quickstart, out], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline_s = time.monotonic() + 120
    while not content(out) and run.poll() is None and time.monotonic() < deadline_s:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    committed = len(list((out / "triplets").rglob("*.parquet")))
    assert committed < SCENES
    scenegen(*small_quickstart, out)
    assert content(out) == content(dataset)


def test_one_worker_on_all_threads_writes_what_two_write(
    dataset: Path, tmp_path: Path, scenegen: Run, small_quickstart: list[str]
) -> None:
    """Two workers have a thread each on two cores; depth, normals, ids and pictures are in these files."""
    scenegen(*small_quickstart, "--workers", "1", tmp_path / "one")
    assert content(tmp_path / "one") == content(dataset)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--set", "seed=1"], "seed"),
        (["--set", "camera.fov_x_deg.high=95"], "fov_x_deg"),
    ],
)
def test_another_spec_on_the_same_folder_is_refused_with_the_difference(
    dataset: Path, scenegen: Run, small_quickstart: list[str], arguments: list[str], complaint: str
) -> None:
    before = content(dataset)
    refused = scenegen(*small_quickstart, *arguments, dataset, status=2)
    assert complaint in refused.stderr
    assert content(dataset) == before


def test_the_record_of_the_run_names_spec_catalog_and_versions(dataset: Path) -> None:
    record = json.loads((dataset / "run.json").read_text())
    assert record["spec"]["render"]["samples"] == 2
    assert record["catalog_lock"]["catalog"] == "builtin"
    assert record["versions"]["bpy"] == "5.2.3"
