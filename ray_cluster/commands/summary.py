"""What is said at the end of a run: what OUT holds, as its commit records count it, and where to look."""

import shlex

from ray_cluster.holdings import Holdings
from scenegen.dataset.places import Located
from scenegen.dataset.places.bucket_path import BucketPath


def summary_lines(out: Located, held: Holdings, validate_options: str = "") -> list[str]:
    """Returns the counts of a finished run, and the commands that show, check and load it.

    `validate_options`: what `scenegen validate` is told beside OUT, for a shell.
    """
    left_out = f"; {held.omitted} more were left out, for their frames show nothing to ask for" if held.omitted else ""
    folder = shlex.quote(str(out))
    return [
        f"{out} holds {held.frames} frames, {held.triplets} triplets{left_out}",
        f"  look at them:  scenegen preview {folder}",
        f"  check them:    scenegen validate {folder}{validate_options and ' ' + validate_options}",
        f"  load them:     {_loading(out)}",
    ]


def _loading(out: Located) -> str:
    if isinstance(out, BucketPath):  # `datasets` wants a file system and credentials of its own for it
        return f"from scenegen.dataset.reader import open_triplets; open_triplets({str(out)!r})"
    return f"from datasets import load_dataset; load_dataset({str(out)!r})"
