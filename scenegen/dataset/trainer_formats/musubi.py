"""musubi: dataset.toml and metadata.jsonl for musubi-tuner (FLUX.1 Kontext, FLUX.2, Qwen-Image-Edit).

    {"image_path": the target, "control_path": the input, "caption": ...}    paths are absolute

JSONL, not `control_directory`: that one holds each image's name against all of its controls, in quadratic time.
`resolution` is the largest size of a picture, and `bucket_no_upscale` leaves smaller ones as they are.
github.com/kohya-ss/musubi-tuner at 30c658c (v0.3.4, 2026-06-24), docs/dataset_config.md,
src/musubi_tuner/dataset/{config_utils,datasources,image_video_dataset}.py.
"""

import json
from collections.abc import Iterator, Sequence

from scenegen.dataset.trainer_formats.pairs import write_pairs
from scenegen.dataset.trainer_formats.trainer_format import Entry, Split, TextFile, TrainerFormat

_TOML = """\
[general]
resolution = [{width_px}, {height_px}]
batch_size = 1
enable_bucket = {enable_bucket}
bucket_no_upscale = true

[[datasets]]
image_jsonl_file = {jsonl}
cache_directory = {cache}
num_repeats = 1
# For Qwen-Image-Edit and FLUX.2 see control_resolution and no_resize_control in musubi-tuner's docs/dataset_config.md.
"""
_README = """\
# Pairs of pictures for musubi-tuner

Give `--dataset_config {folder}/dataset.toml` to the scripts that cache latents and text encoder outputs, and to the
training script, such as `flux_kontext_train_network.py`. What they cache goes to `{folder}/cache`.
"""


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    for split in splits:
        yield f"{split.name}/metadata.jsonl", (f"{json.dumps(_line(split, entry))}\n" for entry in split.entries())
        yield f"{split.name}/dataset.toml", [_toml(split)]
    yield "README.md", [_README.format(folder=splits[0].folder)]


def _line(split: Split, entry: Entry) -> Entry:
    return {
        "image_path": f"{split.folder}/{entry['edited_image']}",
        "control_path": f"{split.folder}/{entry['input_image']}",
        "caption": entry["edit_prompt"],
    }


def _toml(split: Split) -> str:
    sizes = {(entry["width_px"], entry["height_px"]) for entry in split.entries()}
    width_px, height_px = max(sizes, key=lambda size: (size[0] * size[1], size))
    return _TOML.format(
        width_px=width_px,
        height_px=height_px,
        enable_bucket="true" if len(sizes) > 1 else "false",
        jsonl=_string(f"{split.folder}/metadata.jsonl"),
        cache=_string(f"{split.folder}/cache"),
    )


def _string(text: str) -> str:
    """Returns a TOML string: JSON's escapes are among TOML's, but for those of characters above U+FFFF."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


MUSUBI = TrainerFormat("musubi-tuner: FLUX.1 Kontext, FLUX.2, Qwen-Image-Edit", write_pairs, _index, absolute=True)
