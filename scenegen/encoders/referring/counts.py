"""Counts: both lamps, all three books on the desk."""

from collections.abc import Iterator
from dataclasses import replace

from scenegen.encoders.referring.program import Program
from scenegen.encoders.referring.subject import Subject
from scenegen.encoders.referring.support import supported

MOST = 5
"""More are not counted at a glance."""


def counted(subject: Subject) -> Iterator[Program]:
    """Yields names of the thing and all of its like, plain, with a look or with what they are on."""
    plain = (Program(noun, adjectives) for noun, adjectives in subject.described())
    for program in (*plain, *supported(subject)):
        if program.noun.counts:
            yield from (replace(program, count=count) for count in range(2, MOST + 1))
