"""Referring expressions: words for what a picture shows, each a program that is run against the exact buffers.

`expressions_of` draws expressions from what a frame shows (`seen_of`). Every one selects exactly its referents, by
margins with which people would agree; where they might not, it is not used.
"""

from scenegen.encoders.referring.class_words import ClassWords, class_words
from scenegen.encoders.referring.expressions import KINDS, Expression, expressions_of
from scenegen.encoders.referring.program import Program, run
from scenegen.encoders.referring.scene import Seen, seen_of

__all__ = ["KINDS", "ClassWords", "Expression", "Program", "Seen", "class_words", "expressions_of", "run", "seen_of"]
