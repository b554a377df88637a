"""The command `preview`."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from pathlib import Path
from typing import Annotated

import typer

from ray_cluster.run_options import CATALOG_VARIABLE
from ray_cluster.telling import told

preview_app = typer.Typer()


@preview_app.command()
def preview(  # noqa: PLR0913, PLR0917 - one for each option
    what: Annotated[
        str,
        typer.Argument(
            metavar="OUT|PRESET", help="A dataset, folder or URL; or a preset or .yaml file, before its run."
        ),
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Ends in .png for a picture, in .html for a page; may be given for each.",
            show_default="both, OUT/preview.*; of a URL or a preset, NAME-preview.* here",
        ),
    ] = None,
    frames: Annotated[
        int | None,
        typer.Option(min=1, help="How many, taken evenly.", show_default="8; before a run 4, of as many scenes"),
    ] = None,
    frame: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="This one of a dataset; may be given several times.", show_default=False),
    ] = None,
    scene: Annotated[
        int | None, typer.Option(min=0, metavar="INDEX", help="Frames of this scene.", show_default=False)
    ] = None,
    overrides: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a key of a preset.")
    ] = None,
    catalog: Annotated[
        str | None,
        typer.Option(metavar="DIR", envvar=CATALOG_VARIABLE, help="Of a preset: as generate's.", show_default=False),
    ] = None,
) -> None:
    """Draw what a dataset holds, or what a preset will make: a picture, and a page that tells what each pixel is."""
    with told():
        from ray_cluster.commands.preview import Asked, run

        asked = Asked(frames, tuple(frame or ()), scene, tuple(overrides or ()), catalog)
        for line in run(what, output or [], asked):
            typer.echo(line)
