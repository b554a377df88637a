"""Classes of what a frame shows, and what people call them: for legends, and for one class whose objects are counted.

A name belongs to a level of the taxonomy, 'chair', 'seat' or 'furniture', and covers all objects in view that have it.
"""

from scenegen.encoders.classes.absent import draw_absent
from scenegen.encoders.classes.countable import Countable, countable_of
from scenegen.encoders.classes.names import ClassName, names_of
from scenegen.encoders.classes.nouns import Noun, nouns_of
from scenegen.encoders.classes.shown import Shown, View, view_of

__all__ = [
    "ClassName",
    "Countable",
    "Noun",
    "Shown",
    "View",
    "countable_of",
    "draw_absent",
    "names_of",
    "nouns_of",
    "view_of",
]
