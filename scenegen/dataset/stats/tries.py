"""Tries: how many candidate views were looked at for each view that became a frame.

A scene's candidates are looked at in their order, so that those which its footer doesn't name as rejected became its
frames. Of a scene that was drawn anew the rejections of its earlier draws count for its first frame.
"""

from collections import Counter
from collections.abc import Iterable

from scenegen.dataset.footer import RejectedView, UnitFooter

FEW = 8
"""Candidates within which a view should be found."""


def tries_of(footer: UnitFooter, views_per_scene: int) -> Counter[int]:
    """Returns candidates looked at -> frames of the unit that took so many."""
    scenes = range(footer.unit.scene_start, footer.unit.scene_stop)
    rejected: dict[int, list[RejectedView]] = {scene: [] for scene in scenes}
    for each in footer.rejections:
        rejected.setdefault(each.scene_index, []).append(each)
    return Counter(count for each in rejected.values() for count in _tries(each, views_per_scene))


def within(tries: Counter[int], most: int = FEW) -> int:
    """Returns how many frames took no more candidates than that."""
    return sum(frames for count, frames in tries.items() if count <= most)


def _tries(rejected: Iterable[RejectedView], views: int) -> list[int]:
    """Returns candidates looked at for each frame of one scene."""
    rejected = list(rejected)
    last = max((each.attempt for each in rejected), default=0)
    out = {each.view_index for each in rejected if each.attempt == last}
    tries, since, index = list[int](), len(rejected) - len(out), 0
    while len(tries) < views:
        since += 1
        if index not in out:
            tries.append(since)
            since = 0
        index += 1
    return tries
