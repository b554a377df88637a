"""Thing: boxes between corners, in tenths of a millimetre."""

import random

from scenegen.recipes.thing import box


def test_corners_are_rounded_as_numbers_are_written() -> None:
    """Near ties too: those of half a tenth of a millimetre."""
    draw = random.Random(1)
    for _ in range(2000):
        low = draw.choice(
            [draw.uniform(-300, 300), draw.randrange(-400000, 400000) / 20000, draw.randrange(-9, 9) / 10]
        )
        high = low + draw.choice([draw.uniform(0.001, 9), draw.randrange(1, 9000) / 20000 + 0.001])
        ends = round(low, 4), round(high, 4)
        made = box((low, 0.0, 0.0), (high, 1.0, 1.0))
        assert made.center_m == (round(sum(ends) / 2, 5), 0.5, 0.5)
        assert made.size_m == (round(ends[1] - ends[0], 4), 1.0, 1.0)
