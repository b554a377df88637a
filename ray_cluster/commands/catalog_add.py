"""`scenegen catalog add`: a source's assets are opened one by one, and what passes joins the catalog."""

import shlex
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from assets_catalog.folder import open_folder
from assets_catalog.folder.add import Added, add
from assets_catalog.folder.layout import SET_ASIDE
from assets_catalog.index import Records
from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside
from assets_catalog.ingest.server import prepared
from assets_catalog.licenses import spdx_license
from assets_catalog.sources import SOURCES, ListSource
from assets_catalog.taxonomy import load_taxonomy
from ray_cluster.bars import bars
from ray_cluster.commands.catalog_location import check_changeable
from ray_cluster.commands.extra import check_extra
from ray_cluster.cores import cores
from ray_cluster.pictures import pictures
from ray_cluster.telling import plain, tell
from scenegen.convert import convert
from schemas.errors import CatalogError, RenderError, did_you_mean

_REASONS_SHOWN = 12


def run(  # noqa: PLR0913, PLR0917 - as the command has
    source: str, path: Path | None, location: str, given: AddOptions, workers: int | None, with_pictures: bool
) -> None:
    """Adds what a source has, with a bar on stderr, and prints what became of it."""
    check_changeable(location)
    lister, options = _source(source), _checked(given)
    check_extra("catalog add", ("trimesh", "license_expression", *(("bpy",) if with_pictures else ())))
    started = time.monotonic()
    with bars() as shown:
        candidates = _listed(lister(path, options), shown)
        task = shown.add_task("opened", total=len(candidates))
        outcomes = prepared(candidates, options, workers or cores())
        added = add(location, outcomes, _list_name(source, path), lambda outcome: shown.advance(task))
    Console().print(_table(added, time.monotonic() - started))
    for line in _where_to_look(added, location):
        typer.echo(plain(line))
    if with_pictures:
        for line in _draw(location, added):
            tell(line)


def _checked(given: AddOptions) -> AddOptions:
    """Returns what the user chose, ready for the ingest; raises CatalogError for a licence or class that is unknown."""
    if given.class_name is not None:
        load_taxonomy().class_id(given.class_name)
    license_id = None if given.license is None else spdx_license(given.license)
    return replace(given, license=license_id, convert=partial(convert, allow_blend=given.allow_blend))


def _source(name: str) -> ListSource:
    if name not in SOURCES:
        raise CatalogError(f"unknown source '{name}'{did_you_mean(name, SOURCES)}; must be one of {', '.join(SOURCES)}")
    return SOURCES[name]


def _list_name(source: str, path: Path | None) -> str:
    """Returns under what name this add's list of what was set aside is kept: another folder's stays."""
    return source if path is None else f"{source} {path.absolute()}"


def _listed(candidates: Iterable[Candidate | SetAside], shown: Progress) -> Sequence[Candidate | SetAside]:
    task = shown.add_task("found", total=None)
    found = []
    for candidate in candidates:
        found.append(candidate)
        shown.advance(task)
    shown.remove_task(task)
    return found


def _draw(location: str, added: Added) -> Iterator[str]:
    """Renders the pictures that assets of this add lack; yields a line for each that can't be."""
    catalog = open_folder(location)
    records = Records(catalog.only([*added.added, *added.changed, *added.already_there]).index)
    with bars() as shown:
        task = shown.add_task("drawn", total=len(records))
        try:
            for picture in pictures(location, catalog, list(records.values())):
                shown.advance(task)
                if picture.reason:
                    yield f"no picture of {picture.record.asset_id}: {picture.reason}"
        except RenderError as error:
            yield f"no pictures: {error}; the assets are there, and `catalog sheet` draws what is lacking"


def _table(added: Added, wall_s: float) -> Table:
    table = Table("what became of them", "assets")
    table.add_row("added", str(len(added.added)))
    if added.changed:
        table.add_row("changed", str(len(added.changed)))
    table.add_row("already there", str(len(added.already_there)))
    table.add_row("set aside", str(len(added.set_aside)))
    reasons = Counter(each.reason.partition(":")[0] for each in added.set_aside)
    shown = reasons.most_common(_REASONS_SHOWN)
    for reason, count in shown:
        table.add_row(Text(f"  {plain(reason)}"), str(count))
    if len(reasons) > len(shown):
        table.add_row("  other reasons", str(reasons.total() - sum(count for _, count in shown)))
    table.add_row("seconds", f"{wall_s:.1f}")
    return table


def _where_to_look(added: Added, location: str) -> list[str]:
    option = f"--catalog {shlex.quote(location)}"
    lines = [f"  look at them:  scenegen catalog sheet {option}"]
    if added.set_aside:
        lines.append(f"  set aside:     scenegen catalog list --set-aside {option}  (from {location}/{SET_ASIDE})")
    return lines
