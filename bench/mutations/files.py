"""Defects of bytes: what a disk, a network or a killed program does to a file."""

from collections.abc import Mapping

import numpy as np

from bench.mutations.planted import Mutation, Planted
from bench.mutations.subject import Subject, contents_of


def _truncated(subject: Subject, rng: np.random.Generator) -> Planted | None:
    contents = contents_of(subject.files)
    path = str(rng.choice(sorted(contents)))
    contents[path] = contents[path][: int(rng.integers(len(contents[path])))]
    return Planted(contents, (subject.unit.triplets_path, path))


def _flipped_bit(subject: Subject, rng: np.random.Generator) -> Planted | None:
    contents = contents_of(subject.files)
    path = str(rng.choice(sorted(contents)))
    data = bytearray(contents[path])
    data[int(rng.integers(len(data)))] ^= 1 << int(rng.integers(8))
    contents[path] = bytes(data)
    return Planted(contents, (subject.unit.triplets_path, path))


FILES: Mapping[str, Mutation] = {
    "a truncated file": Mutation(("checksums",), _truncated),
    "a flipped bit": Mutation(("checksums", "schema"), _flipped_bit),
}
"""What is planted -> who must name it, and how it is planted. A bit in a footer's own words is `schema`'s."""
