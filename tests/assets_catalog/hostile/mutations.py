"""Hostile files, made from valid ones: each kind breaks one thing that a reader may rely on. Deterministic by seed.

`CANARY` lies beside the cases' folder, and is what escapes try to read; the port is of a server that counts who calls.
"""

import zlib
from collections.abc import Iterator

import numpy as np

from tests.assets_catalog.hostile.case import Case
from tests.assets_catalog.hostile.drawn import DRAWN
from tests.assets_catalog.hostile.planned import PLANNED


def cases(seed: int, random_count: int, port: int) -> Iterator[Case]:
    """Yields all planned cases, and `random_count` of each kind that is drawn."""
    for kind, make in PLANNED.items():
        for number, case in enumerate(make(port)):
            yield Case(f"{kind}-{number:03d}", case.files, case.links, case.size_bytes)
    for kind, draw in DRAWN.items():
        for number in range(random_count):
            rng = np.random.default_rng([seed, zlib.crc32(kind.encode()), number])
            yield Case(f"{kind}-{number:03d}", draw(rng))
