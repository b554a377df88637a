"""diffsynth: metadata.csv for DiffSynth-Studio's training of image editors (FLUX.1 Kontext, Qwen-Image-Edit).

    image                         the target
    prompt
    kontext_images, edit_image    the input, by the names of either kind of model

Paths are relative to `--dataset_base_path`. `--data_file_keys` says which columns are opened, so that one file serves
both. Read by pandas; github.com/modelscope/DiffSynth-Studio at fed7b18 (2026-08-20), diffsynth/core/data,
docs/en/Pipeline_Usage/Model_Training.md, model_training/lora in examples/flux and examples/qwen_image.

Edges: a picture is cropped to multiples of 16, which ours are, and made smaller above `--max_pixels`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from scenegen.dataset.trainer_formats.pairs import write_pairs
from scenegen.dataset.trainer_formats.trainer_format import Split, TextFile, TrainerFormat

_COLUMNS = {
    "image": "edited_image",
    "prompt": "edit_prompt",
    "kontext_images": "input_image",
    "edit_image": "input_image",
    "task": "task",
    "sample_id": "sample_id",
}
_README = """\
# Pairs of pictures for DiffSynth-Studio

    --dataset_base_path {split} --dataset_metadata_path {split}/metadata.csv

with paths from this folder, and for the model

| model | options |
|---|---|
| FLUX.1 Kontext | `--data_file_keys image,kontext_images --extra_inputs kontext_images` |
| Qwen-Image-Edit | `--data_file_keys image,edit_image --extra_inputs edit_image` |

Keep `--max_pixels` at or above the pixels of a picture: scaling blends colours that mean something.
"""


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    for split in splits:
        yield f"{split.name}/metadata.csv", _lines(split)
    yield "README.md", [_README.format(split=splits[0].name)]


def _lines(split: Split) -> Iterator[str]:
    yield _line(_COLUMNS)
    for entry in split.entries():
        yield _line(entry[name] for name in _COLUMNS.values())


def _line(values: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue()


DIFFSYNTH = TrainerFormat("DiffSynth-Studio: FLUX.1 Kontext, Qwen-Image-Edit", write_pairs, _index)
