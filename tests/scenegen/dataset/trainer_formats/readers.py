"""How each trainer reads its format: by its own code where that is a package of PyPI, else as its documents say.

Each reader takes DEST and a split, and yields what reaches the model: prompt, input, target.
"""

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import datasets
import numpy as np
import pandas
import webdataset
import yaml
from PIL import Image


class Pair(NamedTuple):
    """A row as a trainer has it; pictures as bytes of RGB pixels."""

    prompt: str
    size: tuple[int, int]
    input_rgb: bytes
    target_rgb: bytes


def pair(prompt: str, given: Any, target: Any) -> Pair:
    """Returns a row of two pictures, or of the paths of their files."""
    pictures = [(Image.open(each) if isinstance(each, str | Path) else each).convert("RGB") for each in (given, target)]
    assert pictures[0].size == pictures[1].size
    return Pair(prompt, pictures[0].size, *(np.asarray(picture).tobytes() for picture in pictures))


def imagefolder(dest: Path, split: str) -> Iterator[Pair]:
    """By `datasets`; the head of README.md names the splits."""
    for row in datasets.load_dataset(str(dest), split=split, streaming=True):
        yield pair(row["edit_prompt"], row["input_image"], row["edited_image"])


def diffsynth(dest: Path, split: str) -> Iterator[Pair]:
    """As DiffSynth-Studio's UnifiedDataset does: by pandas, then paths below the base path."""
    metadata = pandas.read_csv(dest / split / "metadata.csv")
    for index in range(len(metadata)):
        row = metadata.iloc[index].to_dict()
        assert row["kontext_images"] == row["edit_image"]
        yield pair(row["prompt"], dest / split / row["edit_image"], dest / split / row["image"])


def omnigen2(dest: Path, split: str) -> Iterator[Pair]:
    """As OmniGen2TrainDataset does: sources of a YAML file, each by `datasets`."""
    for source in yaml.safe_load((dest / split / "data.yml").read_text())["data"]:
        assert float(source["ratio"]) > 0
        for row in datasets.load_dataset("json", data_files=source["path"])["train"]:
            assert set(row) == {"task_type", "instruction", "input_images", "output_image"}
            (given,) = row["input_images"]
            yield pair(row["instruction"], given, row["output_image"])


def ai_toolkit(dest: Path, split: str) -> Iterator[Pair]:
    """As its example says: captions beside the pictures, controls of the same name in a folder of their own."""
    job = yaml.safe_load((dest / split / "job.yaml").read_text())
    (process,) = job["config"]["process"]
    (told,) = process["datasets"]
    assert not told["flip_x"]
    most_px = told["resolution"][0] ** 2
    for target in sorted(path for path in Path(told["folder_path"]).rglob("*") if path.suffix in {".png", ".jpg"}):
        (control,) = Path(told["control_path"]).glob(f"{target.stem}.*")
        found = pair(target.with_suffix(f".{told['caption_ext']}").read_text(), control, target)
        assert found.size[0] * found.size[1] <= most_px  # else it would be scaled
        yield found


def musubi(dest: Path, split: str) -> Iterator[Pair]:
    """As docs/dataset_config.md says: a TOML file, a line of JSON for each picture; caches of their own."""
    told = tomllib.loads((dest / split / "dataset.toml").read_text())
    (of_images,) = told["datasets"]
    assert of_images["cache_directory"] not in {"", of_images["image_jsonl_file"]}
    width_px, height_px = told["general"]["resolution"]
    names = set()
    for line in Path(of_images["image_jsonl_file"]).read_text().splitlines():
        row = json.loads(line)
        names.add(Path(row["image_path"]).stem)  # under which it is cached
        found = pair(row["caption"], row["control_path"], row["image_path"])
        assert told["general"]["enable_bucket"] or found.size == (width_px, height_px)
        assert found.size[0] * found.size[1] <= width_px * height_px
        yield found
    assert len(names) == len(Path(of_images["image_jsonl_file"]).read_text().splitlines())


def wds(dest: Path, split: str) -> Iterator[Pair]:
    """By webdataset."""
    shards = [str(path) for path in sorted((dest / split).glob("*.tar"))]
    rows = webdataset.WebDataset(shards, shardshuffle=False).decode("pil")
    for row in rows.to_tuple("edit_prompt.txt", "input_image.png;input_image.jpg", "edited_image.png", "json"):
        assert row[3]["edit_prompt"] == row[0]
        yield pair(*row[:3])


READERS: dict[str, Callable[[Path, str], Iterator[Pair]]] = {
    "imagefolder": imagefolder,
    "diffsynth": diffsynth,
    "omnigen2": omnigen2,
    "ai-toolkit": ai_toolkit,
    "musubi": musubi,
    "webdataset": wds,
}
"""Of every format of pairs; `raw` has none."""
