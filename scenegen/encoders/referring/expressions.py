"""Expressions: drawn from what a frame shows, each kind in its turn, and kept if running them selects the referents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from scenegen.encoders.referring.beside import beside
from scenegen.encoders.referring.counts import counted
from scenegen.encoders.referring.depths import along
from scenegen.encoders.referring.described import colored, described, made, named, placed
from scenegen.encoders.referring.english import english
from scenegen.encoders.referring.heights import over_and_under
from scenegen.encoders.referring.landmarks import landmarks_of
from scenegen.encoders.referring.looks import looks_of
from scenegen.encoders.referring.nearness import near_and_far
from scenegen.encoders.referring.nouns import nouns_of
from scenegen.encoders.referring.orders import ordered
from scenegen.encoders.referring.program import REFERENT_SHARE, Program, run
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.sides import beyond
from scenegen.encoders.referring.sizes import sized
from scenegen.encoders.referring.subject import Kind, Subject
from scenegen.encoders.referring.support import supported
from scenegen.encoders.referring.uses import useful

KINDS: Mapping[str, Kind] = {
    "class": named,
    "color": colored,
    "material": made,
    "place": placed,
    "described": described,
    "size": sized,
    "order": ordered,
    "nearness": near_and_far,
    "on": supported,
    "under": over_and_under,
    "side": beyond,
    "depth": along,
    "beside": beside,
    "count": counted,
    "use": useful,
}
"""Name -> what yields its programs; a new kind is one file and one line in this table."""


_SURFACES = frozenset({"covering", "window sill"})
"""Levels of what things are on, but not left of or behind."""
_LATER = 0.8
_TRIES = 3 * len(KINDS)
"""Expressions that are looked at for some that mean different things."""
_LANDMARK_SIZE = 0.6
"""Of a thing's longest side, that a landmark's has at least."""


@dataclass(frozen=True)
class Expression:
    """Words for one or more things that a picture shows."""

    text: str
    """'the brown table on the left'."""
    kind: str
    """A member of KINDS."""
    program: Program
    referents: tuple[int, ...]
    """Instance ids, ascending: what running the program selects."""


def expressions_of(rng: np.random.Generator, seen: Seen, most: int) -> list[Expression]:
    """Returns the first expressions that `draw_expressions` yields, up to `most`."""
    return list(islice(draw_expressions(rng, seen), most))


def draw_disjoint(rng: np.random.Generator, seen: Seen, most: int) -> list[Expression]:
    """Returns up to `most` expressions, of as many kinds as may be; no object is meant by two of them."""
    chosen: list[Expression] = []
    meant: set[int] = set()
    for expression in islice(draw_expressions(rng, seen), _TRIES):
        if meant.isdisjoint(expression.referents):
            chosen.append(expression)
            meant.update(expression.referents)
        if len(chosen) >= most:
            break
    return chosen


def draw_expressions(rng: np.random.Generator, seen: Seen) -> Iterator[Expression]:
    """Yields expressions, no text twice: one of each kind that has any, then a second of each, and so on.

    Kinds take turns in an order that is drawn. Each is searched for when it is asked for.
    """
    subjects = tuple(_subjects(seen))
    names = list(KINDS)
    queues = {names[row]: _drawn(rng, names[row], subjects) for row in rng.permutation(len(names))}
    said: set[str] = set()
    while queues:
        for name in tuple(queues):
            expression = next((each for each in queues[name] if each.text not in said), None)
            if expression is None:
                del queues[name]
            else:
                said.add(expression.text)
                yield expression


def _subjects(seen: Seen) -> Iterator[Subject]:
    landmarks = tuple(landmarks_of(seen))
    for thing in seen.things:
        if thing.share >= REFERENT_SHARE and not thing.is_structure:
            worthy = tuple(landmark for landmark, mark in landmarks if _is_worthy(mark, thing))
            yield Subject(seen, thing, tuple(nouns_of(thing)), tuple(looks_of(thing)), worthy)


def _is_worthy(mark: Thing, thing: Thing) -> bool:
    """Tells whether a thing may be described by another: nobody says 'the bed next to the cup', 'left of the rug'."""
    if _SURFACES.intersection(mark.words.levels) and thing.supported_by != mark.instance_id:
        return False
    if mark is thing or mark.extent is None or thing.extent is None:
        return False
    return max(mark.extent.own_m) >= _LANDMARK_SIZE * max(thing.extent.own_m)


def _drawn(rng: np.random.Generator, name: str, subjects: tuple[Subject, ...]) -> Iterator[Expression]:
    """Yields the expressions of a kind: each thing has its turn, and no program is said twice."""
    tried: set[Program] = set()
    queues: list[list[Program]] = []
    for row in rng.permutation(len(subjects)):
        queues.append(_shuffled(rng, list(KINDS[name](subjects[row]))))
        if expression := _next(rng, name, queues[-1], tried, subjects[row].seen):
            yield expression
    while queues := [queue for queue in queues if queue]:
        for queue in queues:
            if expression := _next(rng, name, queue, tried, subjects[0].seen):
                yield expression


def _next(
    rng: np.random.Generator, kind: str, queue: list[Program], tried: set[Program], seen: Seen
) -> Expression | None:
    """Takes programs off the queue, up to the first that is new and selects something."""
    while queue:
        program = queue.pop()
        if program not in tried:
            tried.add(program)
            if referents := run(program, seen):
                return Expression(english(rng, program), kind, program, referents)
    return None


def _shuffled(rng: np.random.Generator, programs: list[Program]) -> list[Program]:
    """Returns them in an order that is drawn; those with vague nouns tend to the front, from where they come last."""
    keys = rng.random(len(programs)) - _LATER * np.array([program.noun.is_vague for program in programs], dtype=float)
    return [programs[row] for row in np.argsort(keys, kind="stable")]
