"""Baselines to hold the painter against: the best constant of each task, and another row's target.

    python -m examples.tiny_generalist.baselines out/tiny out/constant out/shuffled --split test

Constants are fitted on the training split and read the prompt, which makes them stronger than one colour could be:
depth      the metres with the least mean AbsRel, in the colours that the prompt asks for
normals    of 200 directions the one with the least mean angle
semantic   all of the picture in the colour of that class of the legend which covered most where it was asked for
referring  all of it in the first expression's colour
instance   all of it as one object

Shuffled: the target of another scene's row of the same task, drawn at random.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Float, UInt8

from scenegen.dataset import open_dataset
from scenegen.dataset.png import encode_png
from scenegen.dataset.rows import DecodedTriplet
from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.prompts import parse_prompt
from scenegen.evaluate.cases import DEPTH_RANGE_M
from schemas.frame import GBuffer

Rgb = UInt8[np.ndarray, "h w 3"]
Constant = Callable[[DecodedTriplet], Rgb]


def fitted(train: Iterable[DecodedTriplet]) -> dict[str, Constant]:
    """Returns for each task what paints its best constant."""
    of_task = defaultdict(list)
    for row in train:
        of_task[row.task].append(row)
    z_depth_m, normal = best_depth_m(of_task["depth"]), best_normal(of_task["normals"])
    cover = cover_of_label(of_task["semantic"])
    print(f"constant: depth {z_depth_m:.2f} m, normal {np.round(normal, 2).tolist()}")
    return {
        "depth": lambda row: wall(row, z_depth_m, normal),
        "normals": lambda row: wall(row, z_depth_m, normal),
        "semantic": lambda row: _flat(row, max(row.legend, key=lambda entry: cover.get(entry.label, 0.0)).rgb),
        "referring": lambda row: _flat(row, row.legend[0].rgb),
        "instance": lambda row: _flat(row, [(c + 128) % 256 for c in parse_prompt(row.prompt).background_rgb]),
    }


def _flat(row: DecodedTriplet, rgb: Sequence[int]) -> Rgb:
    return np.full((row.height_px, row.width_px, 3), rgb, np.uint8)


def wall(row: DecodedTriplet, z_depth_m: float, normal: Float[np.ndarray, "3"]) -> Rgb:
    """Returns one wall before the camera, as the row's prompt wants it drawn."""
    shape = row.height_px, row.width_px
    nothing = np.ones(shape, np.int32)
    wall = GBuffer(
        np.full(shape, z_depth_m, np.float32), np.tile(normal.astype(np.float32), (*shape, 1)), *[nothing] * 3
    )
    return ENCODERS[row.task].codec_of(parse_prompt(row.prompt), ()).encode(wall)


def best_depth_m(rows: Iterable[DecodedTriplet]) -> float:
    """Returns the depth with the least AbsRel, the mean over the images' means."""
    tried = np.geomspace(*DEPTH_RANGE_M, 200)
    errors = [_abs_rel(tried, decode(row.target_rgb, row.prompt)) for row in rows]
    return float(tried[np.nanmean(errors, axis=0).argmin()])


def _abs_rel(tried_m: Float[np.ndarray, " n"], true_m: Float[np.ndarray, "h w"]) -> Float[np.ndarray, " n"]:
    low_m, high_m = DEPTH_RANGE_M
    counted = true_m[(true_m >= low_m) & (true_m <= high_m)]
    if not len(counted):
        return np.full(len(tried_m), np.nan)
    return np.array([(np.abs(each - counted) / counted).mean() for each in tried_m])


def best_normal(rows: Iterable[DecodedTriplet]) -> Float[np.ndarray, "3"]:
    """Returns the direction with the least mean angle, the mean over the images' means."""
    tried = _directions(200)
    errors = []
    for row in rows:
        true = decode(row.target_rgb, row.prompt).reshape(-1, 3)
        true = true[true.any(axis=1)]
        if len(true):
            errors.append(np.degrees(np.arccos(np.clip(tried @ true.T, -1, 1))).mean(axis=1))
    return tried[np.mean(errors, axis=0).argmin()]


def _directions(count: int) -> Float[np.ndarray, "n 3"]:
    """Returns directions toward the camera, spread evenly over the half sphere."""
    z = (np.arange(count) + 0.5) / count
    turn = np.arange(count) * np.pi * (1 + 5**0.5)
    return np.stack([np.cos(turn) * np.sqrt(1 - z * z), np.sin(turn) * np.sqrt(1 - z * z), z], axis=1)


def cover_of_label(rows: Iterable[DecodedTriplet]) -> dict[str, float]:
    """Returns the mean share of the picture that each class covers where it is asked for."""
    shares = defaultdict(list)
    for row in rows:
        for entry in row.legend:
            shares[entry.label].append(entry.pixels / (row.width_px * row.height_px))
    return {label: sum(each) / len(each) for label, each in shares.items()}


def shuffled(rows: Sequence[DecodedTriplet], seed: int = 0) -> list[Rgb]:
    """Returns for each row the target of another scene's row of its task."""
    rng = np.random.default_rng(seed)
    others = [
        [other for other in rows if other.task == row.task and other.scene_id != row.scene_id] or [row] for row in rows
    ]
    return [each[int(rng.integers(len(each)))].target_rgb for each in others]


def main() -> None:
    """Writes both baselines' pictures for a split, as `scenegen evaluate` takes them."""
    parser = argparse.ArgumentParser(description="Write the baselines' predictions.")
    parser.add_argument("url")
    parser.add_argument("constant", type=Path)
    parser.add_argument("shuffled", type=Path)
    parser.add_argument("--split", default="test")
    asked = parser.parse_args()
    dataset = open_dataset(asked.url)
    rows, constants = list(dataset.rows(split=asked.split)), fitted(dataset.rows(split="train"))
    _write(asked.constant, rows, [constants[row.task](row) for row in rows])
    _write(asked.shuffled, rows, shuffled(rows))


def _write(folder: Path, rows: Sequence[DecodedTriplet], pictures: Sequence[Rgb]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for row, rgb in zip(rows, pictures, strict=True):
        (folder / f"{row.sample_id}.png").write_bytes(encode_png(rgb))


if __name__ == "__main__":
    main()
