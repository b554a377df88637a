"""omnigen2: triplets.jsonl and data.yml, as OmniGen2's fine-tuning reads its X2I data.

    {"task_type": "edit", "instruction": ..., "input_images": [...], "output_image": ...}    paths are absolute
    data: [{path: .../triplets.jsonl, type: edit, ratio: 1.0}]

These four keys and no more: files of other sources are joined to one table. github.com/VectorSpaceLab/OmniGen2 at
0f72fa9 (2025-07-05), docs/FINETUNE.md, data_configs/train/example, omnigen2/dataset/omnigen2_train_dataset.py.
"""

import json
from collections.abc import Iterator, Sequence

import yaml

from scenegen.dataset.trainer_formats.pairs import write_pairs
from scenegen.dataset.trainer_formats.trainer_format import Entry, Split, TextFile, TrainerFormat

_README = """\
# Pairs of pictures for OmniGen2

Set `data.data_path` in `options/ft.yml` or `options/ft_lora.yml` to

    {folder}/data.yml

or name that file beside others in a mixture of your own. At the version read (0f72fa9) `ratio` thins no source: each
comes whole, so give few rows of this (`scenegen export --where`) rather than a small ratio.
Keep `max_output_pixels` at or above the pixels of a picture: scaling blends colours that mean something.
"""


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    for split in splits:
        yield f"{split.name}/triplets.jsonl", (f"{json.dumps(_line(split, entry))}\n" for entry in split.entries())
        source = {"path": f"{split.folder}/triplets.jsonl", "type": "edit", "ratio": 1.0}
        yield f"{split.name}/data.yml", [yaml.safe_dump({"data": [source]}, sort_keys=False)]
    yield "README.md", [_README.format(folder=splits[0].folder)]


def _line(split: Split, entry: Entry) -> Entry:
    return {
        "task_type": "edit",
        "instruction": entry["edit_prompt"],
        "input_images": [f"{split.folder}/{entry['input_image']}"],
        "output_image": f"{split.folder}/{entry['edited_image']}",
    }


OMNIGEN2 = TrainerFormat("OmniGen2's fine-tuning", write_pairs, _index, absolute=True)
