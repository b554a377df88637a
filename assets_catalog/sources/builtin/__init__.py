"""The source `builtin`: furniture, clutter and streets that our own functions draw, so that a run needs no package.

Variant i of a family comes from the stream ("builtin", family, i) of seed 0, so the shapes are the same everywhere.
Their records are baked into index.parquet (see `bake`); opening reads it, loading draws a shape.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from assets_catalog.catalog import Catalog
from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.builtin.listing import candidate_of_record, load_mesh
from schemas.errors import CatalogError

BUILTIN = "builtin"
INDEX = Path(__file__).parent / "index.parquet"


def open_builtin() -> Catalog:
    """Returns the catalog of our own shapes."""
    return Catalog(BUILTIN, _index(), _load)


def list_builtin(path: Path | None, options: AddOptions) -> Iterable[Candidate | SetAside]:
    """Returns all shapes as candidates, the first of each group before all others, so that groups come out the same.

    Raises CatalogError when a path is given: there is nothing to read.
    """
    if path is not None:
        raise CatalogError(f"source '{BUILTIN}' takes no path, and was given '{path}'; its shapes are drawn, not read")
    records = open_builtin().records.values()
    return [candidate_of_record(record) for record in sorted(records, key=lambda record: record.group != record.sha256)]


@cache
def _index() -> pa.Table:
    return pq.ParquetFile(INDEX).read(use_threads=False)


def _load(record: AssetRecord) -> AssetMesh:
    return load_mesh(record.asset_id)
