"""Palettes: colours drawn afresh for every sample, far enough apart that a decoder can tell them from one another.

Distance is Euclidean in 8-bit RGB, as in the paper's decoders (arXiv:2604.20329): 64 for semantic and referring
targets, 32 for instances. Names and values are those of CSS, so green is (0, 128, 0) and lime (0, 255, 0).

Where random tries find no room, a lattice through the cube is searched for what is still free; where nothing is,
ValueError says so. 20 colours always fit at 64, and 40 at 32.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Int

from scenegen.encoders.legend import Rgb

NAMED_COLORS: dict[str, Rgb] = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "red": (255, 0, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "silver": (192, 192, 192),
    "gray": (128, 128, 128),
    "maroon": (128, 0, 0),
    "olive": (128, 128, 0),
    "green": (0, 128, 0),
    "purple": (128, 0, 128),
    "teal": (0, 128, 128),
    "navy": (0, 0, 128),
    "orange": (255, 165, 0),
    "gold": (255, 215, 0),
    "pink": (255, 192, 203),
    "brown": (165, 42, 42),
    "sienna": (160, 82, 45),
    "coral": (255, 127, 80),
    "crimson": (220, 20, 60),
    "indigo": (75, 0, 130),
    "violet": (238, 130, 238),
    "turquoise": (64, 224, 208),
    "tan": (210, 180, 140),
    "beige": (245, 245, 220),
    "khaki": (240, 230, 140),
    "lavender": (230, 230, 250),
}
"""CSS name -> colour; single words, any two at least 32 apart."""
NAME_OF_COLOR = {rgb: name for name, rgb in NAMED_COLORS.items()}

_NAMED = tuple(NAMED_COLORS.values())
_NAMED_SHARE = 0.4
_TRIES = 64
_LATTICE_STEP = 5


def draw_colors(rng: np.random.Generator, count: int, apart: int, taken: Sequence[Rgb] = ()) -> tuple[Rgb, ...]:
    """Returns `count` colours, named and random ones mixed; any two, those of `taken` included, are `apart` or more.

    Raises ValueError where so many don't fit.
    """
    colors = list(taken)
    for _ in range(count):
        colors.append(_draw_one(rng, colors, apart))
    return tuple(colors[len(taken) :])


def _draw_one(rng: np.random.Generator, taken: Sequence[Rgb], apart: int) -> Rgb:
    for _ in range(_TRIES):
        color = _draw_any(rng)
        if _is_free(np.array([color]), taken, apart)[0]:
            return color
    return _draw_from_lattice(rng, taken, apart)


def _draw_any(rng: np.random.Generator) -> Rgb:
    if rng.random() < _NAMED_SHARE:
        return _NAMED[int(rng.integers(len(_NAMED)))]
    return _as_rgb(rng.integers(256, size=3))


def _draw_from_lattice(rng: np.random.Generator, taken: Sequence[Rgb], apart: int) -> Rgb:
    steps = np.arange(0, 256, _LATTICE_STEP)
    lattice = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    free = lattice[_is_free(lattice, taken, apart)]
    if not len(free):
        raise ValueError(f"no color is {apart} or more from each of {len(taken)} others; ask for fewer, or closer ones")
    return _as_rgb(free[int(rng.integers(len(free)))])


def _is_free(colors: Int[np.ndarray, "n 3"], taken: Sequence[Rgb], apart: int) -> Bool[np.ndarray, " n"]:
    free = np.ones(len(colors), dtype=bool)
    for other in taken:
        free &= ((colors - np.array(other)) ** 2).sum(axis=1) >= apart * apart
    return free


def _as_rgb(channels: Int[np.ndarray, "3"]) -> Rgb:
    red, green, blue = channels.tolist()
    return red, green, blue
