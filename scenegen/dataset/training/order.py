"""Order: in which order the rows of an epoch come: a pure function of (row groups, seed, epoch, buffer).

Row groups are drawn into an order, and the rows of the g-th come at times g + buffer * u, u uniform in [0, 1): as
through a buffer that holds about so many row groups, so that each is read once and given up soon after. Neither ranks
nor workers have a say; they get contiguous parts (`scenegen.dataset.training.dealing`).
"""

import numpy as np
from jaxtyping import Int64

from schemas.seeds import rng_for


def epoch_order(
    row_groups: Int64[np.ndarray, " n"], seed: int, epoch: int, buffer_groups: int
) -> Int64[np.ndarray, " n"]:
    """Returns the numbers of the rows in the order of an epoch; `row_groups` says for each row which it lies in.

    `buffer_groups` is how many row groups are mixed; 0 leaves all rows in the order in which they are stored.
    """
    if buffer_groups == 0:
        return np.arange(len(row_groups), dtype=np.int64)
    groups, group = np.unique(row_groups, return_inverse=True)
    rng = rng_for(seed, "epoch", epoch)
    turn = rng.permutation(len(groups))[group]
    times = turn + buffer_groups * rng.random(len(group))
    return np.argsort(times, kind="stable").astype(np.int64)
