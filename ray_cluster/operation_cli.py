"""Commands that look after a dataset, wherever it lies: status, digest, gc."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from typing import Annotated

import typer

from ray_cluster.telling import told
from scenegen.dataset.places import located

operation_app = typer.Typer()

Out = Annotated[
    str, typer.Argument(metavar="OUT", help="Folder or URL (s3://, gs://, az://) of the dataset.", show_default=False)
]


@operation_app.command()
def status(out: Out, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Tell how much of a run is done, from any machine: only names are listed."""
    with told():
        from ray_cluster.commands.status import run

        for line in run(located(out), as_json):
            typer.echo(line)


@operation_app.command()
def digest(out: Out) -> None:
    """Print one sha256 over run.json, triplets, frames and frames set aside: equal for equal data."""
    with told():
        from ray_cluster.commands.digest import run

        typer.echo(run(located(out)))


@operation_app.command()
def gc(
    out: Out,
    older_than: Annotated[
        float, typer.Option(min=0, metavar="MINUTES", help="Younger ones may be on their way to a commit.")
    ] = 60.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Name them, remove nothing.")] = False,
) -> None:
    """Remove files that belong to nothing: staged by killed runs, or of frames that no commit record names."""
    with told():
        from ray_cluster.commands.gc import run

        for line in run(located(out), older_than, dry_run):
            typer.echo(line)
