"""A page of a dataset: some of its frames, their triplets as they are stored, the truth where the run keeps its frames.

Of a task that is unknown here nothing is shown.
"""

from collections.abc import Iterator
from pathlib import Path

from scenegen.dataset.chosen_frames import Choice, ChosenFrames, open_chosen
from scenegen.dataset.exr import decode_exr
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.frames import read_frame_row
from scenegen.dataset.output import write_output
from scenegen.dataset.places import Located
from scenegen.pages.preview_page import preview_page
from scenegen.pages.shown_frame import ShownFrame, Truth, named

_USUAL = Choice()


def preview_of_dataset(out: str | Located, target: Path, choice: Choice = _USUAL) -> Path:
    """Writes a page of some frames under `out` to `target`, and returns its path.

    Raises InputError where `out` is no dataset with triplets or has no such frames, DatasetError where a row does not
    verify or can't be read, and OutputError where `target` can't be written.
    """
    found = open_chosen(out, choice)
    page = preview_page(found.name, [found.told], shown_frames(found), len(found.chosen))
    write_output(target, page.encode())
    return target


def shown_frames(found: ChosenFrames) -> Iterator[ShownFrame]:
    """Yields the frames that were chosen; raises DatasetError where one can't be read."""
    for frame in found.chosen:
        rows = tuple(row for place in frame.places if (row := found.triplets.stored(place)).task in found.tasks)
        footer = unit_footer(found.triplets.file_of(frame.places.start))
        if not rows:
            continue
        if footer.frames_sha256 is None:
            yield ShownFrame(rows)
        else:
            path = found.root / footer.unit.frames_path(footer.frames_sha256)
            yield ShownFrame(rows, _truth(path, frame.frame_id))


def _truth(path: Located, frame_id: str) -> Truth:
    row = read_frame_row(path, frame_id)
    names = {each["instance_id"]: named(each["class_name"], each["label"]) for each in row["objects"]}
    return Truth(decode_exr(row["exr"]), names)
