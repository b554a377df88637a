"""Paints a split's targets from pictures and prompts alone: `<sample_id>.png` each, as `scenegen evaluate` takes them.

What knows no left and right is painted twice, of the picture and of its mirror image, and averaged before a colour is
chosen.

python -m examples.tiny_generalist.paint out/tiny.pt out/tiny out/painted --split test
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from torch import Tensor

from examples.tiny_generalist.model import Painter
from examples.tiny_generalist.words import ASKED, Prompts, Vocabulary
from scenegen.dataset import open_dataset
from scenegen.dataset.png import encode_png

Pictures = Sequence[UInt8[np.ndarray, "h w 3"]]


def painter_of(checkpoint: Path) -> Callable[[Pictures, Sequence[str]], Pictures]:
    """Returns (pictures, prompts) -> what the averaged weights of a checkpoint paint."""
    state = torch.load(checkpoint)
    vocabulary = Vocabulary(state["words"])
    averaged = torch.optim.swa_utils.AveragedModel(Painter(len(vocabulary))).eval()
    averaged.load_state_dict(state["averaged"])

    @torch.inference_mode()
    def paint(pictures: Pictures, prompts: Sequence[str]) -> Pictures:
        images = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
        read = vocabulary.read(prompts)
        alone = averaged(images, read)
        agreed = alone.agreed(averaged(images.flip(3), read))
        rgb = torch.where(has_no_sides(read)[:, None, None, None], agreed.rgb(), alone.rgb())
        return list((rgb * 255).round().byte().permute(0, 2, 3, 1).numpy())

    return paint


def has_no_sides(prompts: Prompts) -> Tensor:
    """Returns which prompts (bool, b) a mirrored picture answers too: those that know no left and right."""
    return torch.tensor([each not in {"instance", "referring"} for each in ASKED])[prompts.asked]


def main() -> None:
    """Paints all rows of a split."""
    parser = argparse.ArgumentParser(description="Paint what a split asks for.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("url")
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--split", default="test")
    asked = parser.parse_args()
    paint = painter_of(asked.checkpoint)
    rows = open_dataset(asked.url).rows(split=asked.split)
    asked.predictions.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(rows), 32):
        some = list(rows[start : start + 32])
        made = paint([row.input_rgb for row in some], [row.prompt for row in some])
        for row, rgb in zip(some, made, strict=True):
            (asked.predictions / f"{row.sample_id}.png").write_bytes(encode_png(rgb))
    print(f"painted {len(rows)}")


if __name__ == "__main__":
    main()
