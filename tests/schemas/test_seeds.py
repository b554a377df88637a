"""Named streams."""

import hashlib

from schemas.seeds import rng_for, scene_seed, seed_for


def test_a_streams_seed_is_the_sha256_of_its_key() -> None:
    expected = int.from_bytes(hashlib.sha256(b"7/scene/3/lights").digest()[:8], "big")
    assert seed_for(7, "scene", 3, "lights") == expected


def test_the_same_key_gives_the_same_numbers_whatever_was_drawn_elsewhere() -> None:
    alone = rng_for(1, "lights").random(5).tolist()
    rng_for(1, "cameras").random(1000)
    assert rng_for(1, "lights").random(5).tolist() == alone


def test_other_keys_give_other_numbers() -> None:
    keys = [(1, "a"), (1, "b"), (2, "a"), (1, "a", 0), (1, "a", 1)]
    assert len({seed_for(*key) for key in keys}) == len(keys)


def test_a_scene_has_a_seed_for_each_attempt_and_the_first_is_the_plain_one() -> None:
    assert scene_seed(7, 3) == seed_for(7, "scene", 3)
    seeds = {scene_seed(run, scene, attempt) for run in (7, 8) for scene in range(3) for attempt in range(3)}
    assert len(seeds) == 18
