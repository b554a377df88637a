"""Painting: an object's colour on each of its pixels, the background's elsewhere."""

import numpy as np

from scenegen.encoders.masks import paint


def test_each_object_has_its_color_and_the_rest_the_backgrounds() -> None:
    ids = np.array([[0, 1, 2], [7, 7, 3]], dtype=np.int32)
    rgb = paint(ids, {2: (1, 2, 3), 7: (255, 0, 9)}, (10, 20, 30))
    rest = [10, 20, 30]
    assert rgb.tolist() == [[rest, rest, [1, 2, 3]], [[255, 0, 9], [255, 0, 9], rest]]


def test_no_surface_is_background_and_colors_of_objects_out_of_view_go_nowhere() -> None:
    ids = np.array([[0, 1]], dtype=np.int32)
    assert paint(ids, {0: (9, 9, 9), 2: (7, 7, 7), 40: (8, 8, 8)}, (1, 1, 1)).tolist() == [[[1, 1, 1], [1, 1, 1]]]
