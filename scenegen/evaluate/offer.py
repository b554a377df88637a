"""Offer: predictions, wherever they come from: a folder of files, arrays, or a model that is asked for each sample."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenegen.dataset.rows import DecodedTriplet, decoded
from scenegen.evaluate.predictions import Rgb, Unreadable, Unusable, find_predictions
from schemas.triplet import Triplet

Model = Callable[[DecodedTriplet], np.ndarray | None]
Predictions = str | Path | Mapping[str, np.ndarray] | Model
"""Arrays are RGB of uint8, (h, w, 3); what isn't counts as unreadable."""


@dataclass(frozen=True)
class Offer:
    """Predictions, none of them read yet."""

    read: Callable[[str, Callable[[], Triplet]], Rgb | Unreadable | None]
    """(sample_id, what reads its triplet) -> the prediction, why there is none, or nothing where it is missing."""
    names: Collection[str] = ()
    """Of the samples for which there are predictions; empty where a model makes them."""
    name: Callable[[str], str] = str
    """sample_id -> what its prediction is called in a list."""
    closed: tuple[Unusable, ...] = ()
    """Folders that can't be searched."""


def offer_of(predictions: Predictions) -> Offer:
    """Returns the predictions of a folder, of arrays by their sample ids, or of a model; raises InputError."""
    if isinstance(predictions, str | Path):
        return _of_folder(Path(predictions))
    return _of_arrays(predictions) if isinstance(predictions, Mapping) else _of_model(predictions)


def _of_folder(folder: Path) -> Offer:
    found = find_predictions(folder)
    return Offer(lambda sample_id, _: found.read(sample_id), found.files, found.name, found.closed)


def _of_arrays(arrays: Mapping[str, np.ndarray]) -> Offer:
    def read(sample_id: str, _: Callable[[], Triplet]) -> Rgb | Unreadable | None:
        return _checked(arrays[sample_id]) if sample_id in arrays else None

    return Offer(read, arrays)


def _of_model(model: Model) -> Offer:
    def read(_: str, triplet: Callable[[], Triplet]) -> Rgb | Unreadable | None:
        made = model(decoded(triplet()))
        return None if made is None else _checked(made)

    return Offer(read)


def _checked(given: object) -> Rgb | Unreadable:
    """Returns a prediction, or why it is none: trainers mix up floats, channels first and tensors."""
    if not isinstance(given, np.ndarray):
        return Unreadable(f"it is a {type(given).__name__}, must be an array of uint8, (h, w, 3)")
    if given.dtype != np.uint8 or given.ndim != 3 or given.shape[2] != 3 or not given.size:
        return Unreadable(f"it is an array of {given.dtype}, {given.shape}; must be of uint8, (h, w, 3)")
    return given
