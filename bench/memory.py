"""Memory: what a worker's process holds after each of many real rooms, in a process of its own."""

import json
import subprocess
import sys

import numpy as np
from rich.table import Table

_STRETCH = (100, 300)
"""Of scenes: after the cache of kept assets is full and has turned over."""
_SPAN = 50


def memory_table(catalog: str) -> Table:
    """Returns the mean resident megabytes over spans of scenes, and the growth a scene.

    Rooms differ in size by tens of megabytes, so the growth is the slope of the line through all scenes, not the
    difference of two.
    """
    command = [sys.executable, "-m", "bench.many_scenes", "--catalog", catalog]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    held = np.array(json.loads(done.stdout.splitlines()[-1]))
    table = Table("scenes", "MB, mean", "MB, most", title="memory of a worker; rooms at 64x64, 1 sample")
    for start in range(0, len(held), _SPAN):
        span = held[start : start + _SPAN]
        table.add_row(f"{start + 1} to {start + len(span)}", f"{span.mean():.0f}", f"{span.max():.0f}")
    table.add_section()
    start, stop = _STRETCH
    slope = np.polyfit(np.arange(start, stop), held[start:stop], 1)[0]
    table.add_row(f"[bold]MB a scene, {start} to {stop}", f"[bold]{slope:.3f}", "")
    return table
