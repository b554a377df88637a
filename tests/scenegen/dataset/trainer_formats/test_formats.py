"""What a trainer reads of an export is what the dataset holds, each row once; and the bytes are always the same."""

import json
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import datasets
import numpy as np
import OpenEXR
import pyarrow.compute as pc
import pytest
from PIL import Image

from scenegen.dataset.reader import open_dataset, open_triplets
from scenegen.dataset.trainer_formats import TRAINER_FORMATS
from scenegen.dataset.trainer_formats.export import Asked, Job, export_dataset, write_part
from schemas.run_record import RunRecord
from schemas.run_spec import ImageSpec
from tests.scenegen.dataset.trainer_formats.readers import READERS, Pair

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)  # webdataset leaves its files open


def content(folder: Path) -> dict[str, bytes]:
    """Returns all files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pairs_of(out: Path, split: str, **chosen: object) -> list[Pair]:
    """Returns the rows of a dataset as trainers have them, sorted."""
    rows = open_dataset(out).rows(split=split, **chosen)  # type: ignore[arg-type]
    return sorted(
        Pair(row.prompt, (row.width_px, row.height_px), row.input_rgb.tobytes(), row.target_rgb.tobytes())
        for row in rows
    )


def test_every_format_of_pairs_has_its_reader() -> None:
    assert {*READERS, "raw"} == set(TRAINER_FORMATS)


@pytest.mark.parametrize("name", READERS)
def test_a_trainer_reads_every_row_of_a_split_once(name: str, stored: Path, tmp_path: Path) -> None:
    exported = export_dataset(stored, tmp_path / "dest", Asked(name))
    for split in ("train", "val"):
        read = sorted(READERS[name](tmp_path / "dest", split))
        assert read == pairs_of(stored, split)
        assert exported.rows[split] == len(read) > 0


@pytest.mark.parametrize("name", READERS)
def test_jpegs_are_passed_on_as_they_are(
    name: str, new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record(scenes=1, image=ImageSpec(format="jpeg")))
    export_dataset(out, tmp_path / "dest", Asked(name))
    assert sorted(READERS[name](tmp_path / "dest", "train")) == pairs_of(out, "train")


@pytest.mark.parametrize("name", READERS)
def test_tasks_splits_and_conditions_choose_rows(name: str, stored: Path, tmp_path: Path) -> None:
    first = open_triplets(stored, "train")[0].frame_id
    asked = Asked(name, tasks=["depth"], split="train", where=(f"frame_id != {first}",))
    export_dataset(stored, tmp_path / "dest", asked)
    wanted = pairs_of(stored, "train", task="depth", where=pc.field("frame_id") != first)
    assert sorted(READERS[name](tmp_path / "dest", "train")) == wanted != []
    assert not (tmp_path / "dest" / "val").exists()


def backwards(jobs: Sequence[Job]) -> Iterator[int]:
    return (write_part(job) for job in reversed(jobs))


@pytest.mark.parametrize("name", TRAINER_FORMATS)
def test_the_same_rows_give_the_same_bytes_in_whatever_order(name: str, stored: Path, tmp_path: Path) -> None:
    at = "/data/pairs" if TRAINER_FORMATS[name].absolute else None
    export_dataset(stored, tmp_path / "one", Asked(name, at=at))
    export_dataset(stored, tmp_path / "two", Asked(name, at=at), backwards)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    texts = [path.read_text() for path in (tmp_path / "one" / "train").iterdir() if path.suffix in {".yml", ".yaml"}]
    assert all("/data/pairs/train" in text and str(tmp_path) not in text for text in texts)


def test_datasets_reads_the_shards_of_a_webdataset_too(stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", Asked("webdataset", split="train"))
    shards = [str(path) for path in sorted((tmp_path / "dest" / "train").glob("*.tar"))]
    rows = list(datasets.load_dataset("webdataset", data_files={"train": shards}, split="train", streaming=True))
    assert [row["json"]["sample_id"] for row in rows] == open_triplets(stored, "train").column("sample_id")
    assert all(isinstance(row["input_image.png"], Image.Image) for row in rows)


def test_headers_of_a_tar_tell_nothing_of_when_and_where(stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", Asked("webdataset"))
    for path in (tmp_path / "dest").rglob("*.tar"):
        with tarfile.open(path) as tar:
            told = {(each.mtime, each.uid, each.gid, each.uname, each.gname, each.mode) for each in tar}
        assert told == {(0, 0, 0, "", "", 0o644)}


def test_raw_frames_hold_picture_buffers_and_camera(stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", Asked("raw", tasks=["depth"]))
    for row in open_triplets(stored, "val", "depth"):
        frame = tmp_path / "dest" / "val" / row.frame_id
        np.testing.assert_array_equal(np.asarray(Image.open(frame.with_suffix(".png"))), row.input_rgb)
        camera = json.loads(frame.with_suffix(".json").read_text())
        np.testing.assert_array_equal(camera["intrinsics"], row.intrinsics)
        np.testing.assert_array_equal(camera["cam2world"], row.cam2world)
        assert (camera["width_px"], camera["height_px"]) == (row.width_px, row.height_px)
        channels = OpenEXR.File(str(frame.with_suffix(".exr")), separate_channels=True).channels()
        z_depth_m = channels["z_depth_m"].pixels
        assert np.float32(row.z_depth_min_m) == z_depth_m.min()
        shown = {each["instance_id"]: each["label"] for each in camera["objects"]}
        assert set(np.unique(channels["instance_id"].pixels)) - {0} == set(shown)


def test_what_the_readme_of_raw_says_of_a_pixel_is_where_the_floor_lies(stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", Asked("raw", split="train"))
    lines = (tmp_path / "dest/train/frames.jsonl").read_text().splitlines()
    for entry in map(json.loads, lines):
        camera = json.loads((tmp_path / "dest/train" / entry["camera"]).read_text())
        exr = OpenEXR.File(str(tmp_path / "dest/train" / entry["buffers"]), separate_channels=True).channels()
        y, x = np.nonzero(exr["instance_id"].pixels == 1)
        rays = np.linalg.inv(camera["intrinsics"]) @ np.stack([x + 0.5, y + 0.5, np.ones(len(x))])
        in_camera = np.vstack([exr["z_depth_m"].pixels[y, x] * rays, np.ones(len(x))])
        world = np.array(camera["cam2world"]) @ in_camera
        np.testing.assert_allclose(world[2], 0, atol=1e-5)
        up = np.stack([exr[f"normal_cam.{axis}"].pixels[y, x] for axis in "XYZ"])
        turned = np.array(camera["cam2world"])[:3, :3] @ np.diag([1, -1, -1]) @ up
        np.testing.assert_allclose(turned[2], 1, atol=1e-5)
