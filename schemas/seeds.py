"""Named streams of random numbers: one for each purpose, so that a new draw never moves an old one.

A stream's seed is the first 8 bytes (big-endian) of SHA-256 over the key's parts joined by "/".
No stream depends on how many numbers another one gave, on the process, or on the clock.
"""

import hashlib

import numpy as np

ATTEMPTS = 8
"""Drawings of a scene before it is given up; replacement k of a scene has the seeds of attempts 8k to 8k + 7."""


def seed_for(*key: str | int) -> int:
    """Returns the uint64 seed that belongs to `key`, e.g. `seed_for(spec.seed, "scene", 3, "lights")`."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def rng_for(*key: str | int) -> np.random.Generator:
    """Returns the generator of the stream named by `key`."""
    return np.random.Generator(np.random.PCG64(seed_for(*key)))


def scene_seed(run_seed: int, scene_index: int, attempt: int = 0) -> int:
    """Returns the seed of a scene's streams; a scene whose views were all rejected is drawn anew, `attempt` counted up.

    No scene's seed depends on another scene, nor on how often that one was drawn.
    """
    anew = ("attempt", attempt) if attempt else ()
    return seed_for(run_seed, "scene", scene_index, *anew)
