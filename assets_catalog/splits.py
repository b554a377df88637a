"""Splits: a fixed draw from an asset's group decides for good whether it is seen in training, validation or test.

A group is what looks alike; its name is the content hash of the first of them that a catalog took in. So no asset of a
test scene, nor its near-duplicate, was ever seen in training, whatever else joins the catalog later.
"""

from assets_catalog.record import Split

_SHARES: tuple[tuple[Split, float], ...] = (("test", 0.1), ("val", 0.1), ("train", 0.8))


def split_of_group(group: str) -> Split:
    """Returns the split of a group, named by a sha256 in hexadecimal."""
    draw = int(group[:16], 16) / 2**64
    for split, share in _SHARES:
        if draw < share:
            return split
        draw -= share
    return _SHARES[-1][0]
