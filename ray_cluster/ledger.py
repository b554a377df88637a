"""Ledger: what a committed unit cost, measured by its worker and written beside the dataset, best effort.

Processor time is that of the whole process, a renderer's threads included, less what the packing thread took, which
runs beside it and has its own. Nothing depends on an entry: one that can't be written is left out.
"""

import socket
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from ray_cluster.events import Lease
from ray_cluster.storage import Storage
from schemas.errors import ScenegenError
from schemas.frame import Rejection
from schemas.ledger import LedgerEntry
from schemas.unit import Receipt


@dataclass
class Costs:
    """Of one attempt, as they run up."""

    lease: Lease
    begun: float = field(default_factory=time.perf_counter)
    core_s: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Stage -> seconds."""

    def entry(self, receipt: Receipt, stored_bytes: int, rejections: Sequence[Rejection]) -> LedgerEntry:
        """Returns what is to be written once the unit is committed."""
        return LedgerEntry(
            unit=receipt.unit.name,
            attempt=self.lease.attempt,
            host=socket.gethostname(),
            wall_s=round(time.perf_counter() - self.begun, 3),
            core_s={stage: round(seconds, 3) for stage, seconds in sorted(self.core_s.items())},
            stored_bytes=stored_bytes,
            frames=receipt.frames,
            triplets=receipt.triplets,
            rejected=dict(sorted(Counter(rejection.verdict.gate for rejection in rejections).items())),
            already_there=receipt.already_there,
        )


def note(storage: Storage, lease: Lease, entry: LedgerEntry) -> None:
    """Writes an entry, or doesn't."""
    with suppress(ScenegenError):
        storage.replace(lease.unit.ledger_path(lease.attempt), f"{entry.model_dump_json(indent=2)}\n".encode())
