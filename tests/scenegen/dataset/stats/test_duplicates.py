"""Near-duplicates: a planted pair is found through flaws and size; whatever differs in picture or depth is not."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Float32, UInt8
from PIL import Image

from scenegen.dataset.stats import duplicates
from scenegen.dataset.stats.duplicates import (
    BITS_APART,
    STEPS_APART,
    Fingerprints,
    depth_cells,
    difference_hash,
    near_duplicates,
)
from schemas.frame import GBuffer

SIDE = 96


def picture(seed: int) -> UInt8[np.ndarray, "h w 3"]:
    """Returns patches of colour, as a room has them."""
    patches = np.random.default_rng(seed).integers(20, 236, (12, 12, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(patches).resize((SIDE, SIDE), Image.Resampling.BICUBIC))


def depth(seed: int) -> Float32[np.ndarray, "h w"]:
    return np.repeat(np.repeat(np.random.default_rng(seed).uniform(0.5, 9, (8, 8)), 12, 0), 12, 1).astype(np.float32)


def gbuffer(z_depth_m: Float32[np.ndarray, "h w"]) -> GBuffer:
    ids = np.ones(z_depth_m.shape, np.int32)
    return GBuffer(z_depth_m, np.zeros((*z_depth_m.shape, 3), np.float32), ids, ids, ids)


def prints_of(*shots: tuple[UInt8[np.ndarray, "h w 3"], Float32[np.ndarray, "h w"]]) -> Fingerprints:
    prints = Fingerprints()
    for number, (rgb, z_depth_m) in enumerate(shots):
        prints.add(f"f{number}", rgb, gbuffer(z_depth_m))
    return prints


def flawed(rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    noise = np.random.default_rng(9).normal(0, 6, rgb.shape)
    return np.clip(0.8 * rgb * (1.0, 1.05, 0.95) + noise, 0, 255).astype(np.uint8)


def test_a_planted_pair_is_found_and_no_other() -> None:
    shots = [(picture(seed), depth(seed)) for seed in range(40)]
    shots.insert(25, (flawed(shots[7][0]), shots[7][1] * np.float32(1.02)))
    assert near_duplicates(prints_of(*shots)) == (("f7", "f25"),)


def test_the_size_of_a_picture_does_not_matter() -> None:
    rgb, z_depth_m = picture(1), depth(1)
    large = np.asarray(Image.fromarray(rgb).resize((SIDE * 3, SIDE * 3), Image.Resampling.BICUBIC))
    assert near_duplicates(prints_of((rgb, z_depth_m), (large, z_depth_m.repeat(3, 0).repeat(3, 1)))) == (("f0", "f1"),)


def test_alike_in_one_of_both_is_no_duplicate() -> None:
    same_picture = (picture(1), depth(1)), (picture(1), depth(1) * np.float32(1.2))
    same_depth = (picture(1), depth(1)), (picture(2), depth(1))
    assert near_duplicates(prints_of(*same_picture)) == near_duplicates(prints_of(*same_depth)) == ()


def test_copies_are_told_once_each_with_the_first() -> None:
    copies = [(picture(3), depth(3))] * 2000
    assert near_duplicates(prints_of(*copies)) == tuple(("f0", f"f{number}") for number in range(1, 2000))


def test_of_no_frames_and_of_one_there_are_no_pairs() -> None:
    assert near_duplicates(prints_of()) == near_duplicates(prints_of((picture(1), depth(1)))) == ()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sets(st.integers(0, 63), max_size=6)), min_size=1, max_size=30),
    st.integers(0, 9),
)
def test_no_pair_is_missed_or_made_up(drawn: list[tuple[int, set[int]]], seed: int) -> None:
    """Held against all with all: frames that are some bits away from six hashes; depths that are some steps apart."""
    roots = np.random.default_rng(seed).integers(0, 2**64, 6, dtype=np.uint64).tolist()
    hashed = [roots[root] ^ sum(1 << bit for bit in bits) for root, bits in drawn]
    keys = list(dict.fromkeys((each, bytes([100 + number % 5] * 64)) for number, each in enumerate(hashed)))
    prints = Fingerprints(
        [str(number) for number in range(len(keys))], *(list(part) for part in zip(*keys, strict=True))
    )
    expected = [
        (str(first), str(second))
        for first, second in itertools.combinations(range(len(keys)), 2)
        if (keys[first][0] ^ keys[second][0]).bit_count() <= BITS_APART
        and abs(keys[first][1][0] - keys[second][1][0]) <= STEPS_APART
    ]
    assert list(near_duplicates(prints)) == expected


def test_thousands_of_frames_are_compared_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    rng, prints = np.random.default_rng(0), Fingerprints()
    prints.hashes = rng.integers(0, 2**64, 60_000, dtype=np.uint64).tolist()
    prints.frame_ids = [str(number) for number in range(60_000)]
    prints.depths = [bytes(64)] * 60_000
    compared = 0

    def counted(bits: np.ndarray) -> np.ndarray:
        nonlocal compared
        compared += bits.size
        return np.bitwise_count(bits)

    monkeypatch.setattr(duplicates, "bits_set", counted)
    assert near_duplicates(prints) == ()
    assert compared < 60_000**2 / 400


def test_the_hash_is_of_neighbours_in_the_grid() -> None:
    ramp = np.repeat(np.linspace(0, 250, 90).astype(np.uint8)[None, :, None], 80, 0).repeat(3, 2)
    assert difference_hash(ramp) == 2**64 - 1
    assert difference_hash(ramp[:, ::-1]) == 0
    assert difference_hash(np.concatenate([ramp[:40], ramp[:40, ::-1]])) == (2**32 - 1) << 32


def test_depths_are_in_steps_of_four_percent_and_end_far_away() -> None:
    assert depth_cells(np.full((16, 16), np.inf, np.float32)).tolist() == [[255] * 8] * 8
    near, far = (int(depth_cells(np.full((16, 16), z, np.float32))[0, 0]) for z in (1.0, 1.04))
    assert far - near == 1
