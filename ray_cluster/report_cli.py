"""The command `report`."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from pathlib import Path
from typing import Annotated

import typer

from ray_cluster.operation_cli import Out
from ray_cluster.run_options import Address, PriceCoreHour, PriceGbMonth
from ray_cluster.telling import plain, told
from scenegen.dataset.places import located

report_app = typer.Typer()


@report_app.command()
def report(  # noqa: PLR0913, PLR0917 - one for each option
    out: Out,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="The page to write.", show_default="OUT-report.html here")
    ] = None,
    frames: Annotated[
        str | None,
        typer.Option(metavar="SRC", help="The dataset whose frames OUT was encoded from.", show_default=False),
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="Check and measure a share of the frames only: 1%.", show_default="all"),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of what is drawn: another one draws other frames.")] = 0,
    price_core_hour: PriceCoreHour = None,
    price_gb_month: PriceGbMonth = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that check.", show_default="cores")] = None,
    address: Address = None,
) -> None:
    """Write one page on a dataset: validation, statistics, samples by task, rejects, throughput and cost."""
    with told():
        from ray_cluster.commands.report import Asked, run
        from ray_cluster.commands.validate import Terms
        from scenegen.pages.cost_section import Prices

        terms = Terms(sample, seed, None, workers, address)
        asked = Asked(output, terms, Prices(price_core_hour, price_gb_month))
        for line in run(located(out), None if frames is None else located(frames), asked):
            typer.echo(plain(line))
