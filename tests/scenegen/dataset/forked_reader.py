"""Reads a dataset here, then in two forked processes as workers of a torch DataLoader do, at once: OUT."""

import multiprocessing
import sys
from collections.abc import Sequence
from hashlib import sha256

from scenegen.dataset.reader import open_triplets
from scenegen.dataset.rows import Triplets


def digest(triplets: Triplets, indices: Sequence[int]) -> str:
    """Returns a digest of some rows."""
    rows = (triplets[index] for index in indices)
    return sha256(b"".join(row.input_rgb.tobytes() + row.target_rgb.tobytes() for row in rows)).hexdigest()


def put_digest(triplets: Triplets, indices: Sequence[int], digests: "multiprocessing.Queue[str]") -> None:
    """Tells the digest to the parent."""
    digests.put(digest(triplets, indices))


if __name__ == "__main__":
    triplets = open_triplets(sys.argv[1])
    indices = range(len(triplets))
    expected = digest(triplets, indices)
    fork = multiprocessing.get_context("fork")
    digests = fork.Queue()
    workers = [fork.Process(target=put_digest, args=(triplets, indices, digests), daemon=True) for _ in range(2)]
    for worker in workers:
        worker.start()
    found = {digests.get(timeout=30) for _ in workers} | {digest(triplets, indices)}
    for worker in workers:
        worker.join(5)
    print("same" if found == {expected} else "other", [worker.exitcode for worker in workers])
