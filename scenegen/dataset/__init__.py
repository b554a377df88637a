"""Frames and triplets on disk: packed, read again, validated, shown, trained on. Runs without bpy and Ray.

    from scenegen.dataset import TripletDataset, mix, open_dataset

TripletDataset needs torch, which is imported with it and not before.
"""

from typing import Any

_WHERE = {
    "open_dataset": "scenegen.dataset.reader",
    "TripletDataset": "scenegen.dataset.training.loading",
    "mix": "scenegen.dataset.training.mixing",
}
"""Name -> module: imported when it is asked for."""

__all__ = ["TripletDataset", "mix", "open_dataset"]  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_WHERE[name]), name)
