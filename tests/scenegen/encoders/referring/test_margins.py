"""Margins: a program that selects its referent selects nothing when things come too close to call, and when small."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from scenegen.encoders.referring.beside import NextTo
from scenegen.encoders.referring.class_words import ClassWords
from scenegen.encoders.referring.depths import Along
from scenegen.encoders.referring.extents import Extent
from scenegen.encoders.referring.heights import Over, Under
from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.looks import Colored, MadeOf
from scenegen.encoders.referring.nearness import Nearest
from scenegen.encoders.referring.nouns import ByLabel, ByLevel, nouns_of
from scenegen.encoders.referring.orders import Ranked
from scenegen.encoders.referring.places import Placed
from scenegen.encoders.referring.program import Condition, Program, run
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.sides import Beyond
from scenegen.encoders.referring.sizes import Sized
from scenegen.encoders.referring.subject import Subject, fits
from scenegen.encoders.referring.support import On, OnFloor, OnWall, supported
from scenegen.encoders.referring.uses import ByUse
from schemas.scene_plan import Look

LEVELS = {
    "chair": ("chair", "seat", "furniture"),
    "bed": ("bed", "furniture"),
    "sofa": ("sofa", "seat", "furniture"),
    "table": ("dining table", "table", "furniture"),
    "vase": ("vase", "decoration"),
    "jar": ("jar", "container"),
    "floor": ("floor", "structure"),
    "wall": ("wall", "structure"),
    "rug": ("rug", "covering"),
}
USES = {"chair": ("to sit on",), "sofa": ("to sit on",)}
CHAIR, VASE = ByLevel("chair", "chair", "chairs"), ByLevel("vase", "vase", "vases")
SOFA, TABLE = Landmark(ByLevel("sofa", "sofa", "sofas")), Landmark(ByLevel("dining table", "table", "tables"))
BROWN = Look(color_name="brown", color_share=0.9, substance="wood", substance_share=0.9)


def extent(x_m: float, y_m: float, size_m: float = 0.5, low_m: float = 0.0) -> Extent:
    half = size_m / 2
    return Extent((x_m - half, y_m - half, low_m), (x_m + half, y_m + half, low_m + size_m), (size_m,) * 3)


def thing(
    instance_id: int, class_name: str, x: float = 0.5, y: float = 0.5, size: float = 0.1, **changes: Any
) -> Thing:
    """Returns a thing at a place of the picture, 2 m away, with a box of 0.5 m far from all others."""
    levels = LEVELS[class_name]
    made = Thing(
        instance_id=instance_id,
        class_name=class_name,
        label=changes.get("label", levels[0]),
        words=ClassWords(levels[0], f"{levels[0]}s", (), levels, USES.get(class_name, ())),
        is_shape=False,
        look=BROWN,
        share=size * size,
        left=x - size / 2,
        right=x + size / 2,
        top=y - size / 2,
        bottom=y + size / 2,
        x=x,
        y=y,
        nearest_m=2.0,
        median_m=2.2,
        extent=extent(10.0 * instance_id, 0.0),
        front=(0.0, -1.0),
        supported_by=0,
    )
    return replace(made, **changes)


def changed(look: Look, **fields: Any) -> Look:
    return look.model_copy(update=fields)


def moved(one: Thing, x: float | None = None, **changes: Any) -> Thing:
    """Returns a thing elsewhere in the picture, with other changes."""
    shift = 0.0 if x is None else x - one.x
    return replace(one, x=one.x + shift, left=one.left + shift, right=one.right + shift, **changes)


@dataclass(frozen=True)
class Case:
    """A program that selects `selected`, until one thing is changed."""

    program: Program
    things: tuple[Thing, ...]
    changed: Thing
    """In place of the one with its id."""
    selected: tuple[int, ...] = (1,)


def at(thing_: Thing, near_m: float) -> Thing:
    return replace(thing_, nearest_m=near_m, median_m=near_m + 0.2)


LEFT, RIGHT = thing(1, "chair", 0.2), thing(2, "chair", 0.8)
MARK = thing(9, "sofa", 0.5, size=0.2, extent=extent(0.0, 0.0, 2.0))
FLOOR = thing(8, "floor", 0.5, 0.9, size=0.2)
WALL = thing(7, "wall", 0.5, 0.1, size=0.2, extent=Extent((-5.0, 1.0, 0.0), (5.0, 1.1, 2.5), (10.0, 0.1, 2.5)))
DESK = thing(9, "table", 0.5, size=0.3, extent=Extent((-1.0, -0.5, 0.0), (1.0, 0.5, 0.75), (2.0, 1.0, 0.75)))
NEAR, FAR = at(LEFT, 2.0), at(RIGHT, 3.0)
VASE_1, VASE_2 = thing(1, "vase", 0.3), thing(2, "vase", 0.7)
RED = changed(BROWN, color_name="blue", substance="stone")
POTTERY = changed(BROWN, substance="ceramic")
CARPET = ByLevel("rug", "carpet", "carpets")
FRONT = thing(1, "chair", 0.5, nearest_m=1.0, median_m=1.1, extent=extent(0.0, -1.6))
BACK = thing(2, "chair", 0.5, nearest_m=4.0, median_m=4.2, extent=extent(0.0, 3.5))
DEEP_MARK = replace(MARK, nearest_m=2.0, median_m=2.4)

CASES = {
    "class, a second of it": Case(Program(CHAIR), (LEFT, MARK), thing(9, "chair")),
    "class, too small to count": Case(
        Program(CHAIR, tail=Placed("left")), (LEFT, MARK), thing(9, "chair", 0.8, size=0.02)
    ),
    "class, the referent too small": Case(Program(CHAIR), (LEFT, MARK), thing(1, "chair", size=0.025)),
    "class, what is mixed up": Case(Program(VASE), (VASE_1, MARK), thing(9, "jar")),
    "class, a group is none": Case(Program(VASE), (VASE_1, MARK), replace(VASE_1, label="row of vases")),
    "class, a shape that is a part": Case(Program(VASE), (VASE_1, MARK), replace(VASE_1, is_shape=True, label="lid")),
    "class, several in one": Case(Program(VASE), (VASE_1, MARK), replace(VASE_1, label="small vases")),
    "class, a floor of that name": Case(
        Program(CARPET), (thing(1, "rug"), FLOOR), replace(FLOOR, look=changed(BROWN, substance="carpet"))
    ),
    "label, another of the class": Case(
        Program(ByLabel("vase", "urn vase")), (replace(VASE_1, label="urn vase"), MARK), thing(9, "vase")
    ),
    "color, a similar one": Case(
        Program(CHAIR, (Colored("brown"),)), (LEFT, replace(RIGHT, look=RED)),
        replace(RIGHT, look=changed(RED, color_name="beige")),
    ),
    "color, too small a share": Case(
        Program(CHAIR, (Colored("brown"),)), (LEFT, replace(RIGHT, look=RED)),
        replace(LEFT, look=changed(BROWN, color_share=0.6)),
    ),
    "color, no look": Case(
        Program(CHAIR, (Colored("brown"),)), (LEFT, replace(RIGHT, look=RED)), replace(RIGHT, look=None)
    ),
    "color, of brass": Case(
        Program(CHAIR, (Colored("brown"),)), (LEFT, replace(RIGHT, look=RED)),
        replace(LEFT, look=changed(BROWN, substance="metal")),
    ),
    "material, odd for furniture": Case(
        Program(VASE, (MadeOf("ceramic"),)), (replace(VASE_1, look=POTTERY), RIGHT),
        replace(VASE_1, look=POTTERY, words=replace(VASE_1.words, levels=("vase", "furniture"))),
    ),
    "material, unknown": Case(
        Program(CHAIR, (MadeOf("wood"),)), (LEFT, replace(RIGHT, look=RED)),
        replace(RIGHT, look=changed(RED, substance="unknown")),
    ),
    "place, near the middle": Case(Program(CHAIR, tail=Placed("left")), (LEFT, RIGHT), moved(RIGHT, 0.45)),
    "place, across the middle": Case(
        Program(CHAIR, tail=Placed("left")), (LEFT, RIGHT), replace(LEFT, right=0.6)
    ),
    "corner": Case(
        Program(CHAIR, tail=Placed("top left")), (thing(1, "chair", 0.1, 0.1), RIGHT), moved(RIGHT, 0.3, y=0.3)
    ),
    "middle": Case(
        Program(CHAIR, tail=Placed("middle")), (thing(1, "chair", 0.5, 0.5), RIGHT), moved(RIGHT, 0.65)
    ),
    "order, neighbours": Case(
        Program(CHAIR, pick=Ranked("left", 1, 3)), (LEFT, RIGHT, thing(3, "chair", 0.5)), moved(RIGHT, 0.54)
    ),
    "order, one more": Case(
        Program(CHAIR, pick=Ranked("left", 1, 2)), (LEFT, RIGHT, MARK), thing(9, "chair", 0.5)
    ),
    "nearest": Case(Program(CHAIR, pick=Nearest(2)), (NEAR, FAR), at(RIGHT, 2.12)),
    "nearest, by 0.15 m": Case(Program(CHAIR, pick=Nearest(2)), (at(LEFT, 0.6), at(RIGHT, 1.0)), at(RIGHT, 0.72)),
    "nearest, by 10 %": Case(
        Program(CHAIR, pick=Nearest(2)), (at(LEFT, 20.0), at(RIGHT, 23.0)), at(RIGHT, 21.5)
    ),
    "farthest": Case(
        Program(CHAIR, pick=Nearest(2, is_farthest=True)), (NEAR, FAR), at(RIGHT, 2.12), (2,)
    ),
    "largest, in pixels": Case(
        Program(CHAIR, pick=Sized("largest", 2)),
        (replace(LEFT, share=0.02, extent=extent(0.0, 0.0, 1.0)), RIGHT), replace(RIGHT, share=0.016),
    ),
    "largest, in the world": Case(
        Program(CHAIR, pick=Sized("largest", 2)),
        (replace(LEFT, share=0.02, extent=extent(0.0, 0.0, 1.0)), RIGHT), replace(RIGHT, extent=extent(9.0, 0.0, 0.95)),
    ),
    "largest, cut": Case(
        Program(CHAIR, pick=Sized("largest", 2)),
        (replace(LEFT, share=0.02, extent=extent(0.0, 0.0, 1.0)), RIGHT), replace(RIGHT, right=1.0),
    ),
    "tallest": Case(
        Program(CHAIR, pick=Sized("tallest", 2)),
        (replace(LEFT, bottom=0.7, extent=extent(0.0, 0.0, 1.0)), RIGHT), replace(RIGHT, extent=extent(9.0, 0.0, 0.9)),
    ),
    "on": Case(
        Program(VASE, tail=On(TABLE)), (replace(VASE_1, supported_by=9), VASE_2, DESK), replace(VASE_2, supported_by=9)
    ),
    "on, two landmarks": Case(
        Program(VASE, tail=On(TABLE)), (replace(VASE_1, supported_by=9), VASE_2, DESK, FLOOR), thing(8, "table")
    ),
    "on the floor": Case(
        Program(VASE, tail=OnFloor()), (VASE_1, replace(VASE_2, extent=extent(5.0, 0.0, low_m=0.7)), FLOOR),
        replace(VASE_2, extent=extent(5.0, 0.0, low_m=0.1)),
    ),
    "on the floor, on a rug": Case(
        Program(VASE, tail=OnFloor()), (VASE_1, replace(VASE_2, extent=extent(5.0, 0.0, low_m=0.7)), FLOOR),
        replace(VASE_1, supported_by=5),
    ),
    "on the wall": Case(
        Program(VASE, tail=OnWall()),
        (replace(VASE_1, extent=extent(0.0, 0.7, low_m=1.2)), VASE_2, WALL),
        replace(VASE_1, extent=extent(0.0, 0.6, low_m=1.2)),
    ),
    "left of": Case(Program(CHAIR, tail=Beyond("left", SOFA)), (LEFT, RIGHT, MARK), moved(RIGHT, 0.46)),
    "left of, overlapping": Case(Program(CHAIR, tail=Beyond("left", SOFA)), (LEFT, RIGHT, MARK), moved(LEFT, 0.4)),
    "left of, rather above": Case(Program(CHAIR, tail=Beyond("left", SOFA)), (LEFT, RIGHT, MARK), replace(LEFT, y=0.1)),
    "right of": Case(Program(CHAIR, tail=Beyond("right", SOFA)), (LEFT, RIGHT, MARK), moved(RIGHT, 0.55), (2,)),
    "in front of, too near": Case(
        Program(CHAIR, tail=Along("in front of", SOFA)), (FRONT, BACK, DEEP_MARK), replace(FRONT, median_m=1.95)
    ),
    "in front of, on a table": Case(
        Program(CHAIR, tail=Along("in front of", SOFA)), (FRONT, BACK, DEEP_MARK),
        replace(FRONT, extent=extent(0.0, -1.6, low_m=0.7)),
    ),
    "in front of, not behind it": Case(
        Program(CHAIR, tail=Along("in front of", SOFA)), (FRONT, BACK, DEEP_MARK), replace(BACK, nearest_m=2.2)
    ),
    "in front of, as it faces itself": Case(
        Program(CHAIR, tail=Along("in front of", SOFA)), (FRONT, BACK, DEEP_MARK), replace(DEEP_MARK, front=(0.0, 1.0))
    ),
    "behind": Case(
        Program(CHAIR, tail=Along("behind", SOFA)), (FRONT, replace(BACK, extent=extent(0.0, 1.6)), DEEP_MARK),
        replace(BACK, extent=extent(0.0, 4.0)), (2,),
    ),
    "next to": Case(
        Program(CHAIR, tail=NextTo(SOFA)), (moved(LEFT, 0.35, extent=extent(-1.5, 0.0)), RIGHT, MARK),
        replace(RIGHT, extent=extent(1.9, 0.0)),
    ),
    "next to, a gap in the picture": Case(
        Program(CHAIR, tail=NextTo(SOFA)), (moved(LEFT, 0.35, extent=extent(-1.5, 0.0)), RIGHT, MARK),
        moved(LEFT, 0.1, extent=extent(-1.5, 0.0)),
    ),
    "under": Case(
        Program(VASE, tail=Under(TABLE)), (replace(VASE_1, extent=extent(0.0, 0.0)), VASE_2, DESK),
        replace(VASE_1, extent=extent(1.0, 0.0)),
    ),
    "above": Case(
        Program(VASE, tail=Over(SOFA, is_above=True)),
        (thing(1, "vase", 0.5, 0.2, extent=extent(0.0, 0.9, low_m=2.1)), VASE_2, MARK),
        thing(1, "vase", 0.5, 0.2, extent=extent(0.0, 0.9, low_m=1.9)),
    ),
    "above, a thing on a table": Case(
        Program(VASE, tail=Over(SOFA, is_above=True)),
        (thing(1, "vase", 0.5, 0.2, extent=extent(0.0, 0.9, low_m=2.1)), VASE_2, MARK),
        thing(1, "vase", 0.5, 0.2, extent=extent(0.0, 0.9, low_m=2.1), supported_by=4),
    ),
    "count": Case(Program(CHAIR, count=2), (LEFT, RIGHT, MARK), thing(9, "chair"), (1, 2)),
    "use, what may serve": Case(Program(ByUse("to sit on")), (LEFT, FLOOR), thing(8, "bed")),
    "use, a second": Case(Program(ByUse("to sit on")), (LEFT, FLOOR), thing(8, "sofa")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_program_selects_until_it_is_too_close_to_call(case: Case) -> None:
    assert run(case.program, Seen(case.things, {})) == case.selected
    changed = tuple(case.changed if one.instance_id == case.changed.instance_id else one for one in case.things)
    assert changed != case.things
    assert run(case.program, Seen(changed, {})) == ()


def test_what_may_be_meant_does_no_harm_where_another_word_rules_it_out() -> None:
    jar = thing(2, "jar", 0.8)
    assert run(Program(VASE), Seen((VASE_1, jar), {})) == ()
    assert run(Program(VASE, tail=Placed("left")), Seen((VASE_1, jar), {})) == (1,)


def test_what_stands_on_what_stands_there_is_neither_on_it_nor_not() -> None:
    tray = thing(5, "jar", 0.1)
    direct, indirect = replace(VASE_1, supported_by=9), replace(VASE_2, supported_by=5)
    assert run(Program(VASE, tail=On(TABLE)), Seen((direct, VASE_2, DESK, tray), {5: 0})) == (1,)
    assert run(Program(VASE, tail=On(TABLE)), Seen((direct, indirect, DESK, tray), {5: 9})) == ()


def test_a_shape_with_a_label_of_its_own_is_called_by_it() -> None:
    block = thing(1, "jar", is_shape=True, label="block")
    assert [noun.singular for noun in nouns_of(block)] == ["block"]
    assert run(Program(ByLabel("jar", "block")), Seen((block, MARK), {})) == (1,)
    assert run(Program(ByLabel("jar", "block")), Seen((block, thing(9, "jar", is_shape=True, label="lid")), {})) == ()
    handle = thing(2, "floor", is_shape=True, label="door handle")
    assert list(nouns_of(handle)) == []


def test_planned_rugs_are_told_by_their_color() -> None:
    blue = changed(BROWN, color_name="blue", substance="carpet")
    rug, other = thing(1, "rug", is_shape=True, look=blue), thing(2, "rug", 0.8, look=BROWN)
    assert run(Program(ByLevel("rug", "rug", "rugs"), (Colored("blue"),)), Seen((rug, other), {})) == (1,)


@pytest.mark.parametrize(
    ("adjective", "noun", "goes"),
    [
        (MadeOf("fabric"), "sofa", True),
        (MadeOf("fabric"), "burlap sofa", False),
        (MadeOf("wood"), "wooden desk", False),
        (Colored("grey"), "black table", False),
        (Colored("grey"), "wooden desk", True),
    ],
)
def test_an_adjective_adds_what_the_noun_does_not_say(adjective: Condition, noun: str, goes: bool) -> None:
    assert fits(adjective, ByLabel("sofa", noun)) == goes


def test_nothing_is_called_a_wall_shelf_on_the_wall() -> None:
    shelf = replace(VASE_1, extent=extent(0.0, 0.7, low_m=1.2), label="wall vase")
    subject = Subject(Seen((shelf, WALL), {}), shelf, tuple(nouns_of(shelf)), (), ())
    assert [noun.singular for noun in subject.nouns] == ["wall vase", "vase"]
    assert [(program.noun.singular, program.tail) for program in supported(subject)] == [("vase", OnWall())]
