"""Prints the table of mutations; exit status 1 where one is caught too rarely, or good frames are called bad."""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from assets_catalog.opening import open_catalog
from bench.mutations.subject import Subject, subjects
from bench.mutations.table import MOST_ALARMS, WALLS, Count, alarms, picture_counts, stored_counts, wall_count
from bench.mutations.unstored import cameras_in_walls

_SCENES = 60
_MADE = ("scenes=64", "scenes_per_unit=2", "tasks=[depth]", "render.samples=8")


def main() -> None:
    """Plants all of them."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations", description=__doc__)
    parser.add_argument("--dataset", type=Path, help="a dataset that keeps its frames; made where there is none")
    parser.add_argument("--catalog", required=True, help="that of the dataset: scenes are built again from it")
    parser.add_argument("--scenes", type=int, default=_SCENES, help="that defects are planted in")
    parser.add_argument("--good", type=int, default=200, help="scenes that nothing is planted in")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        root = given.dataset or _made(Path(folder, "dataset"), given.catalog)
        good = list(subjects(root, given.good))
        frames, told = alarms(good, Path(folder))
        counts = _counts(good[:: max(1, len(good) // given.scenes)], good, Path(folder), given)
    _print(counts, frames, told)
    sys.exit(not (all(count.holds for count in counts.values()) and len(told) <= MOST_ALARMS * frames))


def _counts(chosen: list[Subject], good: list[Subject], folder: Path, given: argparse.Namespace) -> dict[str, Count]:
    walls = wall_count(cameras_in_walls(good, open_catalog(given.catalog), given.scenes))
    return {WALLS: walls, **picture_counts(chosen), **stored_counts(chosen, folder)}


def _made(out: Path, catalog: str) -> Path:
    settings = [word for setting in _MADE for word in ("--set", setting)]
    size = ["--set", "camera.width_px=128", "--set", "camera.height_px=128"]
    command = [
        sys.executable,
        "-c",
        "from ray_cluster.cli import main; main()",
        "generate",
        "mixed",
        str(out),
        "--catalog",
        catalog,
    ]
    subprocess.run([*command, *settings, *size], check=True)
    return out


def _print(counts: dict[str, Count], frames: int, told: list[str]) -> None:
    table = Table("planted", "must be named by", title="mutations of real frames", box=None, pad_edge=False)
    for head in ("planted", "caught", "share"):
        table.add_column(head, justify="right")
    for name, count in counts.items():
        share = f"{count.caught / max(1, count.planted):.1%}"
        style = "" if count.holds else "bold red"
        table.add_row(name, count.caught_by, str(count.planted), str(count.caught), share, style=style)
    table.add_section()
    table.add_row("nothing", "nobody", str(frames), str(len(told)), f"{len(told) / max(1, frames):.1%}")
    console = Console()
    console.print(table)
    for name, count in counts.items():
        for missed in count.missed[:5]:
            console.print(f"missed: {name}: {missed}", markup=False, highlight=False, soft_wrap=True)
    for line in told[:20]:
        console.print(f"false alarm: {line}", markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
