"""What reading for a training costs: beside pure PNG decoding, with two workers, and up to the first batch.

A dataset of 512x512 rows is written to a temporary folder: a file of 64 rows, and links to it, 1,000 files in all.
Workers and batches need torch (`make test-train` installs it into .venv-3.11; run `python -m bench.reader` there).
"""

import importlib.util
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.codec import noisy_picture, smooth_buffers
from scenegen.dataset.png import decode_png, encode_png
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.training.feed import Feed
from scenegen.dataset.training.place import Place
from scenegen.dataset.training.sources import StoredRows
from scenegen.dataset.triplets import triplets_file
from scenegen.encoders.depth import PowerCurve, depth_codec
from schemas.run_record import CatalogLock, RunRecord
from schemas.run_spec import RunSpec
from schemas.triplet import Triplet

FILES, ROWS_A_FILE = 1000, 64
_MEASURED = 384
_ROUNDS = 3


def reader_table() -> Table:
    """Returns rows a second, and seconds up to the first batch."""
    table = Table("512x512 rows, local disk", "rows/s", "of PNG decoding", title="reader")
    with tempfile.TemporaryDirectory() as folder:
        out = written(Path(folder))
        rows = open_triplets(out)[:_MEASURED]
        stored = [rows.stored(index) for index in range(len(rows))]
        png = pace(lambda: map(_decoded, stored))
        ours = pace(lambda: fed(out))
        table.add_row("PNG decoding alone, one core", f"{png:.1f}", "")
        table.add_row("reader, in this process", f"{ours:.1f}", f"{ours / png:.2f}")
        if importlib.util.find_spec("torch"):
            _add_torch(table, out, png)
        else:
            table.add_row("torch is not installed here", "", "")
    return table


def _add_torch(table: Table, out: Path, png: float) -> None:
    from scenegen.dataset import TripletDataset  # noqa: PLC0415 - needs torch

    for workers in (0, 1, 2):
        found = max(steady(TripletDataset(out, batch_rows=8).loader(workers)) for _ in range(_ROUNDS))
        table.add_row(f"TripletDataset, {workers} workers", f"{found:.1f}", f"{found / png:.2f}")
    for workers in (0, 2):
        start = time.perf_counter()
        next(iter(TripletDataset(out, batch_rows=8).loader(workers)))
        table.add_row(f"first batch of {FILES} files, {workers} workers", "", f"{time.perf_counter() - start:.2f} s")


def fed(out: Path) -> Iterator[Any]:
    """Yields rows as pixels, as a worker of a training has them."""
    feed = Feed(StoredRows(open_triplets(out)), buffer_groups=8, flip=0.0, by_size=False)
    batches = feed.batches(Place(0).begun(1, 0, 8, even=False), 0, 0)
    return (row for batch in batches for row in batch)


def pace(begun: Callable[[], Iterator[Any]]) -> float:
    """Returns items a second of the best of some rounds, after the first items."""
    return max(_pace(begun()) for _ in range(_ROUNDS))


def _pace(items: Iterator[Any]) -> float:
    next(items)
    start = time.perf_counter()
    count = sum(1 for _ in islice(items, _MEASURED - 64))
    return count / (time.perf_counter() - start)


def steady(loader: Any) -> float:
    """Returns rows a second of a loader, once its workers are under way."""
    batches = iter(loader)
    next(islice(batches, 15, None))
    start = time.perf_counter()
    count = sum(len(batch["sample_id"]) for batch in islice(batches, 48))
    return count / (time.perf_counter() - start)


def _decoded(triplet: Triplet) -> None:
    decode_png(triplet.input_image_bytes)
    decode_png(triplet.target_png)


def written(out: Path) -> Path:
    """Returns a dataset as large as promised; its files are links to one."""
    buffers, side = smooth_buffers(), 512
    picture = encode_png(np.ascontiguousarray(noisy_picture(buffers)[:side, :side]))
    target = encode_png(np.ascontiguousarray(depth_codec(PowerCurve()).encode(buffers)[:side, :side]))
    rows = [_row(number, picture, target) for number in range(ROWS_A_FILE)]
    record = RunRecord(
        spec=RunSpec(tasks=("depth",)), catalog_lock=CatalogLock(catalog="builtin", assets={}), versions={}
    )
    folder = out / "triplets" / "train"
    folder.mkdir(parents=True)
    (out / "run.json").write_text(record.model_dump_json())
    (folder / "unit-00000000.parquet").write_bytes(triplets_file(rows, {}))
    for unit in range(1, FILES):
        os.link(folder / "unit-00000000.parquet", folder / f"unit-{unit:08d}.parquet")
    return out


def _row(number: int, picture: bytes, target: bytes) -> Triplet:
    name = f"scene-{number:08d}"
    return Triplet(
        sample_id=f"{name}-view-00-depth-0",
        frame_id=f"{name}-view-00",
        scene_id=name,
        task="depth",
        split="train",
        recipe="room",
        input_image_bytes=picture,
        edit_prompt="depth",
        target_png=target,
        width_px=512,
        height_px=512,
        seed=number,
        intrinsics=(0.0,) * 9,
        cam2world=(0.0,) * 16,
        z_depth_min_m=1.0,
        z_depth_max_m=2.0,
        codec="",
        codec_params="{}",
        legend=(),
        asset_ids=(),
    )


if __name__ == "__main__":
    Console().print(reader_table())
