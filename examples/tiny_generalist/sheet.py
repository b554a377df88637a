"""Draws what the painter made beside the truth: picture, painted and target of rows of each task, with their prompts.

    python -m examples.tiny_generalist.sheet out/tiny out/painted sheet.png --split test

Rows are drawn at random, of another scene each; none is chosen by how well it came out.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from scenegen.dataset import open_dataset
from scenegen.dataset.rows import DecodedTriplet, Triplets
from scenegen.dataset.sheet_caption import Caption, laid_out
from scenegen.encoders import ENCODERS
from scenegen.evaluate.predictions import read_picture

_SIDE_PX, _GAP_PX, _ROWS = 160, 4, 4
_TEXT_PX = 3 * _SIDE_PX + 2 * _GAP_PX
_LINES = 4


def draw_sheet(rows: Sequence[DecodedTriplet], predictions: Path) -> Image.Image:
    """Returns a sheet with a line for each task: four times picture, painted, target."""
    tasks = [[row for row in rows if row.task == task] for task in ENCODERS]
    parts = [[_part(row, predictions) for row in of_task] for of_task in tasks]
    width_px, height_px = parts[0][0].size
    sheet = Image.new("RGB", ((width_px + 24) * _ROWS + 24, (height_px + 12) * len(parts) + 24), "white")
    for line, of_task in enumerate(parts):
        for column, part in enumerate(of_task):
            sheet.paste(part, (24 + column * (width_px + 24), 24 + line * (height_px + 12)))
    return sheet


def drawn(triplets: Triplets, seed: int = 0) -> list[DecodedTriplet]:
    """Returns four rows of each task, at random, all of a task of different scenes."""
    rng = np.random.default_rng(seed)
    scenes, tasks = triplets.column("scene_id"), triplets.column("task")
    chosen = []
    for task in ENCODERS:
        seen: dict[str, int] = {}
        for row in rng.permutation([place for place, each in enumerate(tasks) if each == task]).tolist():
            seen.setdefault(scenes[row], row)
        chosen += [triplets[row] for row in list(seen.values())[:_ROWS]]
    return chosen


def _part(row: DecodedTriplet, predictions: Path) -> Image.Image:
    painted = read_picture(predictions / f"{row.sample_id}.png")
    caption = laid_out(Caption(row.prompt, most_lines=_LINES), _TEXT_PX)
    part = Image.new("RGB", (_TEXT_PX, _SIDE_PX + 6 + 17 * _LINES), "white")
    for place, rgb in enumerate((row.input_rgb, painted, row.target_rgb)):
        part.paste(_large(rgb), (place * (_SIDE_PX + _GAP_PX), 0))
    caption.draw(part, (0, _SIDE_PX + 4))
    return part


def _large(rgb: UInt8[np.ndarray, "h w 3"]) -> Image.Image:
    return Image.fromarray(rgb).resize((_SIDE_PX, _SIDE_PX), Image.Resampling.NEAREST)


def main() -> None:
    """Writes the sheet."""
    parser = argparse.ArgumentParser(description="Draw what was painted beside the truth.")
    parser.add_argument("url")
    parser.add_argument("predictions", type=Path)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--split", default="test")
    asked = parser.parse_args()
    draw_sheet(drawn(open_dataset(asked.url).rows(split=asked.split)), asked.predictions).save(asked.sheet)


if __name__ == "__main__":
    main()
