"""webdataset: a tar for each unit; each row is a run of files that share a name up to the first dot.

    <sample_id>.input_image.png|jpg, .edited_image.png, .edit_prompt.txt, .json

Read by webdataset (github.com/webdataset/webdataset, 1.0.2 from PyPI: tariterators, autodecode), by
`load_dataset("webdataset", ...)` of datasets 5.2.0, and by whatever reads a tar. `.json` has the same keys in each row,
as the latter asks. Headers are the same whenever and by whomever they are written: ustar, time 0, owner 0.
"""

import io
import json
import tarfile
from collections.abc import Iterator, Sequence

from scenegen.dataset.stored_image import image_name
from scenegen.dataset.trainer_formats.pairs import entry_of
from scenegen.dataset.trainer_formats.trainer_format import Entry, Folder, Part, Split, TextFile, TrainerFormat
from schemas.triplet import Triplet

_README = """\
# Pairs of pictures as a WebDataset

```python
from glob import glob

import webdataset

shards = sorted(glob("path/to/this/folder/{split}/*.tar"))
rows = webdataset.WebDataset(shards, shardshuffle=100).shuffle(1000).decode("pil")
rows = rows.to_tuple("input_image.png;input_image.jpg", "edit_prompt.txt", "edited_image.png", "json")
```

Or `datasets.load_dataset("webdataset", data_files={{"train": shards}}, split="train", streaming=True)`.
"""


def _write_part(part: Part, folder: Folder) -> list[Entry]:
    entries = []
    with (
        folder.writing(f"{part.unit}.tar") as file,
        tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for triplet in part.triplets():
            entry = entry_of(triplet)
            for name, data in _members(triplet, entry):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
            entries.append(entry)
    return entries


def _members(triplet: Triplet, entry: Entry) -> Iterator[tuple[str, bytes]]:
    name = triplet.sample_id
    yield image_name(f"{name}.input_image", triplet.input_image_bytes), triplet.input_image_bytes
    yield image_name(f"{name}.edited_image", triplet.target_png), triplet.target_png
    yield f"{name}.edit_prompt.txt", triplet.edit_prompt.encode()
    yield f"{name}.json", json.dumps(entry).encode()


def _index(splits: Sequence[Split]) -> Iterator[TextFile]:
    yield "README.md", [_README.format(split=splits[0].name)]


WEBDATASET = TrainerFormat("WebDataset: tar shards", _write_part, _index)
