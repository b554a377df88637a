"""`scenegen catalog show`: all that is known of an asset, and a picture of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets_catalog.folder.layout import thumbnail_path
from assets_catalog.index import Records
from assets_catalog.opening import open_catalog
from assets_catalog.record import AnyRecord
from assets_catalog.sources.builtin import BUILTIN
from ray_cluster.pictures import Picture, pictures
from ray_cluster.telling import plain, tell
from scenegen.dataset.output import write_output
from schemas.errors import CatalogError, RenderError, did_you_mean


def run(asset_id: str, location: str, output: Path | None, as_json: bool) -> None:
    """Prints a record and where its picture is, or why there is none."""
    catalog = open_catalog(location)
    records = Records(catalog.index)
    if asset_id not in records:
        raise CatalogError(f"catalog '{location}' has no asset '{asset_id}'{did_you_mean(asset_id, records)}")
    record = records[asset_id]
    if as_json:
        typer.echo(json.dumps(record.model_dump(mode="json"), indent=1))
        return
    Console().print(_table(record))
    try:
        (picture,) = pictures(location, catalog, [record])
    except RenderError as error:
        picture = Picture(record, None, str(error))
    if picture.png is None:
        tell(f"no picture of {asset_id}: {picture.reason}")
        return
    typer.echo(plain(f"picture: {_placed(picture.png, location, record, output)}"))


def _placed(png: bytes, location: str, record: AnyRecord, output: Path | None) -> str:
    """Returns where the picture lies: in the catalog, else in the file that is asked for or named by the asset."""
    if output is None and location != BUILTIN:
        return f"{location}/{thumbnail_path(record.sha256)}"
    target = output or Path(f"{record.asset_id.rpartition('/')[2]}.png")
    write_output(target, png)
    return str(target)


def _table(record: AnyRecord) -> Table:
    table = Table(show_header=False)
    for name, value in _fields(record.model_dump(mode="json")):
        table.add_row(name, Text(plain(value), overflow="fold"))
    return table


def _fields(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields names and values, a row for each part of a list; empty ones are left out."""
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from ((f"{name} {number}", _words(item)) for number, item in enumerate(value, 1))
        elif value not in ("", [], {}):
            yield name, _words(value)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return " x ".join(_words(part) for part in value)
    return f"{value:.4g}" if isinstance(value, float) else str(value)
