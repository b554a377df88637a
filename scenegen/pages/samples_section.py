"""Samples by task on a page: picture and target side by side, both small, with the prompt and its legend.

A target is thinned, not scaled: each pixel shown is one of the target's own. Names, prompts and labels are text.
"""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from scenegen.dataset.jpeg import encode_jpeg
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.png import decode_png, encode_png
from scenegen.encoders import ENCODERS
from scenegen.pages.document import picture_url
from scenegen.pages.prompt_text import prompt_html
from schemas.errors import DatasetError
from schemas.triplet import Triplet

_SIDE_PX = 192
_QUALITY = 82


def samples_section(samples: Mapping[str, Sequence[Triplet]]) -> str:
    """Returns the HTML of some triplets by task; what can't be shown is left out."""
    parts = "".join(_of_task(task, rows) for task, rows in samples.items())
    return f'<section id="samples"><h2>Samples by task</h2>{parts}</section>'


def _of_task(task: str, rows: Sequence[Triplet]) -> str:
    shown = "".join(map(_sample, rows)) or '<p class="quiet">none could be read</p>'
    return f'<h3 class="task">{escape(task)}</h3><div class="samples">{shown}</div>'


def _sample(row: Triplet) -> str:
    try:
        picture, target = _small_picture(row.input_image_bytes), _small_target(row.target_png)
        prompt = prompt_html(row) if row.task in ENCODERS else f'<p class="prompt">{escape(row.edit_prompt)}</p>'
    except DatasetError:
        return ""
    name = escape(row.sample_id)
    return (
        f'<figure class="sample"><div class="pair">{_image(picture, f"picture of {name}")}'
        f"{_image(target, f'target of {name}')}</div><figcaption>{name} · {escape(row.split)}</figcaption>"
        f"{prompt}</figure>"
    )


def _image(data: bytes, told: str) -> str:
    return f'<img src="{picture_url(data)}" alt="{told}">'


def _small_picture(stored: bytes) -> bytes:
    rgb = decode_picture(stored)
    if max(rgb.shape) <= _SIDE_PX:
        return stored
    picture = Image.fromarray(rgb)
    picture.thumbnail((_SIDE_PX, _SIDE_PX), Image.Resampling.LANCZOS)
    return encode_jpeg(np.asarray(picture), _QUALITY)


def _small_target(stored: bytes) -> bytes:
    rgb = decode_png(stored)
    return stored if max(rgb.shape) <= _SIDE_PX else encode_png(_thinned(rgb))


def _thinned(rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "rows columns 3"]:
    share = _SIDE_PX / max(rgb.shape)
    rows, columns = (
        ((np.arange(max(1, round(side * share))) + 0.5) / share).astype(np.int64).clip(max=side - 1)
        for side in rgb.shape[:2]
    )
    return np.ascontiguousarray(rgb[rows][:, columns])
