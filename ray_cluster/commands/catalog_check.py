"""`scenegen catalog check`: faults with the assets and files that they concern."""

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from assets_catalog.folder import open_folder
from assets_catalog.folder.check import check
from ray_cluster.commands.catalog_location import check_changeable
from ray_cluster.telling import plain


def run(location: str) -> bool:
    """Prints what a check finds; returns whether nothing is off."""
    check_changeable(location)
    stderr = Console(stderr=True)
    columns = (TextColumn("assets"), BarColumn(), MofNCompleteColumn())
    faults = 0
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("assets", total=None)
        for fault in check(location, lambda done, rows: bar.update(task, completed=done, total=rows)):
            typer.echo(plain(str(fault)))
            faults += 1
    typer.echo(f"{len(open_folder(location).index)} assets, {faults} faults")
    return not faults
