"""Defects for a small whole dataset, planted as a program with a fault would: all hashes and checksums are right."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.pack import UnitFiles
from scenegen.dataset.parquet import filled_row, read_row_group
from scenegen.dataset.triplets import triplet_from_row, triplets_file
from scenegen.dataset.validate import validate
from schemas.frame import Frame, GBuffer, Rejection, Shot
from schemas.run_record import RunRecord
from schemas.triplet import TRIPLET_COLUMNS, Triplet
from schemas.unit import Unit

Shots = list[Shot]
UNIT_0 = "triplets/train/unit-00000000.parquet"


@pytest.fixture
def faults(out: Path) -> Callable[[], dict[str, str]]:
    """Says where something is off in `out`, and what."""

    def found() -> dict[str, str]:
        lines: dict[str, str] = {}
        for fault in validate(out).faults:
            lines[fault.where] = f"{lines.get(fault.where, '')}{fault.what}\n"
        return lines

    return found


@pytest.fixture
def stored_triplets(out: Path) -> list[Triplet]:
    """The rows of the first unit."""
    table = read_row_group(out / UNIT_0, 0, TRIPLET_COLUMNS)
    return [triplet_from_row(filled_row(table, index)) for index in range(table.num_rows)]


@pytest.fixture
def write_triplets(out: Path) -> Callable[..., None]:
    """Writes the first unit's triplets file with these rows, and changes in its footer."""

    def write(rows: Sequence[Triplet], **footer_changes: object) -> None:
        footer = unit_footer(out / UNIT_0).model_copy(update=footer_changes)
        (out / UNIT_0).write_bytes(triplets_file(rows, footer.metadata()))

    return write


@pytest.fixture
def change_first(stored_triplets: list[Triplet], write_triplets: Callable[..., None]) -> Callable[..., None]:
    """Rewrites the first unit with other fields in its first row, a depth triplet."""

    def change(**changes: Any) -> None:
        write_triplets([dataclasses.replace(stored_triplets[0], **changes), *stored_triplets[1:]])

    return change


@pytest.fixture
def footer(out: Path) -> UnitFooter:
    """That of the first unit's triplets."""
    return unit_footer(out / UNIT_0)


@pytest.fixture
def change_frame(out: Path, footer: UnitFooter) -> Callable[[str, Callable[[Any], object]], None]:
    """Changes a column of the first frame where it is stored; the file's hash is then wrong, too."""

    def change(column: str, how: Callable[[Any], object]) -> None:
        path = out / str(footer.frames_path)
        table = pq.read_table(path)
        rows = table.to_pylist()
        rows[0][column] = how(rows[0][column])
        pq.write_table(table.from_pylist(rows, schema=table.schema), path)

    return change


@pytest.fixture
def recommit(
    out: Path, record: RunRecord, unit: Unit, pack: Callable[..., UnitFiles], commit: Callable[[Path, UnitFiles], None]
) -> Callable[[Shots, Sequence[Rejection]], None]:
    """Packs the first unit anew, of these frames and rejections."""
    return lambda shots, rejections: commit(out, pack(record, unit, shots, rejections))


@pytest.fixture
def repack(recommit: Callable[..., None], shots: Shots, rejections: list[Rejection]) -> Callable[..., None]:
    """Packs the first unit anew, with other fields or other buffers in its first frame."""
    buffers = {field.name for field in dataclasses.fields(GBuffer)}

    def repacked(**changes: Any) -> None:
        plan, frame = shots[0]
        arrays: dict[str, np.ndarray] = {name: changes.pop(name) for name in buffers & changes.keys()}
        gbuffer = dataclasses.replace(frame.gbuffer, **arrays)
        changed: Frame = dataclasses.replace(frame, gbuffer=gbuffer, **changes)
        recommit([(plan, changed), *shots[1:]], rejections)

    return repacked
