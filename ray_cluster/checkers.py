"""Checkers: Ray actors that hold the units of a dataset against their plan, unit by unit.

In a Ray of their own on this machine, or in a cluster that runs already. What they find does not depend on how many
they are, nor on who checked which unit. A unit whose checker dies is given to another, then named as a fault: nothing
that lies in a file may end a validation.

A Ray takes seconds to start, so what is small is checked in this process.
"""

from collections.abc import Iterator

from ray_cluster.which_ray import choose_ray
from scenegen.dataset.checks.findings import Findings
from scenegen.dataset.validate import Spread, Validation, here

_SMALL_PX = 2e7
"""Pixels of the frames looked at, up to which no Ray is started: seconds on one core."""


def spread_over(workers: int | None, address: str | None) -> Spread:
    """Returns who checks: so many processes, here or in the cluster at `address`; all that it has room for if none."""

    def spread(validation: Validation, units: int) -> Iterator[tuple[int, Findings]]:
        if address is None and (workers == 1 or units < 2 or _pixels(validation) < _SMALL_PX):
            return here(validation, units)
        choose_ray(address)
        from ray_cluster.checker_pool import checked  # noqa: PLC0415 - imports Ray, which takes a second

        return checked(validation, units, workers, address)

    return spread


def _pixels(validation: Validation) -> float:
    """Returns how many pixels the frames have that are looked at, at most."""
    total = 0.0
    for number, run in enumerate(validation.runs):
        spec = run.record.spec
        buckets = [bucket.width_px * bucket.height_px for bucket in spec.camera.buckets]
        some = validation.drawn
        frames = spec.scenes * spec.views_per_scene if some is None else len(some[number].frames)
        total += frames * max(buckets, default=spec.camera.width_px * spec.camera.height_px)
    return total
