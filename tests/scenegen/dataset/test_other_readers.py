"""Others read our files as they are: Hugging Face's datasets, whole and streamed; diffusers' InstructPix2Pix by it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import datasets
import fsspec
import numpy as np
import pytest
from jaxtyping import Float, UInt8

from scenegen.dataset.card import card
from scenegen.dataset.reader import open_dataset
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, SplitSpec

Row = tuple[str, str, bytes, bytes]
SIDE_PX = 48


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keeps `datasets` from the network, and its cache from the user's home."""
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def square(
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """32 rows in eight files and two splits, with its card."""
    camera = CameraSpec(width_px=SIDE_PX, height_px=SIDE_PX)
    record = new_record(scenes=8, scenes_per_unit=1, splits=SplitSpec(train=0.5, val=0.5), camera=camera)
    out = new_dataset(tmp_path_factory.mktemp("square") / "out", record)
    (out / "README.md").write_text(card([record], ("train", "val"), 32, 16))
    return out


def ours(out: Path, split: str) -> list[Row]:
    """Returns the rows as our reader has them, images as files."""
    rows = open_dataset(out).rows(split=split)
    stored = (rows.stored(index) for index in range(len(rows)))
    return sorted((row.sample_id, row.edit_prompt, row.input_image_bytes, row.target_png) for row in stored)


def theirs(rows: Iterable[Any]) -> list[Row]:
    """Returns the rows as another reader has them."""
    return sorted(
        (row["sample_id"], row["edit_prompt"], row["input_image"]["bytes"], row["edited_image"]["bytes"])
        for row in rows
    )


@pytest.mark.parametrize("split", ["train", "val"])
def test_streamed_rows_are_the_readers_each_once(square: Path, split: str) -> None:
    streamed = datasets.load_dataset(str(square), split=split, streaming=True).decode(False)
    assert theirs(streamed) == ours(square, split) != []


def test_streamed_rows_of_a_url_are_the_readers_each_once(square: Path) -> None:
    """By fsspec, as s3:// and gs:// are read where s3fs or gcsfs is installed."""
    store = fsspec.filesystem("memory")
    store.put(str(square / "triplets"), "/out/triplets", recursive=True)
    url = "memory://out/triplets/train/*.parquet"
    streamed = datasets.load_dataset("parquet", data_files={"train": url}, split="train", streaming=True)
    assert theirs(streamed.decode(False)) == ours(square, "train")


def test_two_nodes_of_two_workers_share_the_rows(square: Path) -> None:
    """As datasets.distributed deals them; each row comes once."""
    from datasets.distributed import split_dataset_by_node  # noqa: PLC0415

    streamed = datasets.load_dataset(str(square), split="train", streaming=True).decode(False)
    parts = [theirs(split_dataset_by_node(streamed, rank, 2)) for rank in range(2)]
    assert sorted(parts[0] + parts[1]) == ours(square, "train")


def instruct_pix2pix(dataset_name: str, cache: Path, resolution: int) -> Any:
    """Returns the training rows by the steps and defaults of diffusers' examples/instruct_pix2pix.

    Of train_instruct_pix2pix.py at 58eb52c (2026-08-23): load_dataset, three columns by name, both pictures resized and
    brought to -1 .. 1 together, captions handed to a tokenizer. numpy stands in for torch, words for tokens.
    """
    dataset = datasets.load_dataset(dataset_name, None, cache_dir=str(cache))
    input_column, prompt_column, edited_column = "input_image", "edit_prompt", "edited_image"  # its defaults
    assert {input_column, prompt_column, edited_column} <= set(dataset["train"].column_names)

    def pixels(image: Any) -> UInt8[np.ndarray, "3 h w"]:
        return np.array(image.convert("RGB").resize((resolution, resolution))).transpose(2, 0, 1)

    def prepared(examples: dict[str, Any]) -> dict[str, Any]:
        pair = [np.concatenate([pixels(image) for image in examples[name]]) for name in (input_column, edited_column)]
        scaled: Float[np.ndarray, "2 b*3 h w"] = 2 * (np.stack(pair) / 255) - 1
        given, edited = (each.reshape(-1, 3, resolution, resolution) for each in scaled)
        words = [caption.split() for caption in examples[prompt_column]]
        return {"original_pixel_values": given, "edited_pixel_values": edited, "input_ids": words}

    return dataset["train"].with_transform(prepared)


def test_instruct_pix2pix_trains_on_it_with_no_flag(square: Path, tmp_path: Path) -> None:
    rows = open_dataset(square).rows(split="train")
    loaded = instruct_pix2pix(str(square), tmp_path / "cache", SIDE_PX)
    assert len(loaded) == len(rows) > 0
    for row, example in zip(rows, loaded, strict=True):
        for pixels, rgb in (
            (example["original_pixel_values"], row.input_rgb),
            (example["edited_pixel_values"], row.target_rgb),
        ):
            np.testing.assert_array_equal(np.rint((pixels + 1) * 127.5), rgb.transpose(2, 0, 1))
        assert " ".join(example["input_ids"]) == " ".join(row.prompt.split())
