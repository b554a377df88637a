"""Referring expressions: words for what a picture shows, each a program that is run against the exact buffers.

`expressions_of` draws expressions from what a frame shows (`seen_of`). Every one selects exactly its referents, by
margins with which people would agree; where they might not, it is not used.
"""

from scenegen.encoders.referring.expressions import KINDS, Expression, expressions_of
from scenegen.encoders.referring.program import Program, run
from scenegen.encoders.referring.scene import ClassWords, Look, Seen, seen_of

__all__ = ["KINDS", "ClassWords", "Expression", "Look", "Program", "Seen", "expressions_of", "run", "seen_of"]
