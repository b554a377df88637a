"""The command line. It parses, calls and prints; what a command does stands elsewhere and is imported only when chosen.

Bad input: one line for each fault on stderr, exit status 2. Any other ScenegenError: one line, status 1. Ctrl-C: 130;
SIGTERM, as a scheduler sends it: 143; both leave what is committed.
A stdout that can't be written, a full disk for instance: one line, status 1; a closed pipe: silence and 141, as in a
shell. Characters that the terminal's encoding lacks are written as escapes.
"""

import errno
import io
import os
import sys
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ray_cluster.catalog_cli import catalog_app
from ray_cluster.checking_cli import checking_app
from ray_cluster.estimate_cli import estimate_app
from ray_cluster.export_cli import export_app
from ray_cluster.ingest_cli import ingest_app
from ray_cluster.inspecting_cli import inspecting_app
from ray_cluster.making_cli import making_app
from ray_cluster.operation_cli import operation_app
from ray_cluster.preview_cli import preview_app
from ray_cluster.report_cli import report_app
from ray_cluster.telling import tell

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
)
for commands in (making_app, ingest_app, preview_app, checking_app, inspecting_app):
    app.add_typer(commands)
app.add_typer(catalog_app, name="catalog")
for commands in (estimate_app, operation_app, export_app, report_app):
    app.add_typer(commands)

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""What a write to an open file is refused with; such an error names no file."""


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
