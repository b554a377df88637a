"""The card of a dataset: OUT/README.md, whose YAML head tells `datasets.load_dataset(OUT)` where the triplets are.

The head names triplets/ only, and only the splits that exist: else `datasets` takes frames/ for a second table, or an
empty pattern for an error. https://huggingface.co/docs/hub/datasets-cards
"""

from collections.abc import Sequence
from itertools import pairwise

import yaml

from scenegen.dataset.card_conventions import conventions, image_format, sizes
from scenegen.encoders import ENCODERS
from scenegen.renderers import is_witnessed
from schemas.run_record import RunRecord

_SIZES = {
    "1K": 10**3,
    "10K": 10**4,
    "100K": 10**5,
    "1M": 10**6,
    "10M": 10**7,
    "100M": 10**8,
    "1B": 10**9,
    "10B": 10**10,
    "100B": 10**11,
    "1T": 10**12,
}
"""The Hub's bounds between its categories of size."""

_TEXT = """\
# {name}

{triplet_count:,} triplets (image, prompt, target) from {frame_count:,} rendered frames, each asked for as {tasks}.
Size: {sizes}. Made by scenegen {version}; `run.json` holds all that it was made from.

## Reading

```python
from datasets import load_dataset

row = load_dataset("path/to/this/folder", split="{split}")[0]
row["input_image"], row["edit_prompt"], row["edited_image"]  # picture, prompt, picture

from scenegen.dataset.reader import open_triplets
from scenegen.encoders import ENCODERS

triplet = open_triplets("path/to/this/folder", split="{split}", task="{task}")[0]
decoded = ENCODERS["{task}"].decode(triplet.target_rgb)  # an array, as below
```

## Columns

| column | what it holds |
|---|---|
| `sample_id` `frame_id` `scene_id` | names of the row, of its view, of its scene |
| `task` `split` `recipe` | what is asked for, which split, which kind of scene |
| `input_image` `edit_prompt` `edited_image` | the triplet; {image_format} |
| `width_px` `height_px` | size of both images |
| `seed` | of the row's own random draws |
| `intrinsics` | K, 3 x 3, row after row, pixels |
| `cam2world` | camera pose, 4 x 4, row after row, metres |
| `z_depth_min_m` `z_depth_max_m` | nearest and farthest surface; NaN where there is none |
| `codec` `codec_params` | name of the target's encoding, and its parameters as JSON |
| `legend` | for segmentation targets: label, colour, instances and pixels of each entry |
| `asset_ids` | models that stand in the scene |
{frames}
## Conventions

{conventions}

## How far to trust it

Every view was judged before and after it was rendered; one that did not pass was replaced by the next candidate of its
scene. The footer of each triplets file (key `scenegen`) names every rejected candidate with its gate and figure.{aside}
`scenegen validate` holds every row against the plan and every target against the exact buffers.

## Licence

The models that stand in the scenes keep theirs: see [ATTRIBUTION.md](ATTRIBUTION.md).
"""

_FRAMES = """
## Frames

`frames/` holds one row for each frame, with the names and the camera as above, and:

| column | what it holds |
|---|---|
| `image` | the picture, as in the triplets |
| `exr` | the exact buffers: float32 `z_depth_m`, `normal_cam.X/Y/Z`, uint32 `instance_id`, `class_id`, `material_id` |
| `plan` `view_index` | the scene as JSON, and which of its candidate views this is |
| `objects` `materials` | what the frame shows, by id, with the pixels of each |
| `agreement` | {agreement} |
| `verdicts` | what each gate measured: `gate`, `figure`, `passed` |

Where there is no surface, depth is infinite, the normal zero, and every id 0.
"""

_WITNESSED = (
    "how far the renderer's own passes confirm the buffers: `same_share`, the share of the pixels with the same object "
    "and depth; `z_error_p999`, the 99.9th percentile of the relative difference of depth"
)
_UNWITNESSED = "NaN: this renderer has no passes of its own that could confirm the buffers"

_ASIDE = """
Frames whose buffers the renderer's own passes did not confirm are kept in `failures/`, with the reason."""


def card(record: RunRecord, splits: Sequence[str], triplet_count: int, frame_count: int) -> str:
    """Returns README.md of a dataset that holds these splits (those with a committed unit) and so many rows."""
    spec = record.spec
    name = f"scenegen {spec.recipe}, seed {spec.seed}"
    witnessed = is_witnessed(spec.render.renderer)
    head = {
        "pretty_name": name,
        "license": "other",
        "license_name": "see-attribution",
        "license_link": "ATTRIBUTION.md",
        "task_categories": ["image-to-image"],
        "tags": ["synthetic", "image-editing", *(ENCODERS[task].tag for task in spec.tasks)],
        "size_categories": [_size_category(triplet_count)],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": f"triplets/{split}/*.parquet"} for split in splits],
            }
        ],
    }
    text = _TEXT.format(
        name=name,
        triplet_count=triplet_count,
        frame_count=frame_count,
        sizes=sizes(spec.camera),
        image_format=image_format(spec),
        tasks=" and as ".join(spec.tasks),
        version=record.versions["scenegen"],
        split=splits[0],
        task=spec.tasks[0],
        conventions="\n".join(map(_item, conventions(spec))),
        frames=_FRAMES.format(agreement=_WITNESSED if witnessed else _UNWITNESSED) if spec.keep_frames else "",
        aside=_ASIDE if witnessed else "",
    )
    return f"---\n{yaml.safe_dump(head, sort_keys=False)}---\n\n{text}"


def _item(markdown: str) -> str:
    return "- " + markdown.replace("\n", "\n  ")


def _size_category(triplet_count: int) -> str:
    if triplet_count < _SIZES["1K"]:
        return "n<1K"
    return next((f"{low}<n<{high}" for low, high in pairwise(_SIZES) if triplet_count < _SIZES[high]), "n>1T")
