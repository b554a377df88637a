"""The command line with the analytic renderer in Blender's place."""

import signal
from functools import partial

from ray_cluster import cli
from ray_cluster.commands import generate as command

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    command.make_units = partial(command.make_units, frames="analytic:slow_walls")  # type: ignore[attr-defined]  # it is imported there
    cli.main()
