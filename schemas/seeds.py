"""Named streams of random numbers: one for each purpose, so that a new draw never moves an old one.

A stream's seed is the first 8 bytes (big-endian) of SHA-256 over the key's parts joined by "/".
No stream depends on how many numbers another one gave, on the process, or on the clock.
"""

import hashlib

import numpy as np


def seed_for(*key: str | int) -> int:
    """Returns the uint64 seed that belongs to `key`, e.g. `seed_for(spec.seed, "scene", 3, "lights")`."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def rng_for(*key: str | int) -> np.random.Generator:
    """Returns the generator of the stream named by `key`."""
    return np.random.Generator(np.random.PCG64(seed_for(*key)))
