"""English: how a program is said. Several ways are equally good; the generator picks.

Order: article or number, order or size, colour, material, noun, then where it is: "the largest brown wooden table".
"""

import numpy as np

from scenegen.encoders.referring.program import Program

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def english(rng: np.random.Generator, program: Program) -> str:
    """Returns one way to say it, without a capital or a full stop: 'the brown table on the left'."""
    noun, adjectives = program.noun, [_one(rng, adjective.phrases) for adjective in program.adjectives]
    if program.count > 1:
        return _joined(_all(rng, program.count), *adjectives, noun.plural, _tail(rng, program))
    if not (adjectives or program.tail or program.pick):
        return _one(rng, noun.alone)
    before, after = program.pick.phrases[int(rng.integers(len(program.pick.phrases)))] if program.pick else ("", "")
    return _joined("the", before, *adjectives, noun.singular, _tail(rng, program), after)


def _all(rng: np.random.Generator, count: int) -> str:
    number = _NUMBERS[count]
    return _one(rng, ("both", "the two") if count == 2 else (f"all {number}", f"the {number}"))


def _tail(rng: np.random.Generator, program: Program) -> str:
    """Returns what follows the noun and agrees with it; no 'picture on the left of the picture' where that can be."""
    if not program.tail:
        return ""
    said = set(program.noun.singular.split(" "))
    phrases = program.tail.phrases
    tail = _one(rng, tuple(phrase for phrase in phrases if said.isdisjoint(phrase.split(" "))) or phrases)
    if program.count == 1 and not program.noun.is_plural:
        return tail
    return tail.replace("that is ", "that are ").replace("that hangs ", "that hang ")


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def _one(rng: np.random.Generator, phrases: tuple[str, ...]) -> str:
    return phrases[int(rng.integers(len(phrases)))]
