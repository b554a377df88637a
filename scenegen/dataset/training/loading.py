"""TripletDataset: a dataset for torch. It draws, deals and resumes by itself; DataLoader's workers read for it.

    rows = TripletDataset("s3://bucket/out", split="train", batch_rows=8, seed=1)
    for batch in rows.loader(workers=4):                  # of rank and world size by torchrun or torch.distributed
        loss = step(batch["input_image"], batch["edit_prompt"], batch["edited_image"])
        torch.save({"data": rows.state_dict(), ...}, "checkpoint.pt")

Each `for` is one epoch, or the rest of one; the next `for` is the next epoch. Every row comes once an epoch, whatever
the ranks, the workers and the resumptions. `state_dict` speaks of what was handed over, not of what workers have read
ahead, so a training resumes at the very next row: with the same ranks and workers in the same sequence, with others
in another order of what is left.

Edges: ranks may differ by a batch at the end of an epoch; `even=True` leaves out what some have more, for trainers
that wait for each other. torch's own DataLoader takes the dataset too (`batch_size=None`), but then `state_dict` knows
only of whole epochs that `set_epoch` names: nobody tells it what was handed over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow.compute as pc
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from scenegen.dataset.places import Located
from scenegen.dataset.reader import Dataset, open_dataset
from scenegen.dataset.training.feed import Feed
from scenegen.dataset.training.fresh import FreshRows
from scenegen.dataset.training.place import Place, place_of, state_of
from scenegen.dataset.training.ranks import checked_rank, rank_and_ranks
from scenegen.dataset.training.sources import StoredRows
from scenegen.dataset.training.tensors import collate, tensors_of
from schemas.errors import InputError

Row = dict[str, Any]


class TripletDataset(IterableDataset):  # type: ignore[misc]  # torch is not where types are checked
    """The rows of a dataset, drawn into batches, as tensors; see `scenegen.dataset.training.tensors` for their names.

    task, split, where   which rows: as `Dataset.rows` takes them
    batch_rows           rows of a batch, of one size each where pictures differ in size; None yields single rows
    seed                 of the order, of what is mirrored, and of fresh targets
    buffer_groups        row groups (32 rows each) that are mixed; 0 keeps the stored order
    even                 every rank gets as many batches
    truth                adds what each target says, decoded
    flip                 share of the rows that are mirrored, those that have an exact mirror image
    reencode             prompts, colours and subjects are drawn anew in each epoch, from the frames
    transform            what is done to each row, in the worker
    rank                 (rank, ranks), where neither torchrun nor torch.distributed tells it
    """

    tells_its_place = True

    def __init__(  # noqa: PLR0913 - one for each choice
        self,
        out: str | Located,
        *,
        task: str | Sequence[str] | None = None,
        split: str | None = None,
        where: pc.Expression | None = None,
        batch_rows: int | None = None,
        seed: int = 0,
        buffer_groups: int = 8,
        even: bool = False,
        truth: bool = False,
        flip: float = 0.0,
        reencode: bool = False,
        transform: Callable[[Row], Row] | None = None,
        rank: tuple[int, int] | None = None,
    ) -> None:
        """Opens the dataset; raises InputError for what can't be, DatasetError for damage."""
        super().__init__()
        _check(batch_rows, buffer_groups, flip)
        dataset = open_dataset(out)
        triplets = dataset.rows(task, split, where)
        self._feed = Feed(
            FreshRows(dataset, triplets, seed) if reencode else StoredRows(triplets),
            buffer_groups,
            flip,
            by_size=bool(batch_rows) and _has_sizes(dataset),
        )
        self._rows_said = {
            "run": [record.digest() for record in dataset.records],
            "rows": len(triplets),
            "buffer_groups": buffer_groups,
        }
        self._batch_rows, self._even, self._truth, self._transform = batch_rows, even, truth, transform
        self._rank = rank_and_ranks() if rank is None else checked_rank(*rank)
        self._place = Place(seed)

    def __iter__(self) -> Iterator[Any]:
        """Yields the rest of the epoch: batches, or rows where no size of a batch was given."""
        worker = get_worker_info()
        if worker is not None:
            yield from self._read(self._begun(worker.num_workers), worker.id)
            return
        self._place = self._begun(0)
        yield from self._counted(self._read(self._place, 0))

    def loader(self, workers: int = 0, **options: Any) -> "TripletLoader":
        """Returns what yields the rest of the epoch from worker processes; `options` go to torch's DataLoader."""
        return TripletLoader(self, workers, options)

    def set_epoch(self, epoch: int) -> None:
        """Goes to the start of an epoch."""
        self._place = Place(self._place.seed, epoch)

    def state_dict(self) -> dict[str, Any]:
        """Returns where the training is, as plain values: after what was handed over last."""
        return state_of(self._place, self._rows_said)

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Goes where a training was; raises InputError where that was in other rows, or drawn otherwise."""
        self._place = place_of(state, self._rows_said)

    def _begun(self, workers: int) -> Place:
        return self._place.begun(self._rank[1], workers, self._batch_rows or 1, self._even)

    def handed_over(self, loader: Iterator[Any], workers: int) -> Iterator[Any]:
        """Yields what worker processes have read since they were begun at this place, and counts it."""
        self._place = self._begun(workers)
        yield from self._counted(loader)

    def _counted(self, batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            self._place = self._place.taken()
            yield batch
        self._place = self._place.next_epoch()

    def _read(self, place: Place, worker: int) -> Iterator[Any]:
        for rows in self._feed.batches(place, self._rank[0], worker):
            tensors = [tensors_of(row, self._truth) for row in rows]
            if self._transform is not None:
                tensors = [self._transform(row) for row in tensors]
            yield tensors[0] if self._batch_rows is None else collate(tensors)


class TripletLoader:
    """An epoch's batches, read by worker processes; each `for` is the rest of an epoch."""

    tells_its_place = True

    def __init__(self, dataset: Any, workers: int, options: Mapping[str, Any]) -> None:
        """`dataset` is the TripletDataset."""
        self.dataset, self.workers, self._options = dataset, workers, options

    def __iter__(self) -> Iterator[Any]:
        """Yields batches as the dataset does."""
        loader = DataLoader(self.dataset, batch_size=None, num_workers=self.workers, **self._options)
        if self.workers == 0:
            return iter(loader)
        return self.dataset.handed_over(iter(loader), self.workers)

    def state_dict(self) -> dict[str, Any]:
        """Returns that of the dataset."""
        return self.dataset.state_dict()

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Gives it to the dataset."""
        self.dataset.load_state_dict(state)


def _has_sizes(dataset: Dataset) -> bool:
    """Returns whether pictures may differ in size."""
    cameras = [record.spec.camera for record in dataset.records]
    single = {(camera.width_px, camera.height_px) for camera in cameras if not camera.buckets}
    drawn = {(bucket.width_px, bucket.height_px) for camera in cameras for bucket in camera.buckets}
    return len(single | drawn) > 1


def _check(batch_rows: int | None, buffer_groups: int, flip: float) -> None:
    if batch_rows is not None and batch_rows < 1:
        raise InputError(f"batch_rows is {batch_rows}, must be 1 or more, or None for single rows")
    if buffer_groups < 0:
        raise InputError(f"buffer_groups is {buffer_groups}, must be 0 or more")
    if not 0 <= flip <= 1:
        raise InputError(f"flip is {flip}, must be a share from 0 to 1")
