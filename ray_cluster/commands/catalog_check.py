"""`scenegen catalog check`: faults with the assets and files that they concern."""

import typer

from assets_catalog.folder import open_folder
from assets_catalog.folder.check import check
from ray_cluster.bars import bars
from ray_cluster.commands.catalog_location import check_changeable
from ray_cluster.telling import plain


def run(location: str) -> bool:
    """Prints what a check finds; returns whether nothing is off."""
    check_changeable(location)
    faults = 0
    with bars() as shown:
        task = shown.add_task("assets", total=None)
        for fault in check(location, lambda done, rows: shown.update(task, completed=done, total=rows)):
            typer.echo(plain(str(fault)))
            faults += 1
    typer.echo(f"{len(open_folder(location).index)} assets, {faults} faults")
    return not faults
