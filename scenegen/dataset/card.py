"""The card of a dataset: OUT/README.md, whose YAML head tells `datasets.load_dataset(OUT)` where the triplets are.

The head names triplets/ only, and only the splits that exist: else `datasets` takes frames/ for a second table, or an
empty pattern for an error. https://huggingface.co/docs/hub/datasets-cards
"""

from collections.abc import Sequence
from itertools import pairwise

import yaml

from scenegen.dataset.card_conventions import conventions, image_format, sizes, tasks_of_a_frame
from scenegen.dataset.card_ingested import ingested_judged, ingested_license
from scenegen.dataset.records import tasks_of
from scenegen.encoders import ENCODERS
from scenegen.renderers import is_witnessed
from schemas.run_record import RunRecord
from schemas.run_spec import RunSpec, SplitSpec
from schemas.scene_draw import recipe_words

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

{triplet_count:,} triplets (image, prompt, target) from {frame_count:,} rendered frames.
Of each frame: {tasks}.
Size: {sizes}. Made by scenegen {version}; `run.json` holds all that it was made from.{frames_from}{appended}

## Reading

```python
from datasets import load_dataset

row = load_dataset("path/to/this/folder", split="{split}")[0]
row["input_image"], row["edit_prompt"], row["edited_image"]  # picture, prompt, picture

from scenegen.dataset.reader import open_triplets
from scenegen.encoders import decode

triplet = open_triplets("path/to/this/folder", split="{split}", task="{task}")[0]
decoded = decode(triplet.target_rgb, triplet.prompt)  # by the prompt alone: an array, as below
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
| `legend` | of a segmentation target, for each entry: `label`, `rgb`, `instance_ids`, `pixels`, `decodable` |
| `asset_ids` | models that stand in the scene |
{frames}
## Conventions

{conventions}

## How far to trust it

{judged}
The footer of each triplets file names every triplet that is missing since its frame shows nothing to ask for.
`scenegen validate` holds every row against the plan and every target against the exact buffers.

## Licence

{licence}
"""

_LICENCE = "The models that stand in the scenes keep theirs: see [ATTRIBUTION.md](ATTRIBUTION.md)."

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

_FRAMES_FROM = """
The frames are those of an earlier run, encoded anew; the digest of its record is
`{digest}`."""

_APPENDED = """

{units} appended: of each frame {tasks}. Size: {sizes}. Made by scenegen {version}; `{path}` holds all that
went into it."""

_JUDGED = """\
Every view was judged before and after it was rendered; one that did not pass was replaced by the next candidate of its
scene. The footer of each triplets file (key `scenegen`) names every rejected candidate with its gate and figure."""
_JUDGED_BEFORE = (
    "Every view was judged by the run that rendered it, whose folder `scenegen validate --frames` asks for."
)
_ASIDE = """
Frames whose buffers the renderer's own passes did not confirm are kept in `failures/`, with the reason."""


def card(records: Sequence[RunRecord], splits: Sequence[str], triplet_count: int, frame_count: int) -> str:
    """Returns README.md of a dataset that holds these splits (those with a committed unit) and so many rows.

    `records`: of its run, and of the generations that were appended to it.
    """
    record = records[0]
    spec = record.spec
    splits = [split for split in SplitSpec.model_fields if split in splits]  # the first is what the hub shows
    name = "; ".join(dict.fromkeys(_name(each.spec) for each in records))
    head = {
        "pretty_name": name,
        "license": "other",
        "license_name": "see-attribution",
        "license_link": "ATTRIBUTION.md",
        "task_categories": ["image-to-image"],
        "tags": ["synthetic", "image-editing", *dict.fromkeys(ENCODERS[task].tag for task in tasks_of(records))],
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
        image_format=" or ".join(dict.fromkeys(image_format(each.spec) for each in records)),
        tasks=tasks_of_a_frame(spec),
        frames_from=_FRAMES_FROM.format(digest=record.frames_from) if record.frames_from else "",
        appended="".join(map(_appended, records[1:])),
        version=record.versions["scenegen"],
        split=splits[0],
        task=spec.tasks[0],
        conventions="\n".join(map(_item, _conventions(records))),
        frames=_frames(records),
        judged=_judged(record),
        licence=_LICENCE if record.ingested is None else ingested_license(record.ingested),
    )
    return f"---\n{yaml.safe_dump(head, sort_keys=False)}---\n\n{text}"


def _name(spec: RunSpec) -> str:
    epoch = f", epoch {spec.epoch}" if spec.epoch else ""
    return f"scenegen {recipe_words(spec)}, seed {spec.seed}{epoch}"


def _appended(record: RunRecord) -> str:
    spec, version = record.spec, record.versions["scenegen"]
    tasks = tasks_of_a_frame(spec)
    were = "were" if len(record.units) > 1 else "was"
    return _APPENDED.format(
        units=f"{_units(record)} {were}", tasks=tasks, sizes=sizes(spec.camera), version=version, path=record.path
    )


def _units(record: RunRecord) -> str:
    first, last = record.units[0].index, record.units[-1].index
    return f"Units {first} to {last}" if last > first else f"Unit {first}"


def _conventions(records: Sequence[RunRecord]) -> list[str]:
    """Returns the conventions; before those that don't hold for all units stands for which they do."""
    of_each = [conventions(record) for record in records]
    found = []
    for line in dict.fromkeys(line for lines in of_each for line in lines):
        having = [record for record, lines in zip(records, of_each, strict=True) if line in lines]
        only = "" if len(having) == len(records) else f"{', '.join(map(_units, having))}: "
        found.append(f"{only}{line}")
    return found


def _frames(records: Sequence[RunRecord]) -> str:
    kept = [record.spec.render.renderer for record in records if record.spec.keep_frames]
    agreement = _WITNESSED if any(map(is_witnessed, kept)) else _UNWITNESSED
    return _FRAMES.format(agreement=agreement) if kept else ""


def _judged(record: RunRecord) -> str:
    if record.ingested is not None:
        return ingested_judged(record.ingested, record.spec.scenes)
    if record.frames_from:
        return _JUDGED_BEFORE
    return f"{_JUDGED}{_ASIDE if is_witnessed(record.spec.render.renderer) else ''}"


def _item(markdown: str) -> str:
    return "- " + markdown.replace("\n", "\n  ")


def _size_category(triplet_count: int) -> str:
    if triplet_count < _SIZES["1K"]:
        return "n<1K"
    return next((f"{low}<n<{high}" for low, high in pairwise(_SIZES) if triplet_count < _SIZES[high]), "n>1T")
