"""Mirror: a row left for right, exactly: the picture, its target, the prompt's words, the legend and the camera.

Normals' x changes its sign, so red becomes 255 - red; no surface, (255, 0, 255), stays. Words for left and right change
places in referring expressions; in prompts for normals they speak of the colours' meaning, and stay. The camera
is that of the world mirrored at its plane x = 0, with its own x mirrored too: a rotation again.

Edges: some rows have no mirror image in our words, and are left as they are: objects coloured from left to right (no
prompt says "from right to left"), and classes or captions with a side in their name. Writing in pictures is mirrored.
"""

import re
from dataclasses import replace

import numpy as np
from jaxtyping import UInt8

from scenegen.dataset.rows import DecodedTriplet
from scenegen.encoders.prompts import parse_prompt
from schemas.triplet import LegendEntry

_SIDE = re.compile(r"\b(left|right)(?=most\b|ward\b|\b)", re.IGNORECASE)
_NO_SURFACE = (255, 0, 255)


def mirrored(row: DecodedTriplet) -> DecodedTriplet | None:
    """Returns a row left for right; nothing where no prompt of ours would ask for that."""
    prompt = _mirrored_prompt(row)
    if prompt is None:
        return None
    intrinsics, flip = row.intrinsics.copy(), np.diag([-1.0, 1.0, 1.0, 1.0])
    intrinsics[0, 2] = row.width_px - intrinsics[0, 2]
    target_rgb = np.ascontiguousarray(row.target_rgb[:, ::-1])
    return replace(
        row,
        prompt=prompt,
        input_rgb=np.ascontiguousarray(row.input_rgb[:, ::-1]),
        target_rgb=_mirrored_normals(target_rgb) if row.task == "normals" else target_rgb,
        legend=tuple(_mirrored_entry(entry) for entry in row.legend),
        intrinsics=intrinsics,
        cam2world=flip @ row.cam2world @ flip,
    )


def _mirrored_prompt(row: DecodedTriplet) -> str | None:
    if row.task in {"depth", "normals"} or not _SIDE.search(row.prompt):
        return row.prompt
    if row.task != "referring":
        return None
    prompt = _swapped(row.prompt)
    legend = parse_prompt(prompt).legend
    labels = [entry.label for entry in legend.entries] if legend else []
    return prompt if labels == [_swapped(entry.label) for entry in row.legend] else None


def _mirrored_entry(entry: LegendEntry) -> LegendEntry:
    return replace(entry, label=_swapped(entry.label))


def _mirrored_normals(rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    red = np.where((rgb == _NO_SURFACE).all(axis=-1), rgb[..., 0], 255 - rgb[..., 0])
    return np.dstack([red, rgb[..., 1:]])


def _swapped(text: str) -> str:
    return _SIDE.sub(lambda side: _like(side[0], "right" if side[0].lower() == "left" else "left"), text)


def _like(given: str, word: str) -> str:
    """Returns a word with the capital that another has."""
    return word.capitalize() if given[0].isupper() else word
