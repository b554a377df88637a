"""Paints what a split asks for with a trained LoRA: `<sample_id>.png` each, as `scenegen evaluate` takes them.

python -m examples.lora_editor.paint examples/lora_editor/klein.yaml out/painted
"""

import sys
from pathlib import Path

import torch
from diffusers import Flux2KleinPipeline
from PIL import Image

from examples.lora_editor.config import read_config
from scenegen.dataset import open_dataset


def main() -> None:
    """Paints the test split, each row from the same noise; guidance would drive colours past those that are asked."""
    config, predictions = read_config(Path(sys.argv[1])), Path(sys.argv[2])
    editor = Flux2KleinPipeline.from_pretrained(config.model, torch_dtype=torch.bfloat16).to("cuda")
    editor.load_lora_weights(config.output)
    predictions.mkdir(parents=True, exist_ok=True)
    for row in open_dataset(config.data).rows(split="test"):
        painted = editor(
            image=Image.fromarray(row.input_rgb),
            prompt=row.prompt,
            width=row.width_px,
            height=row.height_px,
            guidance_scale=1.0,
            num_inference_steps=28,
            max_sequence_length=config.prompt_tokens,
            generator=torch.Generator("cuda").manual_seed(0),
        ).images[0]
        painted.save(predictions / f"{row.sample_id}.png")


if __name__ == "__main__":
    main()
