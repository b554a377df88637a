"""`scenegen catalog add`: a source's assets are opened one by one, and what passes joins the catalog."""

import shlex
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
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
from ray_cluster.commands.catalog_location import check_changeable
from ray_cluster.commands.extra import check_extra
from ray_cluster.driver import cores
from ray_cluster.pictures import pictures
from ray_cluster.telling import plain, tell
from scenegen.convert import convert
from schemas.errors import CatalogError, RenderError, did_you_mean

_REASONS_SHOWN = 12


@dataclass(frozen=True)
class Choices:
    """What the user said for this add."""

    license: str | None = None
    creator: str | None = None
    class_name: str | None = None
    allow_blend: bool = False
    max_triangles: int | None = None

    def options(self) -> AddOptions:
        """Returns them as the ingest takes them; raises CatalogError for a licence or class that is unknown."""
        if self.class_name is not None:
            load_taxonomy().class_id(self.class_name)
        return AddOptions(
            license=self.license and spdx_license(self.license),
            creator=self.creator,
            class_name=self.class_name,
            allow_blend=self.allow_blend,
            max_triangles=self.max_triangles,
            convert=partial(convert, allow_blend=self.allow_blend),
        )


def run(  # noqa: PLR0913, PLR0917 - as the command has
    source: str, path: Path | None, location: str, choices: Choices, workers: int | None, with_pictures: bool
) -> None:
    """Adds what a source has, with a bar on stderr, and prints what became of it."""
    check_changeable(location)
    lister, options = _source(source), choices.options()
    check_extra("catalog add", ("trimesh", "license_expression", *(("bpy",) if with_pictures else ())))
    started = time.monotonic()
    with _bars() as bars:
        candidates = _listed(lister(path, options), bars)
        task = bars.add_task("opened", total=len(candidates))
        outcomes = prepared(candidates, options, workers or cores())
        added = add(location, outcomes, _list_name(source, path), lambda outcome: bars.advance(task))
    Console().print(_table(added, time.monotonic() - started))
    for line in _where_to_look(added, location):
        typer.echo(plain(line))
    if with_pictures:
        for line in _draw(location, added):
            tell(line)


def _source(name: str) -> ListSource:
    if name not in SOURCES:
        raise CatalogError(f"unknown source '{name}'{did_you_mean(name, SOURCES)}; must be one of {', '.join(SOURCES)}")
    return SOURCES[name]


def _list_name(source: str, path: Path | None) -> str:
    """Returns under what name this add's list of what was set aside is kept: another folder's stays."""
    return source if path is None else f"{source} {path.absolute().name}"


@contextmanager
def _bars() -> Iterator[Progress]:
    stderr = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bars:
        yield bars


def _listed(candidates: Iterable[Candidate | SetAside], bars: Progress) -> Sequence[Candidate | SetAside]:
    task = bars.add_task("found", total=None)
    found = []
    for candidate in candidates:
        found.append(candidate)
        bars.advance(task)
    bars.remove_task(task)
    return found


def _draw(location: str, added: Added) -> Iterator[str]:
    """Renders the pictures that assets of this add lack; yields a line for each that can't be."""
    catalog = open_folder(location)
    records = Records(catalog.only([*added.added, *added.changed, *added.already_there]).index)
    with _bars() as bars:
        task = bars.add_task("drawn", total=len(records))
        try:
            for picture in pictures(location, catalog, list(records.values())):
                bars.advance(task)
                if picture.reason:
                    yield f"no picture of {picture.record.asset_id}: {picture.reason}"
        except RenderError as error:
            yield f"no pictures: {error}; the assets are there, and `catalog sheet` draws what is lacking"


def _table(added: Added, seconds: float) -> Table:
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
    table.add_row("seconds", f"{seconds:.1f}")
    return table


def _where_to_look(added: Added, location: str) -> list[str]:
    option = f"--catalog {shlex.quote(location)}"
    lines = [f"  look at them:  scenegen catalog sheet {option}"]
    if added.set_aside:
        lines.append(f"  set aside:     scenegen catalog list --set-aside {option}  (from {location}/{SET_ASIDE})")
    return lines
