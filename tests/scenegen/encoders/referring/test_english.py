"""English: number, order of words, and what follows the noun."""

import numpy as np
import pytest

from scenegen.encoders.referring.english import english
from scenegen.encoders.referring.looks import Colored, MadeOf
from scenegen.encoders.referring.nouns import ByLabel, ByLevel
from scenegen.encoders.referring.orders import Ranked
from scenegen.encoders.referring.places import Placed
from scenegen.encoders.referring.program import Program
from scenegen.encoders.referring.sizes import Sized
from scenegen.encoders.referring.support import OnFloor, OnWall
from scenegen.encoders.referring.uses import ByUse

LAMP = ByLevel("lamp", "lamp", "lamps")
PICTURE = ByLevel("picture", "picture", "pictures")
FLOWERS = ByLevel("flowers", "flowers", "flowers")
HOOKS = ByLabel("coat_hook", "coat hooks")
LOOK = (Colored("brown"), MadeOf("wood"))

SAID = {
    "name": (Program(LAMP), {"the lamp"}),
    "look": (Program(LAMP, LOOK), {"the brown wooden lamp"}),
    "one on the wall": (Program(LAMP, tail=OnWall()), {"the lamp on the wall", "the lamp that hangs on the wall"}),
    "two on the wall": (
        Program(LAMP, tail=OnWall(), count=2),
        {"both lamps on the wall", "the two lamps on the wall"}
        | {"both lamps that hang on the wall", "the two lamps that hang on the wall"},
    ),
    "three": (Program(LAMP, LOOK[:1], count=3), {"all three brown lamps", "the three brown lamps"}),
    "order": (Program(LAMP, LOOK[1:], pick=Ranked("left", 2, 4)), {"the second wooden lamp from the left"}),
    "middle": (Program(LAMP, pick=Ranked("right", 2, 3)), {"the second lamp from the right", "the middle lamp"}),
    "size": (Program(LAMP, pick=Sized("largest", 3)), {"the largest lamp", "the biggest lamp"}),
    "size of two": (Program(LAMP, pick=Sized("smallest", 2)), {"the smaller lamp"}),
    "use": (Program(ByUse("to read")), {"something to read"}),
    "uses": (Program(ByUse("to read"), count=2), {"both things to read", "the two things to read"}),
    "uses with a verb": (
        Program(ByUse("to light a room"), count=2),
        {"both things that light the room", "the two things that light the room"},
    ),
    "no picture of the picture": (Program(PICTURE, tail=Placed("top")), {"the picture in the upper part of the image"}),
    "flowers": (Program(FLOWERS, tail=OnFloor()), {"the flowers on the floor", "the flowers that are on the floor"}),
    "hooks": (Program(HOOKS, tail=OnWall()), {"the coat hooks on the wall", "the coat hooks that hang on the wall"}),
}


@pytest.mark.parametrize(("program", "ways"), SAID.values(), ids=SAID)
def test_a_program_is_said_in_these_ways(program: Program, ways: set[str]) -> None:
    rng = np.random.default_rng(0)
    assert {english(rng, program) for _ in range(60)} == ways


def test_a_verb_agrees_with_one_thing_and_with_several() -> None:
    use = ByUse("to light a room")
    assert (use.singular, use.plural) == ("thing that lights the room", "things that light the room")
