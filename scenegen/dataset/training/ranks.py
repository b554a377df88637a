"""Ranks: which of how many processes this one is, in a training on several devices."""

import os
import sys
from collections.abc import Mapping

from schemas.errors import InputError


def rank_and_ranks(environment: Mapping[str, str] = os.environ) -> tuple[int, int]:
    """Returns (rank, ranks) of torch.distributed where it is set up, else as torchrun says, else (0, 1).

    Raises InputError where the environment says what can't be.
    """
    torch = sys.modules.get("torch")
    if torch is not None and torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    said = environment.get("RANK", "0"), environment.get("WORLD_SIZE", "1")
    try:
        return checked_rank(*map(int, said))
    except ValueError as error:
        raise InputError(f"RANK is '{said[0]}' and WORLD_SIZE '{said[1]}'; both must be whole numbers") from error


def checked_rank(rank: int, ranks: int) -> tuple[int, int]:
    """Returns both; raises InputError where there is no such rank."""
    if not 0 <= rank < ranks:
        raise InputError(f"rank {rank} of {ranks}: a rank is a number from 0 to {ranks - 1}")
    return rank, ranks
