"""Requests of every task, drawn at random, with labels that are hard to read among the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from scenegen.encoders.legend import BLACK, Legend, LegendEntry, Rgb
from scenegen.encoders.palette import draw_colors
from scenegen.encoders.prompts import (
    DepthRequest,
    InstanceRequest,
    NormalsRequest,
    ReferringRequest,
    Request,
    SemanticRequest,
)
from scenegen.encoders.prompts.request import COLOR_MAPS

TASKS = ("depth", "normals", "semantic", "instance", "referring")

PLAIN_CLASSES = ("chair", "chairs", "office chairs", "TV stand", "furniture", "pieces of furniture", "x-ray machine")
PLAIN_EXPRESSIONS = ("the lamp on the desk", "both chairs", "something to sit on", "the second chair from the left")
AWKWARD_LABELS = (
    "salt and pepper",
    "salt and pepper shakers",
    "second chair from the left",
    "TV stand, black",
    'a "quoted" word',
    "orange",
    "oranges",
    "red",
    "the wall",
    "Both lamps",
    "the woman in red",
    "the black and white rug",
    "the red and the blue chair",
    "the chair to put things in",
    "the picture in the photo",
    "the cup in the corner of the picture",
    "all three books in this image",
    "everything made of wood",
    "in",
    "be",
    "lamp: red",
    "lamp = red; chair = blue",
    "chair in (1, 2, 3)",
    "back\\slash",
    "line\nbreak",
    "  blanks ",
    "café tables",
    "children's chairs",
    "LABEL",
    "COLOR",
    "{json}",
    "chair. The sofa should be red",
)


@dataclass(frozen=True)
class Requests:
    """Draws requests that use given labels."""

    classes: Sequence[str]
    expressions: Sequence[str]

    def draw(self, rng: np.random.Generator, task: str) -> Request:
        """Returns a request for a task."""
        drawn: dict[str, Callable[[], Request]] = {
            "depth": lambda: _draw_depth(rng),
            "normals": NormalsRequest,
            "semantic": lambda: SemanticRequest(_draw_legend(rng, self.classes, 7)),
            "instance": lambda: _draw_instance(rng, self.classes),
            "referring": lambda: ReferringRequest(_draw_legend(rng, self.expressions, 3)),
        }
        return drawn[task]()


def _draw_depth(rng: np.random.Generator) -> DepthRequest:
    request = DepthRequest(COLOR_MAPS[int(rng.integers(len(COLOR_MAPS)))])
    exponent = request.exponent if rng.random() < 0.5 else float(rng.uniform(-8, -1.5))
    scale_m = request.scale_m if rng.random() < 0.5 else float(rng.uniform(0.1, 200))
    return DepthRequest(request.color_map, exponent, scale_m)


def _draw_legend(rng: np.random.Generator, labels: Sequence[str], most: int) -> Legend:
    count = int(rng.integers(1, min(most, len(labels)) + 1))
    drawn = [labels[int(row)] for row in rng.choice(len(labels), size=count, replace=False)]
    colors = draw_colors(rng, count, 64, (BLACK,))
    entries = tuple(LegendEntry(label, rgb, ()) for label, rgb in zip(drawn, colors, strict=True))
    return Legend(entries, _draw_background(rng, colors))


def _draw_background(rng: np.random.Generator, colors: Sequence[Rgb]) -> Rgb | None:
    return (None, BLACK, draw_colors(rng, 1, 64, colors)[0])[int(rng.integers(3))]


def _draw_instance(rng: np.random.Generator, labels: Sequence[str]) -> InstanceRequest:
    label = labels[int(rng.integers(len(labels)))]
    ordered = rng.random() < 0.5
    colors = draw_colors(rng, int(rng.integers(6)), 32, (BLACK,)) if ordered else ()
    return InstanceRequest(label, label, _draw_background(rng, colors), ordered, colors)


@pytest.fixture
def plain() -> Requests:
    """Labels as a catalog has them."""
    return Requests(PLAIN_CLASSES, PLAIN_EXPRESSIONS)


@pytest.fixture
def awkward() -> Requests:
    """Labels that look like the sentence around them, too."""
    return Requests((*PLAIN_CLASSES, *AWKWARD_LABELS), (*PLAIN_EXPRESSIONS, *AWKWARD_LABELS))
