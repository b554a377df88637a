"""`scenegen catalog`: what a run may place is taken in, looked at and checked. It parses and calls, as `cli` does."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from pathlib import Path
from typing import Annotated

import typer

from ray_cluster.telling import told

catalog_app = typer.Typer(
    no_args_is_help=True, help="Take in assets of many kinds, trust none, and look at what became of them."
)

Location = Annotated[
    str, typer.Option(metavar="DIR", envvar="SCENEGEN_CATALOG", help="The catalog: a folder or URL of a bucket.")
]
Classes = Annotated[list[str] | None, typer.Option("--class", metavar="NAME", help="Only this class; may be repeated.")]
Output = Annotated[Path | None, typer.Option(metavar="FILE", help="PNG to write.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_HERE = "catalog"


@catalog_app.command()
def add(  # noqa: PLR0913, PLR0917 - one for each option
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="builtin, folder, hdri, objaverse, sweethome3d or textures."),
    ],
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="Where the source's files lie.")] = None,
    catalog: Location = _HERE,
    license_id: Annotated[
        str | None,
        typer.Option("--license", metavar="ID", help="SPDX id for assets that state none; recorded as yours."),
    ] = None,
    creator: Annotated[str | None, typer.Option(metavar="NAME", help="For assets that state none.")] = None,
    class_name: Annotated[
        str | None, typer.Option("--class", metavar="NAME", help="For assets whose class nobody states.")
    ] = None,
    allow_blend: Annotated[
        bool, typer.Option("--allow-blend", help="Open .blend files too; their scripts never run.")
    ] = False,
    max_triangles: Annotated[
        int | None,
        typer.Option(min=12, metavar="N", help="Decimate models that have more.", show_default="as they are"),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Assets opened at a time.", show_default="cores")] = None,
    thumbnails: Annotated[bool, typer.Option(help="Render a picture of each.")] = True,
) -> None:
    """Take in what a source has: checked, measured, fitted to metres. Adding twice adds nothing."""
    with told("what was added stays: give the same command again to go on"):
        from assets_catalog.ingest.candidate import AddOptions
        from ray_cluster.commands.catalog_add import run

        options = AddOptions(license_id, creator, class_name, allow_blend, max_triangles)
        run(source, path, catalog, options, workers, thumbnails)


@catalog_app.command("list")
def list_assets(  # noqa: PLR0913, PLR0917 - one for each option
    catalog: Location = _HERE,
    class_names: Classes = None,
    licenses: Annotated[
        list[str] | None, typer.Option("--license", metavar="ID", help="Only under this licence; may be repeated.")
    ] = None,
    splits: Annotated[list[str] | None, typer.Option("--split", metavar="NAME", help="train, val or test.")] = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="NAME", help="model, texture or environment.")
    ] = None,
    sources: Annotated[list[str] | None, typer.Option("--source", metavar="NAME", help="Only of this source.")] = None,
    as_json: AsJson = False,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="What did not pass instead, and why; --source filters.")
    ] = False,
) -> None:
    """List assets by id, with class, size, licence and split."""
    with told():
        from ray_cluster.commands.catalog_list import Filters, run, run_set_aside

        if set_aside:
            run_set_aside(catalog, sources or (), as_json)
        else:
            filters = Filters(class_names or (), licenses or (), splits or (), kinds or (), sources or ())
            run(catalog, filters, as_json)


@catalog_app.command()
def show(
    asset_id: Annotated[str, typer.Argument(metavar="ID", help="As `list` prints it.", show_default=False)],
    catalog: Location = _HERE,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Print all that is known of an asset, and where a picture of it is; renders that where there is none."""
    with told():
        from ray_cluster.commands.catalog_show import run

        run(asset_id, catalog, output, as_json)


@catalog_app.command()
def check(catalog: Location = _HERE) -> None:
    """Check every file against its hash and record; exit status 1 when anything is off."""
    with told():
        from ray_cluster.commands.catalog_check import run

        if not run(catalog):
            raise typer.Exit(1)


@catalog_app.command()
def remove(
    asset_ids: Annotated[list[str], typer.Argument(metavar="ID...", help="As `list` prints them.", show_default=False)],
    catalog: Location = _HERE,
) -> None:
    """Remove assets, with the files that no other needs."""
    with told():
        from ray_cluster.commands.catalog_remove import run

        for line in run(catalog, asset_ids):
            typer.echo(line)


@catalog_app.command()
def sheet(
    catalog: Location = _HERE,
    class_names: Classes = None,
    output: Output = None,
    columns: Annotated[int, typer.Option(min=1, max=40, help="Pictures in a row.")] = 8,
    most: Annotated[int | None, typer.Option(min=1, metavar="N", help="Of each class.", show_default="all")] = None,
) -> None:
    """Draw a contact sheet by class; renders the pictures that are lacking."""
    with told("what was rendered stays: give the same command again to go on"):
        from ray_cluster.commands.catalog_sheet import run

        for line in run(catalog, class_names or (), output, columns, most):
            typer.echo(line)
