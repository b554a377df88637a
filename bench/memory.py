"""Memory: what a worker's process holds after each of many real rooms, in a process of its own."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from rich.table import Table

WARM = 100


def memory_table(catalog_path: Path | None) -> Table:
    """Returns the resident megabytes after some numbers of scenes, and the growth a scene from the 100th on."""
    command = [sys.executable, "-m", "bench.many_scenes"]
    command += ["--catalog-path", str(catalog_path)] if catalog_path else []
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    held = {int(scenes): mb for scenes, mb in json.loads(done.stdout.splitlines()[-1]).items()}
    first, last = min(held), max(held)
    table = Table("scenes", "MB", "MB a scene", title="memory of a worker; rooms at 64x64, 1 sample")
    table.add_row(str(first), f"{held[first]:.0f}", "")
    for before, after in pairwise(held):
        table.add_row(str(after), f"{held[after]:.0f}", f"{(held[after] - held[before]) / (after - before):.3f}")
    table.add_section()
    table.add_row(f"[bold]{WARM} to {last}", "", f"[bold]{(held[last] - held[WARM]) / (last - WARM):.3f}")
    return table
