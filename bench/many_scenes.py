"""Many scenes: makes frames of real rooms in one process and prints, as JSON, the megabytes it held after each."""

import argparse
import json
import os

import psutil

from assets_catalog.opening import open_catalog
from bench.rooms import spec_of
from scenegen.dataset.pack import pack_frame
from scenegen.produce import frames_of_unit
from schemas.run_record import RunRecord
from schemas.unit import units_of

SCENES = 300
_SMALL = ["views_per_scene=1", "camera.width_px=64", "camera.height_px=64", "render.samples=1"]


def held_mb(catalog_location: str) -> list[float]:
    """Returns the resident megabytes after each scene."""
    spec = spec_of("preview", [f"scenes={SCENES}", *_SMALL])
    catalog = open_catalog(catalog_location)
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={})
    process, held = psutil.Process(), []
    for unit in units_of(spec):
        for outcome in frames_of_unit(record, unit, catalog):
            if isinstance(outcome, tuple):
                pack_frame(record, *outcome)
        held.append(process.memory_info().rss / 2**20)
    return held


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--catalog", default="builtin")
    print(json.dumps(held_mb(parser.parse_args().catalog)), flush=True)
    os._exit(0)  # Blender may hang at exit
