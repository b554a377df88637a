"""Prompts say no more of an encoding than is true of it; what every encoder must hold stands in tests/contracts."""

import numpy as np

from scenegen.encoders import ENCODERS
from scenegen.encoders.hilbert import PATH_NAMES


def test_a_prompt_that_names_the_palette_names_it_in_order() -> None:
    naming = [prompt for prompt in ENCODERS["depth"].prompts if "cyan" in prompt]
    assert 0 < len(naming) < len(ENCODERS["depth"].prompts)
    for prompt in naming:
        places = [prompt.index(name) for name in PATH_NAMES]
        assert places == sorted(places)


def test_some_normals_prompts_state_the_axes_and_some_do_not() -> None:
    stating = ["left" in prompt or "(1 - x)/2" in prompt for prompt in ENCODERS["normals"].prompts]
    assert 0 < np.count_nonzero(stating) < len(stating)
