"""What every encoder has: a name in the table, canonical parameters, prompts of its own."""

import json

import numpy as np
import pytest

from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import prompt_for
from scenegen.encoders.hilbert import PATH_NAMES
from schemas.model import canonical_json
from schemas.seeds import rng_for


@pytest.mark.parametrize("task", ENCODERS)
def test_an_encoder_is_listed_under_its_own_name(task: str) -> None:
    assert ENCODERS[task].task == task


@pytest.mark.parametrize("task", ENCODERS)
def test_parameters_are_canonical_json(task: str) -> None:
    stored = ENCODERS[task].codec_params
    assert canonical_json(json.loads(stored)) == stored


@pytest.mark.parametrize("task", ENCODERS)
def test_prompts_are_several_and_differ(task: str) -> None:
    prompts = ENCODERS[task].prompts
    assert len(set(prompts)) == len(prompts) >= 6
    assert all(prompt == prompt.strip() and prompt.endswith(".") for prompt in prompts)


def test_one_stream_draws_one_prompt_and_streams_reach_all() -> None:
    depth = ENCODERS["depth"]
    drawn = [prompt_for(rng_for(key, "prompt"), depth) for key in range(200)]
    assert drawn == [prompt_for(rng_for(key, "prompt"), depth) for key in range(200)]
    assert set(drawn) == set(depth.prompts)


def test_a_prompt_that_names_the_palette_names_it_in_order() -> None:
    naming = [prompt for prompt in ENCODERS["depth"].prompts if "cyan" in prompt]
    assert 0 < len(naming) < len(ENCODERS["depth"].prompts)
    for prompt in naming:
        places = [prompt.index(name) for name in PATH_NAMES]
        assert places == sorted(places)


def test_some_normals_prompts_state_the_axes_and_some_do_not() -> None:
    stating = ["left" in prompt or "(1 - x)/2" in prompt for prompt in ENCODERS["normals"].prompts]
    assert 0 < np.count_nonzero(stating) < len(stating)
