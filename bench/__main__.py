"""`make bench`: prints the tables, one part after another; PART=codec for one of them."""

import argparse
import os
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from bench.codec import codec_table, files_table, noisy_picture, smooth_buffers
from bench.memory import memory_table
from bench.reader import reader_table
from bench.rooms import rendered, spec_of, stages_table
from bench.scenes import PLAN_S, building_table, planned, planning_table
from bench.throughput import share_table, throughput_table
from bench.validation import validation_table

SCENES, VIEWS = 10, 4
PRESETS = {"preview": 4, "default": 2, "quality": 1}
"""Render preset -> frames that are enough to tell its pace."""

console = Console()


def codec(catalog: str) -> None:
    """Encoders, decoders and files."""
    console.print(codec_table())
    buffers = smooth_buffers()
    console.print(files_table(noisy_picture(buffers), buffers))


def rooms(catalog: str) -> None:
    """All stages of many frames, and what they cost beside pure Cycles."""
    spec = spec_of("default", [f"scenes={SCENES}", f"views_per_scene={VIEWS}"])
    watch, wall_s, frames = rendered(spec, catalog)
    console.print(stages_table(watch, wall_s, frames, SCENES))


def presets(catalog: str) -> None:
    """Frames an hour for each render preset."""
    table = Table("render preset", "size", "samples", "frames an hour", title="this machine, one worker")
    for name, count in PRESETS.items():
        spec = spec_of(name, ["scenes=1", f"views_per_scene={count}"])
        _, wall_s, frames = rendered(spec, catalog)
        size = f"{spec.camera.width_px}x{spec.camera.height_px}"
        table.add_row(name, size, str(spec.render.samples), f"{3600 * frames / wall_s:.0f}")
    console.print(table)


def memory(catalog: str) -> None:
    """Growth over scenes."""
    console.print(memory_table(catalog))


def reader(catalog: str) -> None:
    """Reading for a training."""
    console.print(reader_table())


def scenes(catalog: str) -> None:
    """Planning by recipe, and building in Blender."""
    groups = [planned(recipe, catalog) for recipe in PLAN_S]
    console.print(planning_table(groups))
    console.print(building_table(groups, catalog))


def throughput(catalog: str) -> None:
    """Frames a second by one worker and by two, and Ray's share."""
    console.print(throughput_table(catalog))
    console.print(share_table(catalog))


def validation(catalog: str) -> None:
    """Checking what is stored."""
    console.print(validation_table())


PARTS: dict[str, Callable[[str], None]] = {
    "codec": codec,
    "memory": memory,
    "presets": presets,
    "reader": reader,
    "rooms": rooms,
    "scenes": scenes,
    "throughput": throughput,
    "validation": validation,
}


def main() -> None:
    """Runs the parts that are asked for, all by default."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--catalog", default="builtin")
    given = parser.parse_args()
    if unknown := sorted(set(given.parts) - PARTS.keys()):
        parser.error(f"unknown {', '.join(unknown)}; parts are {', '.join(PARTS)}")
    for name in given.parts or PARTS:
        PARTS[name](given.catalog)
    console.file.flush()
    os._exit(0)  # Blender may hang at exit


main()
