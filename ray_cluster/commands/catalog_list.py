"""`scenegen catalog list`: the assets of a catalog, or what was set aside on the way into it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

import pyarrow as pa
import pyarrow.compute as pc
import typer

from assets_catalog.catalog import Catalog
from assets_catalog.folder.locations import open_place
from assets_catalog.folder.set_aside_file import set_aside_at
from assets_catalog.index import chosen
from assets_catalog.ingest.candidate import Kind
from assets_catalog.opening import open_catalog
from assets_catalog.record import ANY_RECORD, Split
from assets_catalog.sheet import size_text
from assets_catalog.taxonomy import load_taxonomy
from ray_cluster.columns import column_lines
from ray_cluster.commands.catalog_location import check_changeable
from schemas.errors import CatalogError, did_you_mean, first_few

_HEADS = ("id", "kind", "class", "size", "licence", "split")
_NAMES_SHOWN = 12


@dataclass(frozen=True)
class Filters:
    """What is asked for; nothing named means all."""

    class_names: Sequence[str] = ()
    licenses: Sequence[str] = ()
    splits: Sequence[str] = ()
    kinds: Sequence[str] = ()
    sources: Sequence[str] = ()


_COLUMNS = {"class_names": "class_name", "licenses": "license", "splits": "split", "kinds": "kind", "sources": "source"}
_WORDS = {"class_names": "class", "licenses": "licence", "splits": "split", "kinds": "kind", "sources": "source"}


def run(location: str, filters: Filters, as_json: bool) -> None:
    """Prints the assets that pass the filters."""
    index = filtered(open_catalog(location), filters)
    if as_json:
        _print_json(map(json.loads, index["record"].to_pylist()))
        return
    _print_rows(_HEADS, [_cells(row) for row in index.to_pylist()])
    typer.echo(f"{len(index)} assets")


def run_set_aside(location: str, sources: Sequence[str], as_json: bool) -> None:
    """Prints what was set aside, and why."""
    check_changeable(location)
    open_catalog(location)
    rows = [row for row in set_aside_at(open_place(location)).to_pylist() if not sources or row["source"] in sources]
    if as_json:
        _print_json(rows)
        return
    _print_rows(("id", "file", "reason"), [(row["asset_id"], row["file"], row["reason"]) for row in rows])
    typer.echo(f"{len(rows)} set aside")


def filtered(catalog: Catalog, filters: Filters) -> pa.Table:
    """Returns the rows of a catalog's index that pass. Raises CatalogError for a name that nobody knows."""
    index = catalog.index.append_column("source", _sources_of(catalog.index))
    for field in fields(filters):
        asked = getattr(filters, field.name)
        if asked:
            _check_known(catalog.name, field.name, asked, pc.unique(index[_COLUMNS[field.name]]).to_pylist())
            index = chosen(index, _COLUMNS[field.name], asked)
    return index.drop_columns("source")


def _sources_of(index: pa.Table) -> pa.ChunkedArray:
    """Returns the first part of each id."""
    return pc.list_element(pc.split_pattern(index["asset_id"], "/", max_splits=1), 0)


def _check_known(catalog: str, name: str, asked: Iterable[str], there: Sequence[str]) -> None:
    allowed = sorted({*there, *_always_known(name)})
    for each in asked:
        if each not in allowed:
            has = first_few(sorted(there), _NAMES_SHOWN)
            nearest = did_you_mean(each, allowed)
            raise CatalogError(f"catalog '{catalog}' has nothing of {_WORDS[name]} '{each}'{nearest}; it has: {has}")


def _always_known(name: str) -> Iterable[str]:
    """Returns names that make sense in any catalog, whether this one has some or not."""
    known: dict[str, Iterable[str]] = {
        "class_names": load_taxonomy().classes,
        "splits": get_args(Split),
        "kinds": get_args(Kind),
    }
    return known.get(name, ())


def _cells(row: dict[str, str]) -> tuple[str, ...]:
    size = size_text(ANY_RECORD.validate_json(row["record"]))
    return row["asset_id"], row["kind"], row["class_name"], size, row["license"], row["split"]


def _print_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for line in column_lines(heads, rows):
        typer.echo(line)


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    """Prints an array, a row a line; whatever is no ASCII is escaped."""
    lines = ",\n".join(json.dumps(row) for row in rows)
    typer.echo(f"[{lines}]")
