"""Pairs: input_image/<frame_id> and edited_image/<sample_id>, the layout that four of the formats share.

A picture is written once, however many rows ask something of it. Files are those that the dataset stores, byte by byte.
"""

from scenegen.dataset.stored_image import image_name
from scenegen.dataset.trainer_formats.trainer_format import Entry, Folder, Part
from schemas.triplet import Triplet


def write_pairs(part: Part, folder: Folder) -> list[Entry]:
    """Writes the pictures of a part; returns its entries, with `input_image` and `edited_image` as names of files."""
    return [_written(triplet, folder) for triplet in part.triplets()]


def entry_of(triplet: Triplet) -> Entry:
    """Returns what an index says of a row, but for the names of its files."""
    names = ("sample_id", "frame_id", "scene_id", "task", "recipe", "edit_prompt", "width_px", "height_px")
    return {name: getattr(triplet, name) for name in names}


def _written(triplet: Triplet, folder: Folder) -> Entry:
    names = {
        "input_image": f"input_image/{image_name(triplet.frame_id, triplet.input_image_bytes)}",
        "edited_image": f"edited_image/{image_name(triplet.sample_id, triplet.target_png)}",
    }
    folder.put(names["input_image"], triplet.input_image_bytes)
    folder.put(names["edited_image"], triplet.target_png)
    return entry_of(triplet) | names
