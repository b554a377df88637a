"""A large catalog: an index of 100,000 assets is made, opened and filtered in a fresh process; prints what it took."""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from assets_catalog.folder import open_folder
from assets_catalog.folder.index_file import index_bytes
from assets_catalog.folder.layout import INDEX
from assets_catalog.index import index_of
from assets_catalog.record import AssetRecord, PartLook, SupportSurface
from assets_catalog.splits import split_of_group

ASSETS = 100_000
_CLASSES = 120
_LICENSES = ("CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "MIT")


def fill(folder: Path, count: int) -> None:
    """Writes an index of assets with four parts each; their files are never asked for."""
    rng = np.random.default_rng(0)
    index = index_of(_record(number, rng) for number in range(count))
    (folder / INDEX).write_bytes(index_bytes(index))


def opened(folder: Path) -> dict[str, float]:
    """Opens and filters by class, split and licence; returns seconds and resident megabytes."""
    started, core_started = time.perf_counter(), time.process_time()
    catalog = open_folder(str(folder))
    open_s = time.perf_counter() - started
    some = catalog.licensed(["CC-BY-4.0", "CC0-1.0"]).for_split("train")
    chairs = some.of_class("class-006")
    all_s, all_core_s = time.perf_counter() - started, time.process_time() - core_started
    held = psutil.Process().memory_info().rss
    return {
        "open_s": open_s,
        "all_s": all_s,
        "all_core_s": all_core_s,
        "found": len(chairs),
        "held_mb": held / 2**20,
        "most_mb": _most_mb(),
    }


def _most_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return float(status.partition("VmHWM:")[2].split()[0]) / 2**10


def _record(number: int, rng: np.random.Generator) -> AssetRecord:
    sha256 = rng.bytes(32).hex()
    look = {"color_name": "brown", "color": (0.4, 0.3, 0.2), "substance": "wood", "area_share": 0.25}
    return AssetRecord(
        asset_id=f"shop/thing-{number:06d}",
        label="a thing with a name",
        class_name=f"class-{number % _CLASSES:03d}",
        size_m=(0.5, 0.6, 0.7),
        placement="floor",
        supports=(SupportSurface(center_m=(0.0, 0.0), size_m=(0.5, 0.6), height_m=0.7),),
        parts=tuple(PartLook(name=f"part {part}", **look) for part in range(4)),
        color_name="brown",
        substance="wood",
        triangles=4000,
        license=_LICENSES[number % len(_LICENSES)],
        creator="somebody",
        source="Shop of Things 1.0",
        source_sha256=rng.bytes(32).hex(),
        sha256=sha256,
        group=sha256,
        split=split_of_group(sha256),
        signature=rng.bytes(32).hex(),
    )


def _table(folder: Path, told: dict[str, float]) -> Table:
    table = Table("what", "figure", title=f"a catalog of {ASSETS:,} assets")
    table.add_row("index, MB", f"{(folder / INDEX).stat().st_size / 2**20:.0f}")
    table.add_row("opened, s", f"{told['open_s']:.2f}")
    table.add_row("opened and filtered by licence, split and class, s", f"{told['all_s']:.2f}")
    table.add_row("of that, on a core, s", f"{told['all_core_s']:.2f}")
    table.add_row("held by the process, MB", f"{told['held_mb']:.0f}")
    table.add_row("at most, MB", f"{told['most_mb']:.0f}")
    return table


def main() -> None:
    """Prints the figures; `--open FOLDER` is what the fresh process does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--open", type=Path)
    given = parser.parse_args()
    if given.open is not None:
        print(json.dumps(opened(given.open)))
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, ASSETS)
        command = [sys.executable, "-m", "bench.large_catalog", "--open", name]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        Console().print(_table(folder, json.loads(done.stdout)))


if __name__ == "__main__":
    main()
