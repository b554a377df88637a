"""`scenegen export`: rows of a dataset as the files that a trainer reads; a bar meanwhile, then what lies there."""

from collections.abc import Iterator
from pathlib import Path

from ray_cluster.bars import bars
from ray_cluster.cores import cores
from ray_cluster.part_pool import spread_over
from scenegen.dataset.places import Located
from scenegen.dataset.trainer_formats.export import Asked, export_dataset


def run(source: Located, dest: str | Path, asked: Asked, workers: int | None) -> Iterator[str]:
    """Yields what lies in DEST once all rows are written."""
    with bars() as shown:
        task = shown.add_task("rows", total=None)
        exported = export_dataset(
            source,
            dest,
            asked,
            spread_over(workers or cores()),
            lambda done, total: shown.update(task, completed=done, total=total),
        )
    of_splits = ", ".join(f"{rows} of {split}" for split, rows in exported.rows.items())
    before = f"; {exported.there_before} were there before" if exported.there_before else ""
    yield f"{exported.dest} holds {sum(exported.rows.values())} rows ({of_splits}){before}"
    yield f"read {exported.dest / 'README.md'} for how to train on it"
