"""Names of colours."""

from schemas.scene_plan import Color

COLOR_NAMES = (
    "black", "white", "grey", "brown", "beige", "red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink",
)  # fmt: skip


def color_name(color: Color) -> str:
    """Returns what a person would call an sRGB colour: a member of COLOR_NAMES."""
    raise NotImplementedError
