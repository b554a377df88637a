"""What the five steps can't read from a clean target is told, object by object."""

import numpy as np

from scenegen.encoders.masks import paint, recoverable
from tests.scenegen.encoders.masks.scenes import BACKGROUND, colors_for


def test_small_thin_and_scattered_objects_are_lost_and_others_recovered() -> None:
    ids = np.zeros((400, 400), np.int32)
    ids[10:30, 10:30] = 4  # whole
    ids[50:55, 50:56] = 5  # 30 pixels of the 32 that are needed
    ids[100:102, 0:400] = 6  # thin
    ids[200:220, 0:20] = ids[200:220, 380:400] = 7  # its halves far apart
    ids[300:340, 300:390] = 8
    ids[300:340, 340:344] = 9  # in front of 8, which it divides
    ids[350:354, 350:351] = 8  # a crumb of 8, too small to be read
    objects = [4, 5, 6, 7, 8, 9]
    target = paint(ids, dict(zip(objects, colors_for(np.random.default_rng(0), 6, 51), strict=True)), BACKGROUND)
    assert recoverable(target, BACKGROUND, ids, objects) == {4, 8, 9}
    assert recoverable(target, BACKGROUND, ids, [5, 9]) == {9}


def test_nothing_is_recovered_of_nothing() -> None:
    ids = np.zeros((20, 20), np.int32)
    target = paint(ids, {}, BACKGROUND)
    assert recoverable(target, BACKGROUND, ids, []) == frozenset()
    assert recoverable(target, BACKGROUND, ids, [3]) == frozenset()
