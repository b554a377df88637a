"""Requests: what a prompt of each task must say; ParsedPrompt: what a prompt says."""

from dataclasses import dataclass

from scenegen.encoders.legend import BLACK, Legend, Rgb
from schemas.errors import did_you_mean

RAINBOW = "rainbow"
"""The path through the RGB cube of `scenegen.encoders.hilbert`; a prompt need not name it."""
COLOR_MAPS = (RAINBOW, "plasma", "inferno", "viridis", "grayscale")
EXPONENT = -3.0
"""The paper's lambda; a prompt need not say it."""
SCALE_M = 10.0 / 3.0
"""The paper's c, metres; a prompt need not say it."""

BACKGROUND_PHRASES = ("everything else", "the background", "the rest", "all other pixels")
"""What prose calls the background; no label may be one of them."""
BACKGROUND_KEYS = ("background", "everything else", "other")
"""What a table calls the background; no label may be one of them."""


@dataclass(frozen=True)
class DepthRequest:
    """A depth map."""

    color_map: str = RAINBOW
    """A member of COLOR_MAPS."""
    exponent: float = EXPONENT
    """Lambda of the curve."""
    scale_m: float = SCALE_M
    """c of the curve."""

    def __post_init__(self) -> None:
        if self.color_map not in COLOR_MAPS:
            raise ValueError(
                f"color map {self.color_map!r} is not one of {', '.join(COLOR_MAPS)}"
                f"{did_you_mean(self.color_map, COLOR_MAPS)}"
            )


@dataclass(frozen=True)
class NormalsRequest:
    """A map of surface normals; there is nothing to choose."""


@dataclass(frozen=True)
class SemanticRequest:
    """Classes and their colours."""

    legend: Legend
    """Labels are phrases without an article: "chair", "office chairs", "furniture", "TV stand"."""

    def __post_init__(self) -> None:
        check_labels(self.legend)


@dataclass(frozen=True)
class InstanceRequest:
    """Every object of one class, each in a colour of its own."""

    singular: str
    """Without an article: "shelf", "piece of furniture"."""
    plural: str
    """"shelves", "pieces of furniture"."""
    background: Rgb | None = None
    """None is black, and not said."""
    ordered: bool = False
    """Whether colours go from left to right in a fixed order."""
    colors: tuple[Rgb, ...] = ()
    """That order, where the prompt is to list it; the objects' colours from left to right."""

    def __post_init__(self) -> None:
        check_label(self.singular)
        check_label(self.plural)
        if self.colors and not self.ordered:
            raise ValueError("colors are listed for objects in order only: give ordered=True with them")


@dataclass(frozen=True)
class ReferringRequest:
    """Referring expressions and their colours."""

    legend: Legend
    """Labels are whole noun phrases: "the lamp on the desk", "both chairs", "something to sit on"."""

    def __post_init__(self) -> None:
        check_labels(self.legend)


Request = DepthRequest | NormalsRequest | SemanticRequest | InstanceRequest | ReferringRequest


@dataclass(frozen=True)
class ParsedPrompt:
    """What a prompt says; what it leaves unsaid has the value that decoding then takes for granted."""

    task: str
    """depth, normals, semantic, instance or referring."""
    legend: Legend | None = None
    """Of semantic and referring prompts; objects' ids are unknown to a prompt."""
    class_label: str | None = None
    """Of instance prompts, in the singular or the plural."""
    background: Rgb | None = None
    """Of the three segmentation tasks; None where it isn't said."""
    ordered: bool = False
    """Whether instances are coloured in order from left to right."""
    colors: tuple[Rgb, ...] = ()
    """That order, where it is listed."""
    color_map: str = RAINBOW
    """Of depth prompts."""
    exponent: float = EXPONENT
    """Lambda, of depth prompts."""
    scale_m: float = SCALE_M
    """c, of depth prompts."""

    @property
    def background_rgb(self) -> Rgb:
        """Returns the background's colour: black where the prompt doesn't say it."""
        return BLACK if self.background is None else self.background


def check_labels(legend: Legend) -> None:
    """Raises ValueError for a legend without entries, or with a label that can't be written."""
    if not legend.entries:
        raise ValueError("a legend needs one entry at least")
    for entry in legend.entries:
        check_label(entry.label)


def check_label(label: str) -> None:
    """Raises ValueError for an empty label, and for one that would be read as the background."""
    if not label.strip():
        raise ValueError("a label must not be empty")
    if is_background(label):
        raise ValueError(f"the label {label!r} means the background in a prompt; give the legend's background instead")


def is_background(phrase: str) -> bool:
    """Tells whether a legend means the background by a phrase; capitals don't matter."""
    bare = phrase.strip().lower()
    return bare in BACKGROUND_PHRASES or bare.removeprefix("the ") in BACKGROUND_KEYS
