"""Commands that make a dataset: of a preset, and of the frames of another dataset."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

from typing import Annotated

import typer

from ray_cluster.limits import WorkerLimits
from ray_cluster.operation_cli import Out
from ray_cluster.run_options import Address, Licenses, LogJson, Overrides, Preset, Renderer, RunCatalog, changes_of
from ray_cluster.telling import told
from scenegen.dataset.places import located

making_app = typer.Typer()


@making_app.command()
def generate(  # noqa: PLR0913, PLR0917 - one for each option
    preset: Preset,
    out: Out,
    overrides: Overrides = None,
    catalog: RunCatalog = None,
    licenses: Licenses = None,
    renderer: Renderer = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that render.", show_default="cores")] = None,
    recycle_after: Annotated[
        int, typer.Option(min=1, metavar="SCENES", help="A worker leaves for a fresh process after so many scenes.")
    ] = WorkerLimits.scenes,
    unit_deadline: Annotated[
        float | None,
        typer.Option(
            min=1, metavar="SECONDS", help="A unit that takes longer is ended and tried again.", show_default="measured"
        ),
    ] = None,
    frames: Annotated[
        str | None,
        typer.Option(metavar="+N", help="Append N frames to the run in OUT; spec, catalog and code may differ."),
    ] = None,
    generation: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="NUMBER",
            help="Of what --frames appends, so that the same command never appends twice.",
            show_default="the newest until it has ended, then another",
        ),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again the units that an earlier run has set aside.")
    ] = False,
    address: Address = None,
    log_json: LogJson = None,
) -> None:
    """Make a dataset. The same command again resumes it, and does nothing where nothing is left to do."""
    changes = changes_of(overrides, catalog, licenses, renderer)
    with told("what is committed stays: give the same command again to resume"):
        from ray_cluster.commands.generate import Way, run
        from ray_cluster.generations import asked_for

        way = Way(workers, recycle_after, unit_deadline, retry_failed, address, log_json)
        for line in run(preset, located(out), changes, way, asked_for(frames, generation)):
            typer.echo(line, err=log_json == "-")


@making_app.command()
def encode(  # noqa: PLR0913, PLR0917 - one for each option
    src: Annotated[str, typer.Argument(metavar="SRC", help="A dataset that keeps its frames.", show_default=False)],
    out: Out,
    tasks: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Such as depth,semantic.", show_default="those of SRC")
    ] = None,
    epoch: Annotated[
        int | None,
        typer.Option(min=0, help="Another one draws other prompts, colours and subjects.", show_default="that of SRC"),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Change how triplets are made: --set triplets_per_frame.depth=2."
        ),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that encode.", show_default="cores")] = None,
    address: Address = None,
    log_json: LogJson = None,
) -> None:
    """Make new triplets from the frames of a dataset, without rendering: other tasks, prompts and colours."""
    short = {"tasks": None if tasks is None else f"[{tasks}]", "epoch": epoch}
    changes = [*(overrides or ()), *(f"{key}={value}" for key, value in short.items() if value is not None)]
    with told("what is committed stays: give the same command again to resume"):
        from ray_cluster.commands.encode import Way, run

        for line in run(located(src), located(out), changes, Way(workers, address, log_json)):
            typer.echo(line, err=log_json == "-")
