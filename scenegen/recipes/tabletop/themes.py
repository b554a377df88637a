"""Themes: what lies about together, and where, from `themes.yaml` beside this file; and how things of a class lie."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.materials import Place
from schemas.model import Frozen

Ground = Literal["table", "counter", "shelf", "tray", "box"]
"""What things lie on or in."""


class Theme(Frozen):
    """One kind of heap; the file says what the fields are."""

    place: Place
    grounds: dict[Ground, float]
    furniture: tuple[str, ...]
    things: dict[str, float]
    around: tuple[str, ...]


@cache
def load_themes() -> Mapping[str, Theme]:
    """Returns the themes by name. Raises CatalogError for a class that the taxonomy lacks."""
    text = files("scenegen.recipes.tabletop").joinpath("themes.yaml").read_text(encoding="utf-8")
    themes = {name: Theme.model_validate(stated) for name, stated in yaml.safe_load(text).items()}
    for theme in themes.values():
        for name in (*theme.furniture, *theme.things, *theme.around):
            load_taxonomy().class_id(name)
    return themes


TIPPED: Mapping[str, float] = {
    **{"ball": 1.0, "toy": 0.35, "box": 0.12, "bottle": 0.1, "jar": 0.05, "cup": 0.06, "glass": 0.04, "shoes": 0.15},
    **{"hat": 0.2, "tool": 0.2, "desk_item": 0.25, "flashlight": 0.5, "toiletry": 0.3, "candle": 0.05},
    **{"figurine": 0.1, "baked_goods": 0.1, "sponge": 0.5, "photo_frame": 0.08, "clock": 0.05, "helmet": 0.3},
    **{"remote_control": 0.1, "condiment": 0.12, "jewelry": 0.3, "racket": 0.2, "pen": 0.3, "cutlery": 0.1},
}
"""Class -> how often it was dropped any way up; others stand or lie as they are made."""
NEVER_TIPPED = frozenset(
    {"plant", "flowers", "table_lamp", "fruit", "laptop", "egg", "place_setting", "meal", "vase", "monitor", "kettle"}
    | {"coffee_maker", "blender", "toaster", "knife_block", "bowl", "plate", "tray", "pan", "teapot", "speaker"}
)
"""Classes that stand upright in a box, too."""
FACING = frozenset(
    {"laptop", "monitor", "keyboard", "mouse", "box", "photo_frame", "clock", "speaker", "toaster", "coffee_maker"}
)
"""Classes whose front is turned to whoever uses them."""
FLAT = frozenset({"book", "plate", "tray", "box", "board_game", "chopping_board", "newspaper", "paper"})
"""Classes on which something else may be put."""
SERVED_ON = frozenset({"plate", "bowl", "chopping_board", "tray"})
"""Classes on which food lies."""
SERVED: Mapping[str, float] = {"meal": 0.95, "baked_goods": 0.95, "cutlery": 0.95, "fruit": 0.5, "vegetable": 0.5}
"""Class -> how often it lies there if there is one."""
AT_MOST: Mapping[str, int] = {
    **{"laptop": 1, "monitor": 1, "keyboard": 1, "table_lamp": 1, "plant": 3, "flowers": 1, "coffee_maker": 1},
    **{"kettle": 1, "toaster": 1, "blender": 1, "knife_block": 1, "kitchen_scale": 1, "helmet": 1, "stereo": 1},
    **{"music_keyboard": 1, "newspaper": 2, "tray": 1, "place_setting": 2, "basket": 1, "chopping_board": 2, "hat": 2},
    **{"paper_towel": 1, "headphones": 1, "tablet": 1, "eyeglasses": 1, "phone": 2, "speaker": 2, "remote_control": 2},
    **{"fruit": 6, "ball": 3, "vase": 3, "clock": 2, "lantern": 1, "keys": 1, "photo_frame": 3, "clothes": 2, "box": 4},
}
"""Of classes not named, six."""
SETS = frozenset({"plate", "glass", "cup", "cutlery", "bowl"})
"""Classes of which one has several alike; of others, each model comes once."""
