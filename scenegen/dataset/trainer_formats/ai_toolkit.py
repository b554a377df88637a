"""ai-toolkit: target/, control/ and captions for ostris/ai-toolkit, with a job that trains a LoRA on them.

    target/<sample_id>.png, .txt    control/<sample_id>.png|jpg    job.yaml

A control has the name of its target, so a picture is written once for each row that asks something of it.
github.com/ostris/ai-toolkit at 27a03a9 (0.12.26, 2026-08-21), config/examples/train_lora_flux_kontext_24gb.yaml,
toolkit/{data_loader,dataloader_mixins,config_modules}.py.

The job flips and shuffles nothing and drops no caption: left and right, words and colours mean something.
"""

from collections.abc import Iterator, Sequence
from math import isqrt
from typing import Any

import yaml

from scenegen.dataset.stored_image import image_name
from scenegen.dataset.trainer_formats.pairs import entry_of
from scenegen.dataset.trainer_formats.trainer_format import Entry, Folder, Part, Split, TextFile, TrainerFormat

_README = """\
# Pairs of pictures for ai-toolkit

    python run.py {folder}/job.yaml

trains a LoRA of FLUX.1 Kontext. For another editor set `model.name_or_path` and `model.arch`, as in ai-toolkit's
`config/examples`; `datasets` stays as it is.
"""


def _write_part(part: Part, folder: Folder) -> list[Entry]:
    entries = []
    for triplet in part.triplets():
        control = f"control/{image_name(triplet.sample_id, triplet.input_image_bytes)}"
        target = f"target/{image_name(triplet.sample_id, triplet.target_png)}"
        folder.put(control, triplet.input_image_bytes)
        folder.put(target, triplet.target_png)
        folder.put(f"target/{triplet.sample_id}.txt", triplet.edit_prompt.encode())
        entries.append(entry_of(triplet) | {"control": control, "target": target})
    return entries


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    for split in splits:
        yield f"{split.name}/job.yaml", [yaml.safe_dump(_job(split), sort_keys=False)]
    yield "README.md", [_README.format(folder=splits[0].folder)]


def _job(split: Split) -> dict[str, Any]:
    process = {
        "type": "sd_trainer",
        "training_folder": "output",
        "device": "cuda:0",
        "network": {"type": "lora", "linear": 16, "linear_alpha": 16},
        "save": {"dtype": "float16", "save_every": 250, "max_step_saves_to_keep": 4},
        "datasets": [_dataset(split)],
        "train": {
            "batch_size": 1,
            "steps": 3000,
            "gradient_accumulation_steps": 1,
            "train_unet": True,
            "train_text_encoder": False,
            "gradient_checkpointing": True,
            "noise_scheduler": "flowmatch",
            "optimizer": "adamw8bit",
            "lr": 1e-4,
            "timestep_type": "weighted",
            "disable_sampling": True,
            "dtype": "bf16",
        },
        "model": {"name_or_path": "black-forest-labs/FLUX.1-Kontext-dev", "arch": "flux_kontext", "quantize": True},
    }
    return {"job": "extension", "config": {"name": f"scenegen_{split.name}", "process": [process]}}


def _dataset(split: Split) -> dict[str, Any]:
    areas_px = [entry["width_px"] * entry["height_px"] for entry in split.entries()]
    return {
        "folder_path": f"{split.folder}/target",
        "control_path": f"{split.folder}/control",
        "caption_ext": "txt",
        "caption_dropout_rate": 0.0,
        "shuffle_tokens": False,
        "flip_x": False,
        "cache_latents_to_disk": True,
        "resolution": [isqrt(max(areas_px) - 1) + 1],  # no picture has more pixels than its square: none is scaled
    }


AI_TOOLKIT = TrainerFormat("ostris/ai-toolkit: FLUX.1 Kontext and other editors", _write_part, _index, absolute=True)
