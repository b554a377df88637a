"""Telling: faults and Ctrl-C as lines on stderr and an exit status; and text of others, made fit for a terminal."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer

from ray_cluster.notice import Terminated, terminate
from schemas.errors import ScenegenError, SpecError


def tell(line: str) -> None:
    """Writes a line to stderr, if that is possible."""
    with suppress(OSError):
        typer.echo(f"scenegen: {plain(' '.join(line.split()))}", err=True)


def plain(text: str) -> str:
    """Returns a text on one line with escapes for all that a terminal would obey: names come from files of others.

    That includes marks which turn the direction of reading, and bytes that are no UTF-8.
    """
    return "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape", "surrogatepass").decode() for mark in text
    )


@contextmanager
def told(after_interrupt: str = "") -> Iterator[None]:
    """Turns faults on purpose and Ctrl-C into lines on stderr and an exit status."""
    signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    except ScenegenError as error:
        for fault in error.faults if isinstance(error, SpecError) else (str(error),):
            tell(fault)
        raise typer.Exit(error.exit_status) from error
    except KeyboardInterrupt as interrupt:
        tell(f"interrupted{after_interrupt and '; ' + after_interrupt}")
        raise typer.Exit(143 if isinstance(interrupt, Terminated) else 130) from interrupt
