"""The card opens the dataset in Hugging Face's `datasets`, both images as pictures, whatever splits there are."""

import importlib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image

from scenegen.dataset.card import card
from scenegen.dataset.reader import open_triplets
from scenegen.encoders import ENCODERS, decode
from schemas.frame import FRAME_COLUMNS
from schemas.ranges import Range
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec, DefocusSpec, ImageSpec, RenderSpec, RunSpec, SplitSpec, TruthSpec
from schemas.triplet import TRIPLET_COLUMNS, LegendEntry

BUCKETS = (Bucket(width_px=64, height_px=48, weight=3), Bucket(width_px=48, height_px=64))


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The library, offline, with its cache in a folder of the test."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    return importlib.import_module("datasets")


def head_of(text: str) -> dict[str, Any]:
    """Returns the YAML head of a card."""
    return dict(yaml.safe_load(text.split("---\n")[1]))


@pytest.mark.parametrize("image", [ImageSpec(format="png"), ImageSpec(format="jpeg")])
def test_load_dataset_opens_both_images(
    image: ImageSpec,
    datasets: ModuleType,
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path: Path,
) -> None:
    record = new_record(
        scenes=8, scenes_per_unit=1, splits=SplitSpec(train=0.5, val=0.5), views_per_scene=1, image=image
    )
    out = new_dataset(tmp_path / "out", record)
    (out / "README.md").write_text(card([record], ("train", "val"), 16, 8))
    loaded = datasets.load_dataset(str(out), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == {"train", "val"}
    for split, table in loaded.items():
        ours = open_triplets(out, split=split)
        assert len(table) == len(ours)
        row = table[0]
        assert isinstance(row["input_image"], Image.Image)
        np.testing.assert_array_equal(np.asarray(row["input_image"]), ours[0].input_rgb)
        np.testing.assert_array_equal(np.asarray(row["edited_image"]), ours[0].target_rgb)
        assert row["edit_prompt"] == ours[0].prompt
        assert row["seed"] == ours[0].seed


def test_splits_stand_in_the_order_of_use_for_the_hub_shows_the_first(record: RunRecord) -> None:
    text = card([record], ["test", "val", "train"], 4, 2)
    files = head_of(text)["configs"][0]["data_files"]
    assert [each["split"] for each in files] == ["train", "val", "test"]
    assert 'load_dataset("path/to/this/folder", split="train")' in text


def test_only_the_given_splits_are_named(record: RunRecord) -> None:
    assert head_of(card([record], ["val"], 4, 2))["configs"] == [
        {"config_name": "default", "data_files": [{"split": "val", "path": "triplets/val/*.parquet"}]}
    ]


@pytest.mark.parametrize(
    ("rows", "category"), [(1, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (9_999_999, "1M<n<10M"), (10**9, "1B<n<10B")]
)
def test_the_size_category_is_that_of_the_rows(record: RunRecord, rows: int, category: str) -> None:
    assert head_of(card([record], ["train"], rows, rows))["size_categories"] == [category]


def test_frames_are_described_only_where_they_are_kept(record: RunRecord, new_record: Callable[..., RunRecord]) -> None:
    assert "frames/" in card([record], ["train"], 4, 2)
    assert "frames/" not in card([new_record(keep_frames=False)], ["train"], 4, 2)


def test_every_column_is_explained(record: RunRecord) -> None:
    text = card([record], ["train"], 4, 2)
    parts_of_legend = [part.name for part in fields(LegendEntry)]
    assert all(f"`{name}`" in text for name in (*TRIPLET_COLUMNS.names, *FRAME_COLUMNS.names, *parts_of_legend))


def test_the_reading_snippet_runs(record: RunRecord, written_once: Path) -> None:
    text = card([record], ["train"], 12, 6)
    snippet = text.split("```python\n")[1].split("```")[0].split("\n\n")[2:]
    code = "\n".join(snippet).replace("path/to/this/folder", str(written_once))
    names: dict[str, object] = {}
    exec(code, names)
    triplet = open_triplets(written_once, split="train", task="depth")[0]
    np.testing.assert_array_equal(names["decoded"], decode(triplet.target_rgb, triplet.prompt))


def test_every_task_is_tagged_counted_and_explained(new_record: Callable[..., RunRecord]) -> None:
    counts = {"normals": 0.25, "semantic": 2}
    text = card([new_record(tasks=RunSpec().tasks, triplets_per_frame=counts)], ["train"], 4, 2)
    tags = head_of(text)["tags"]
    assert len(set(tags)) == len(tags)
    assert {encoder.tag for encoder in ENCODERS.values()} <= set(tags)
    assert all(encoder.convention.split("\n")[0] in text for encoder in ENCODERS.values())
    assert "Of each frame: 1 depth, 0.25 normals on average, 2 semantic, 1 instance, 1 referring." in text


def test_frames_of_another_run_and_another_epoch_are_said(new_record: Callable[..., RunRecord]) -> None:
    record = new_record(keep_frames=False, epoch=3).model_copy(update={"frames_from": "ab" * 32})
    text = card([record], ["train"], 4, 2)
    assert head_of(text)["pretty_name"] == "scenegen ball, seed 5, epoch 3"
    assert "ab" * 32 in text
    assert "judged by the run that rendered it" in text
    assert "failures/" not in text
    plain = card([new_record()], ["train"], 4, 2)
    assert "earlier run" not in plain
    assert "epoch" not in plain


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"image": ImageSpec(format="jpeg", jpeg_quality=91)}, "JPEG (quality 91, 4:4:4), the target as lossless PNG"),
        ({"image": ImageSpec(format="png")}, "images as PNG"),
        ({"truth": TruthSpec(normals="smooth")}, "bent until it is perpendicular to the ray"),
        ({"truth": TruthSpec(normals="geometric")}, "Normals are those of the flat triangles"),
        ({"truth": TruthSpec(normals="shading")}, "bump included"),
        ({"truth": TruthSpec(glass="surface")}, "mirrors are surfaces"),
        ({"truth": TruthSpec(glass="through")}, "mirrors are in the pictures only"),
        ({"camera": CameraSpec(defocus=DefocusSpec(share=0.25))}, "25% have depth of field (f/1.8 to f/8)"),
        ({"camera": CameraSpec(shift_x=Range(low=-0.1, high=0.1))}, "The principal point is shifted"),
        ({"camera": CameraSpec(buckets=BUCKETS)}, "Size: 64 x 48 (75%) and 48 x 64 (25%) pixels"),
        ({"camera": CameraSpec(width_px=64, height_px=48)}, "Size: 64 x 48 pixels"),
        ({"tasks": ("depth", "referring")}, "left and right, which is wrong in a mirrored picture"),
        ({"render": RenderSpec(renderer="analytic")}, "NaN: this renderer has no passes of its own"),
        ({"render": RenderSpec(renderer="cycles")}, "in `failures/`, with the reason"),
    ],
)
def test_what_the_spec_chose_is_said(
    new_record: Callable[..., RunRecord], changes: dict[str, object], words: str
) -> None:
    assert words in card([new_record(**changes)], ["train"], 4, 2)


def test_what_the_spec_left_out_is_not_said(new_record: Callable[..., RunRecord]) -> None:
    text = card([new_record(tasks=("depth",), keep_frames=False)], ["train"], 4, 2)
    for word in ("depth of field", "principal point", "facing", "Normals", "material_id", "left and right"):
        assert word not in text


def test_nothing_is_said_of_paths_where_pictures_are_drawn_by_formula(new_record: Callable[..., RunRecord]) -> None:
    changes = {
        "render": RenderSpec(renderer="analytic"),
        "truth": TruthSpec(normals="shading"),
        "camera": CameraSpec(defocus=DefocusSpec(share=0.25)),
    }
    text = card([new_record(**changes)], ["train"], 4, 2)
    assert "drawn by formula, not path traced" in text
    assert "Cycles" not in text
    assert "depth of field" not in text
