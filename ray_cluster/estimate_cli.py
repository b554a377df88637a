"""The command `estimate`."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from typing import Annotated

import typer

from ray_cluster.run_options import (
    Licenses,
    Overrides,
    Preset,
    PriceCoreHour,
    PriceGbMonth,
    Renderer,
    RunCatalog,
    changes_of,
)
from ray_cluster.telling import told

estimate_app = typer.Typer()


@estimate_app.command()
def estimate(  # noqa: PLR0913, PLR0917 - one for each option
    preset: Preset,
    overrides: Overrides = None,
    catalog: RunCatalog = None,
    licenses: Licenses = None,
    renderer: Renderer = None,
    frames: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Of a run of so many.", show_default="those of PRESET")
    ] = None,
    scenes: Annotated[
        int, typer.Option("--scenes-sampled", min=1, metavar="N", help="To be made now; two of each recipe at least.")
    ] = 8,
    cores: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="With a worker each; or GPUs.", show_default="this machine's"),
    ] = None,
    price_core_hour: PriceCoreHour = None,
    price_gb_month: PriceGbMonth = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what a run will take: frames an hour, core-hours, storage, money. Makes a few scenes, keeps nothing."""
    with told():
        from ray_cluster.commands.estimate import Asked, run
        from ray_cluster.cores import cores as cores_here
        from ray_cluster.estimate import Terms

        terms = Terms(cores or cores_here(), price_core_hour, price_gb_month)
        asked = Asked(terms, scenes, frames, as_json)
        for line in run(preset, changes_of(overrides, catalog, licenses, renderer), asked):
            typer.echo(line)
