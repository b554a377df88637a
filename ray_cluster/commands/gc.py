"""`scenegen gc`: files that belong to nothing are named, and removed."""

from collections.abc import Iterable

from ray_cluster.orphans import orphans, remove
from scenegen.dataset.places import Located


def run(out: Located, older_than_min: float, dry_run: bool) -> Iterable[str]:
    """Yields the lines to print."""
    found = orphans(out, 60 * older_than_min)
    for orphan in found:
        yield f"{orphan.name}: {orphan.why}, {orphan.size_bytes} bytes"
    if not dry_run:
        remove(out, found)
    total = sum(orphan.size_bytes for orphan in found)
    yield f"{len(found)} orphans, {total / 1e6:.3g} MB, {'would be removed' if dry_run else 'removed'}"
