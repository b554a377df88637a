"""`scenegen export`: the command line of it."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from typing import Annotated

import typer

from ray_cluster.operation_cli import Out
from ray_cluster.telling import told
from scenegen.dataset.places import located

export_app = typer.Typer()


@export_app.command()
def export(  # noqa: PLR0913, PLR0917 - one for each option
    out: Out,
    dest: Annotated[str, typer.Argument(metavar="DEST", help="A folder, new or of this export.", show_default=False)],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="imagefolder, diffsynth, omnigen2, ai-toolkit, musubi, webdataset or raw.",
            show_default=False,
        ),
    ],
    tasks: Annotated[
        str | None, typer.Option("--tasks", "--task", metavar="NAMES", help="Such as depth,semantic.")
    ] = None,
    split: Annotated[str | None, typer.Option(help="Of OUT.", show_default="all, a folder each")] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="CONDITION", help="On a column: 'z_depth_max_m<20', 'recipe=room'; all must hold."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="Where the trainer will find DEST, for formats that name absolute paths."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that write.", show_default="cores")] = None,
) -> None:
    """Write rows as the files that a trainer reads by itself. The same command again goes on where it was."""
    with told("what is written stays: give the same command again to go on"):
        from ray_cluster.commands.export import run
        from scenegen.dataset.trainer_formats.export import Asked

        asked = Asked(form, None if tasks is None else tasks.split(","), split, tuple(where or ()), at)
        for line in run(located(out), dest, asked, workers):
            typer.echo(line)
