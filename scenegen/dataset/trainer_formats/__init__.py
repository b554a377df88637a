"""Formats of trainers: a dataset's rows as the files that they read by themselves. One file each, one line here.

`scenegen.dataset.trainer_formats.export` writes them; a single scene for other 3D programs is another thing, see
`scenegen.dataset.exports`.
"""

from scenegen.dataset.trainer_formats.ai_toolkit import AI_TOOLKIT
from scenegen.dataset.trainer_formats.diffsynth import DIFFSYNTH
from scenegen.dataset.trainer_formats.imagefolder import IMAGEFOLDER
from scenegen.dataset.trainer_formats.musubi import MUSUBI
from scenegen.dataset.trainer_formats.omnigen2 import OMNIGEN2
from scenegen.dataset.trainer_formats.raw import RAW
from scenegen.dataset.trainer_formats.trainer_format import TrainerFormat
from scenegen.dataset.trainer_formats.webdataset import WEBDATASET

TRAINER_FORMATS: dict[str, TrainerFormat] = {
    "imagefolder": IMAGEFOLDER,
    "diffsynth": DIFFSYNTH,
    "omnigen2": OMNIGEN2,
    "ai-toolkit": AI_TOOLKIT,
    "musubi": MUSUBI,
    "webdataset": WEBDATASET,
    "raw": RAW,
}
"""Name -> format."""
