"""`scenegen digest`: one line that is the same for the same data."""

from ray_cluster.bars import bars
from scenegen.dataset.digest import dataset_digest
from scenegen.dataset.places import Located


def run(out: Located) -> str:
    """Returns the line to print, as `sha256sum` has it."""
    with bars() as shown:
        task = shown.add_task("files", total=None)
        digest = dataset_digest(out, lambda done, files: shown.update(task, completed=done, total=files))
    return f"{digest}  {out}"
