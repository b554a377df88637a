"""The command line. It parses, calls and prints; what a command does stands elsewhere and is imported only when chosen.

Bad input: one line for each fault on stderr, exit status 2. Any other ScenegenError: one line, status 1. Ctrl-C: 130;
SIGTERM, as a scheduler sends it: 143; both leave what is committed.
A stdout that can't be written, a full disk for instance: one line, status 1; a closed pipe: silence and 141, as in a
shell. Characters that the terminal's encoding lacks are written as escapes.
"""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

import errno
import io
import json
import os
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ray_cluster.catalog_cli import catalog_app
from ray_cluster.estimate_cli import estimate_app
from ray_cluster.export_cli import export_app
from ray_cluster.limits import WorkerLimits
from ray_cluster.operation_cli import Out, operation_app
from ray_cluster.report_cli import report_app
from ray_cluster.run_options import CATALOG_VARIABLE, Licenses, Overrides, Preset, Renderer, RunCatalog, changes_of
from ray_cluster.telling import tell, told
from scenegen.dataset.places import located

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
)
app.add_typer(catalog_app, name="catalog")
app.add_typer(estimate_app)
app.add_typer(operation_app)
app.add_typer(export_app)
app.add_typer(report_app)

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""What a write to an open file is refused with; such an error names no file."""

Catalog = Annotated[
    str, typer.Option(metavar="DIR", envvar=CATALOG_VARIABLE, help="The catalog of the run: a folder, URL or builtin.")
]
Address = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Join a Ray cluster, from one of its nodes: auto, or HOST:PORT.")
]
LogJson = Annotated[
    str | None, typer.Option(metavar="FILE", help="Add a line of JSON for each event to a file, or to stdout (-).")
]


def main() -> None:
    """Runs the command line."""
    sys.exit(_status(sys.argv[1:]))


def _status(arguments: list[str]) -> int:
    """Returns the exit status; without arguments the help is shown, and that counts as wrong usage."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = app(arguments or ["--help"], prog_name="scenegen", standalone_mode=False)
        _flush()
    except TyperException as error:
        if message := error.format_message():  # none where the help is shown
            tell(message)
        return error.exit_code
    except OSError as error:
        return _status_of_stdout(error)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer has silenced stdout already
            return 141
        raise
    return status or (0 if arguments else 2)


def _status_of_stdout(error: OSError) -> int:
    """Returns the status where stdout can't be written; raises the error again where that isn't the reason."""
    is_closed = isinstance(error, BrokenPipeError)
    if not is_closed and (error.filename is not None or error.errno not in _REFUSALS):
        raise error
    with suppress(OSError):  # Python flushes once more at its end: to nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if is_closed:
        return 141
    tell(f"stdout can't be written: {error.strerror}")
    return 1


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"scenegen {version('scenegen')}")
        raise typer.Exit


@app.callback(invoke_without_command=False)
def _root(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Synthetic 3D training data for image generators: rendered scenes with exact depth and normals as RGB targets."""


@app.command()
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


@app.command()
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


@app.command()
def ingest(  # noqa: PLR0913, PLR0917 - one for each option
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Whose frames: blenderproc or rgb_exr.", show_default=False)
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def stats(
    out: Out,
    by: Annotated[str, typer.Option(metavar="WHAT", help="class, asset, license, split or creator.")] = "class",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write a page with plots.")] = None,
) -> None:
    """Count what the frames show, by class or asset, and measure distances, cameras, light, colours and likeness."""
    with told():
        from ray_cluster.commands.stats import run

        run(located(out), by, as_json, html)


@app.command()
def export_scene(
    out: Out,
    target: Annotated[Path, typer.Argument(metavar="FILE.glb", help="glTF to write; FILE.json comes beside it.")],
    scene: Annotated[int, typer.Option(min=0, help="Index of the scene.", show_default=False)],
    catalog: Catalog = "builtin",
) -> None:
    """Write a scene as glTF, one node for each instance, with its cameras beside it."""
    with told():
        from ray_cluster.commands.export_scene import run

        for path in run(located(out), scene, catalog, target):
            typer.echo(f"wrote {path}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a run spec."""
    from render_configs.load import spec_schema

    typer.echo(json.dumps(spec_schema(), indent=2))
