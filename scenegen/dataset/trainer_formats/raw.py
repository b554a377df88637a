"""raw: each frame as a picture, an EXR of its exact buffers, and a JSON of its camera and of what it shows.

    <frame_id>.png|jpg    <frame_id>.exr    <frame_id>.json    frames.jsonl: the names, a line for each frame

A frame comes where a row of it is asked for. Files are those that the dataset stores, byte by byte.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import ROW_GROUP_ROWS, filled_row, read_column, read_row_group
from scenegen.dataset.places import Located
from scenegen.dataset.stored_image import image_name
from scenegen.dataset.trainer_formats.names import plain
from scenegen.dataset.trainer_formats.trainer_format import Entry, Folder, Part, Split, TextFile, TrainerFormat
from schemas.errors import DatasetError
from schemas.frame import FRAME_COLUMNS
from schemas.scene_plan import square

_README = """\
# Frames: pictures, exact buffers, cameras

| file | what it holds |
|---|---|
| `FRAME.png` or `.jpg` | the picture, sRGB, as the dataset stores it |
| `FRAME.exr` | float32 `z_depth_m`, `normal_cam.X`, `.Y`, `.Z`; uint32 `instance_id`, `class_id`, `material_id` |
| `FRAME.json` | `width_px` `height_px` `intrinsics` `cam2world`; `objects` and `materials` by id, with their pixels |
| `frames.jsonl` | a line for each frame: `frame_id`, `scene_id`, and the names of its files |

- Metres. The world is right-handed, z up.
- `cam2world` is 4 x 4 and acts on column vectors; camera axes are OpenCV's: x right, y down, z forward. For OpenGL's
  and Blender's (y up, z backward): `cam2world @ diag(1, -1, -1, 1)`.
- `intrinsics` is K, 3 x 3, pixels; the centre of the top-left pixel is (0.5, 0.5).
- `z_depth_m` is planar, along the camera's z, not along the ray. The point of a pixel (x, y), counted from 0, in the
  camera is `z_depth_m * inverse(K) @ (x + 0.5, y + 0.5, 1)`. No surface: infinity.
- `normal_cam` is a unit vector, x right, y up, z toward the camera, and faces it. No surface: zero.
- Ids start at 1. No surface: 0.
- Buffers are exact at the pixels' centres and never averaged; the top row comes first.

How glass, holes and bump are treated is said by the README.md of the dataset.

```python
import OpenEXR

channels = OpenEXR.File("FRAME.exr", separate_channels=True).channels()
z_depth_m = channels["z_depth_m"].pixels
```
"""


def _write_part(part: Part, folder: Folder) -> list[Entry]:
    sizes = zip(*(part.rows.column(name) for name in ("width_px", "height_px")), strict=True)
    wanted = dict(zip(part.rows.column("frame_id"), sizes, strict=True))
    return [_written(row, size, folder) for row, size in _frames(part, wanted)]


def _frames(part: Part, wanted: Mapping[str, tuple[int, int]]) -> Iterator[tuple[Mapping[str, Any], tuple[int, int]]]:
    """Yields the rows of the frames file that are wanted, with their sizes."""
    path = _frames_file(part)
    names = read_column(path, "frame_id")
    if missing := wanted.keys() - set(names):
        raise DatasetError(f"{path} has no frame {min(missing)}")
    for start in range(0, len(names), ROW_GROUP_ROWS):
        here = [row for row, name in enumerate(names[start : start + ROW_GROUP_ROWS]) if name in wanted]
        table = read_row_group(path, start // ROW_GROUP_ROWS, FRAME_COLUMNS) if here else None
        for row in here:
            yield filled_row(table, row), wanted[names[start + row]]


def _frames_file(part: Part) -> Located:
    committed = part.rows.files[0]
    footer = unit_footer(committed)
    if footer.frames_sha256 is None:
        raise DatasetError(f"{committed} names no frames file")
    return part.root / footer.unit.frames_path(footer.frames_sha256)


def _written(row: Mapping[str, Any], size: tuple[int, int], folder: Folder) -> Entry:
    name = plain(row["frame_id"], "frame_id")
    picture = image_name(name, row["image"]["bytes"])
    told = {
        **{key: row[key] for key in ("frame_id", "scene_id", "split")},
        "width_px": size[0],
        "height_px": size[1],
        **{key: square(tuple(row[key])).tolist() for key in ("intrinsics", "cam2world")},
        **{key: row[key] for key in ("objects", "materials")},
    }
    folder.put(picture, row["image"]["bytes"])
    folder.put(f"{name}.exr", row["exr"])
    folder.put(f"{name}.json", f"{json.dumps(told, indent=1)}\n".encode())
    names = {"picture": picture, "buffers": f"{name}.exr", "camera": f"{name}.json"}
    return {"frame_id": name, "scene_id": row["scene_id"], **names}


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    for split in splits:
        yield f"{split.name}/frames.jsonl", (f"{json.dumps(entry)}\n" for entry in split.entries())
    yield "README.md", [_README]


RAW = TrainerFormat("no trainer: pictures, EXR and cameras of the frames", _write_part, _index, needs_frames=True)
