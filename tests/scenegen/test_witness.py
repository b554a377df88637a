"""The figures of agreement, pixel by pixel."""

import numpy as np

from scenegen.witness import agreement
from schemas.frame import GBuffer

SKY_M = np.float32(1e10)
Z_M = np.linspace(1, 5, 2000, dtype=np.float32).reshape(40, 50)
IDS = np.repeat(np.arange(1, 5, dtype=np.int32), 500).reshape(40, 50)
BUFFER = GBuffer(Z_M, np.zeros((40, 50, 3), dtype=np.float32), IDS, IDS, IDS)


def test_the_same_passes_agree_in_full() -> None:
    found = agreement(BUFFER, Z_M, IDS.astype(np.float32))
    assert (found.same_share, found.z_error_p999) == (1.0, 0.0)


def test_other_ids_other_depths_and_other_skies_do_not_agree() -> None:
    z_m, index = Z_M.copy(), IDS.astype(np.float32)
    index[0, :10] = 9
    z_m[1, :20] *= np.float32(1.01)
    z_m[2, :5] = SKY_M
    assert agreement(BUFFER, z_m, index).same_share == 1 - 35 / 2000


def test_a_surface_without_an_index_is_not_the_sky() -> None:
    empty = np.zeros((40, 50), dtype=np.int32)
    sky = GBuffer(np.full((40, 50), np.inf, dtype=np.float32), BUFFER.normal_cam, empty, empty, empty)
    assert agreement(sky, np.full((40, 50), SKY_M), empty.astype(np.float32)).same_share == 1.0
    assert agreement(sky, Z_M, empty.astype(np.float32)).same_share == 0.0


def test_the_percentile_leaves_out_one_in_a_thousand() -> None:
    z_m = Z_M * np.float32(1.0001)
    z_m[0, 0] *= np.float32(2)
    found = agreement(BUFFER, z_m, IDS.astype(np.float32)).z_error_p999
    assert 0.9e-4 < found < 1.1e-4
