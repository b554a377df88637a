"""Commands that hold something against the truth: a dataset, and what a model painted."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from pathlib import Path
from typing import Annotated

import typer

from ray_cluster.operation_cli import Out
from ray_cluster.run_options import Address
from ray_cluster.telling import told
from scenegen.dataset.places import located

checking_app = typer.Typer()


@checking_app.command()
def validate(  # noqa: PLR0913, PLR0917 - one for each option
    out: Out,
    frames: Annotated[
        str | None,
        typer.Option(metavar="SRC", help="The dataset whose frames OUT was encoded from.", show_default=False),
    ] = None,
    sample: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Look at a share of the frames only: 1%.", show_default="all")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the sample: another one draws other frames.")] = 0,
    as_json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write verdicts, figures and rows at fault.", show_default=False),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that check.", show_default="cores")] = None,
    address: Address = None,
) -> None:
    """Check every row against the plan and the exact buffers; exit status 1 when anything is off."""
    with told():
        from ray_cluster.commands.validate import Terms, run

        terms = Terms(sample, seed, as_json, workers, address)
        if not run(located(out), None if frames is None else located(frames), terms):
            raise typer.Exit(1)


@checking_app.command()
def evaluate(  # noqa: PLR0913, PLR0917 - one for each option
    predictions: Annotated[
        Path, typer.Argument(metavar="PREDICTIONS", help="Folder of pictures named SAMPLE_ID.png.", show_default=False)
    ],
    out: Out,
    split: Annotated[str | None, typer.Option(help="Of OUT.", show_default="all")] = None,
    tasks: Annotated[
        str | None,
        typer.Option("--tasks", "--task", metavar="NAMES", help="Such as depth,semantic.", show_default="all"),
    ] = None,
    depth_range: Annotated[
        tuple[float, float], typer.Option(metavar="LOW HIGH", help="True depths that count, metres.")
    ] = (0.3, 60.0),
    frames: Annotated[
        str | None,
        typer.Option(metavar="SRC", help="The dataset whose frames OUT was encoded from.", show_default=False),
    ] = None,
    as_json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write figures, counts and lists.", show_default=False)
    ] = None,
    samples: Annotated[
        Path | None, typer.Option(metavar="FILE.parquet", help="Write a row for each sample.", show_default=False)
    ] = None,
    worst: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the worst cases as pictures.", show_default=False)
    ] = None,
    worst_count: Annotated[int, typer.Option(min=1, max=64, metavar="K", help="How many of each task.")] = 8,
) -> None:
    """Score a model's pictures against a dataset, each read by its prompt alone."""
    with told():
        from ray_cluster.commands.evaluate import Outputs, run
        from scenegen.evaluate.cases import Cases

        cases = Cases(out, split, None if tasks is None else tasks.split(","), frames, depth_range)
        for line in run(predictions, cases, Outputs(as_json, samples, worst, worst_count)):
            typer.echo(line)
