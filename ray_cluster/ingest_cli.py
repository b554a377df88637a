"""The command `ingest`."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from pathlib import Path
from typing import Annotated

import typer

from ray_cluster.operation_cli import Out
from ray_cluster.run_options import Address, LogJson
from ray_cluster.telling import told
from scenegen.dataset.places import located

ingest_app = typer.Typer()


@ingest_app.command()
def ingest(  # noqa: PLR0913, PLR0917 - one for each option
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="Whose frames: blenderproc, hypersim, rgb_exr or vkitti2.", show_default=False
        ),
    ],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder with them.", show_default=False)],
    out: Out,
    conventions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="YAML or JSON: camera, classes, units, as docs/ingest.md lists them."),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="SOURCE.KEY: of the conventions; else of the spec: tasks, gates, image."
        ),
    ] = None,
    split: Annotated[str, typer.Option(help="All frames go to it: train, val or test.")] = "train",
    license: Annotated[
        str, typer.Option(metavar="WORDS", help="Of the frames, for the dataset's card.", show_default=False)
    ] = "",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.", show_default="cores")] = None,
    address: Address = None,
    log_json: LogJson = None,
) -> None:
    """Make a dataset of frames that others rendered. The same command again resumes it."""
    with told("what is committed stays: give the same command again to resume"):
        from ray_cluster.commands.encode import Way
        from ray_cluster.commands.ingest import What, run

        what = What(source, path, conventions, tuple(overrides or ()), split, license)
        for line in run(what, located(out), Way(workers, address, log_json)):
            typer.echo(line, err=log_json == "-")
