"""Prompts: what a target is asked for with, written from a request and read back from the text alone.

Each task has a grammar (`Grammar`): sentence structures in two registers, with slots for what a request says. The
structures give the reader too, so the text suffices to decode a target, whoever wrote it in these words.
"""

import numpy as np

from scenegen.encoders.prompts.depth import DEPTH_GRAMMAR
from scenegen.encoders.prompts.instance import INSTANCE_GRAMMAR
from scenegen.encoders.prompts.normals import NORMALS_GRAMMAR
from scenegen.encoders.prompts.referring import REFERRING_GRAMMAR
from scenegen.encoders.prompts.request import (
    DepthRequest,
    InstanceRequest,
    NormalsRequest,
    ParsedPrompt,
    ReferringRequest,
    Request,
    SemanticRequest,
)
from scenegen.encoders.prompts.semantic import SEMANTIC_GRAMMAR
from schemas.errors import DatasetError, one_line

__all__ = [
    "GRAMMARS",
    "DepthRequest",
    "InstanceRequest",
    "NormalsRequest",
    "ParsedPrompt",
    "ReferringRequest",
    "Request",
    "SemanticRequest",
    "draw_prompt",
    "parse_prompt",
]

GRAMMARS = (DEPTH_GRAMMAR, NORMALS_GRAMMAR, SEMANTIC_GRAMMAR, INSTANCE_GRAMMAR, REFERRING_GRAMMAR)
"""One for each task."""


def draw_prompt(rng: np.random.Generator, request: Request) -> str:
    """Returns a prompt for what is requested; its register, words and notation of colours are drawn."""
    match request:
        case DepthRequest():
            return DEPTH_GRAMMAR.draw(rng, request)
        case NormalsRequest():
            return NORMALS_GRAMMAR.draw(rng, request)
        case SemanticRequest():
            return SEMANTIC_GRAMMAR.draw(rng, request)
        case InstanceRequest():
            return INSTANCE_GRAMMAR.draw(rng, request)
        case ReferringRequest():
            return REFERRING_GRAMMAR.draw(rng, request)


def parse_prompt(text: str) -> ParsedPrompt:
    """Returns what a prompt says; raises DatasetError for text that no grammar writes."""
    try:
        for grammar in GRAMMARS:
            for parsed in grammar.readings(text):
                return parsed
    except ValueError as error:
        raise DatasetError(f"the prompt {one_line(text)!r} can't be read: {error}") from error
    tasks = ", ".join(grammar.task for grammar in GRAMMARS)
    raise DatasetError(f"the prompt {one_line(text)!r} can't be read as one for any of {tasks}")
