"""Drawing: which frames of a run are looked at where a share of them will do, and what that tells of the rest.

Frames are drawn without replacement from a stream of the seed and the run's digest, each as likely as any other: the
same command looks at the same frames, on any machine and with any number of workers. Units are drawn likewise, whose
whole files are held against their hashes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int64
from scipy.special import betaincinv

from schemas.errors import InputError
from schemas.seeds import rng_for
from schemas.validation import CONFIDENCE


@dataclass(frozen=True)
class Draw:
    """What is asked for."""

    share: float
    """Above 0, up to 1."""
    seed: int = 0


@dataclass(frozen=True)
class Drawn:
    """What was drawn of a run."""

    frames: Int64[np.ndarray, " n"]
    """Numbers of frames, counted through the run, rising."""
    units: frozenset[int]

    def within(self, start: int, stop: int) -> frozenset[int]:
        """Returns the frames with numbers from `start` up to `stop`."""
        low, high = np.searchsorted(self.frames, (start, stop))
        return frozenset(self.frames[low:high].tolist())


def drawn(draw: Draw, run_digest: str, frames: int, units: Sequence[int]) -> Drawn:
    """Returns the share of a run's frames, and of its units; at least one of each."""
    chosen = places(draw, run_digest, "frames", frames)
    of_units = places(draw, run_digest, "units", len(units))
    return Drawn(chosen, frozenset(units[place] for place in of_units.tolist()))


def share_of(text: str) -> float:
    """Returns 0.01 for '1%' and for '0.01'; raises InputError for what is no share."""
    number, percent, rest = text.strip().partition("%")
    try:
        share = float(number) / (100 if percent else 1)
    except ValueError:
        share = math.nan
    if rest.strip() or not 0 < share <= 1:
        raise InputError(f"--sample {text}: must be a share above 0 and up to 1, such as 1% or 0.01")
    return share


def at_most(at_fault: int, looked_at: int) -> float | None:
    """Returns the largest share with a fault that is consistent with so many faults among so many drawn.

    Clopper and Pearson's upper bound at `CONFIDENCE`; nothing where nothing was looked at.
    """
    if looked_at == 0:
        return None
    return 1.0 if at_fault >= looked_at else float(betaincinv(at_fault + 1, looked_at - at_fault, CONFIDENCE))


def places(draw: Draw, run_digest: str, what: str, count: int) -> Int64[np.ndarray, " n"]:
    """Returns the share of so many things, by their places, rising; at least one where there are any."""
    rng = rng_for(draw.seed, "validate", run_digest, what)
    most = min(count, max(1, math.ceil(draw.share * count)))
    return np.sort(rng.choice(count, size=most, replace=False)).astype(np.int64)
