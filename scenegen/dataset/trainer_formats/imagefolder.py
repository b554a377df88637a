"""imagefolder: what `datasets.load_dataset("imagefolder", data_dir=...)` reads as a table of two image columns.

    train/metadata.jsonl    input_image_file_name, edited_image_file_name, edit_prompt, ...
    train/input_image/      train/edited_image/

A key that ends in `_file_name` becomes an image column without that ending; the names are those of diffusers'
InstructPix2Pix. https://huggingface.co/docs/datasets/image_dataset and datasets 5.2.0,
packaged_modules/folder_based_builder. The head of README.md keeps the splits' own names, which `datasets` would change.
"""

import json
from collections.abc import Iterator, Sequence

import yaml

from scenegen.dataset.trainer_formats.pairs import write_pairs
from scenegen.dataset.trainer_formats.trainer_format import Entry, Split, TextFile, TrainerFormat

_IMAGES = ("input_image", "edited_image")
_README = """\
---
{head}---

# Pairs of pictures as an imagefolder

```python
from datasets import load_dataset

rows = load_dataset("{at}", split="{split}")  # here or streaming=True
rows[0]["input_image"], rows[0]["edit_prompt"], rows[0]["edited_image"]
```

Or `load_dataset("imagefolder", data_dir="{at}")`, which diffusers' examples call with `--train_data_dir`.
"""


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    for split in splits:
        yield f"{split.name}/metadata.jsonl", (f"{json.dumps(_line(entry))}\n" for entry in split.entries())
    data_files = [{"split": split.name, "path": f"{split.name}/**"} for split in splits]
    head = yaml.safe_dump({"configs": [{"config_name": "default", "data_files": data_files}]}, sort_keys=False)
    yield "README.md", [_README.format(head=head, at="path/to/this/folder", split=splits[0].name)]


def _line(entry: Entry) -> Entry:
    return {f"{name}_file_name" if name in _IMAGES else name: value for name, value in entry.items()}


IMAGEFOLDER = TrainerFormat("Hugging Face datasets' imagefolder", write_pairs, _index)
