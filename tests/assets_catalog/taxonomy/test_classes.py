"""The package's classes: stable ids, levels, uses and sizes that hold together."""

import json
from pathlib import Path

import pytest

from assets_catalog.taxonomy import SizePrior, load_taxonomy
from schemas.errors import CatalogError

CLASSES = load_taxonomy().classes
SHELL = ("wall", "floor", "ceiling", "window", "door", "skirting", "ground", "curtain", "curtain_rod", "rug", "mirror")
LIMITS_M = (0.0005, 100.0)
OF_ALL_THINGS_M = (10.0, 10.0, 10.0)
"""What stands in groups.yaml at the top: it judges nothing, so no class may fall back on it."""
WIDEST = 125
"""Of the longest side: the highest over the lowest."""
STORED = json.loads(Path(__file__).with_name("stored_ids.json").read_text(encoding="utf-8"))
"""Class -> id, of all classes that a dataset may hold: lines are added, never changed."""


def test_ids_are_those_stored_in_datasets() -> None:
    assert {name: leaf.class_id for name, leaf in CLASSES.items()} == STORED


def test_there_are_classes_for_streets_and_people_too() -> None:
    assert len(CLASSES) > 400
    levels = {level for leaf in CLASSES.values() for level in leaf.levels}
    assert {"furniture", "vehicle", "animal", "person", "vegetation", "street furniture", "structure"} <= levels


def test_every_class_is_described_in_full() -> None:
    for name, leaf in CLASSES.items():
        assert leaf.class_id >= 1, name
        assert leaf.parents[-1] == "thing", name
        assert leaf.levels[0] == name.replace("_", " ")
        assert len(set(leaf.levels)) == len(leaf.levels) >= 3, name
        assert leaf.plural == leaf.plural.lower() != "", name
        assert all(synonym == synonym.lower() == synonym.strip() != "" for synonym in leaf.synonyms), name
        assert all(use.startswith("to ") for use in leaf.uses), name


def test_every_class_has_a_sane_size_of_its_own() -> None:
    for name, leaf in CLASSES.items():
        size = leaf.size
        assert size.high_m != OF_ALL_THINGS_M, name
        assert all(
            LIMITS_M[0] <= low_m <= high_m <= LIMITS_M[1] for low_m, high_m in zip(size.low_m, size.high_m, strict=True)
        ), name
        assert max(size.high_m) / max(size.low_m) <= WIDEST, name


@pytest.mark.parametrize("name", SHELL)
def test_the_shell_of_a_room_has_classes(name: str) -> None:
    assert CLASSES[name].name == name


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("armchair", ("armchair", "chair", "seat", "furniture", "artifact", "thing")),
        ("dog", ("dog", "pet", "mammal", "animal", "living thing", "thing")),
        ("car", ("car", "wheeled vehicle", "vehicle", "artifact", "thing")),
        ("woman", ("woman", "person", "living thing", "thing")),
    ],
)
def test_levels_run_from_the_special_to_the_general(name: str, levels: tuple[str, ...]) -> None:
    assert CLASSES[name].levels == levels


@pytest.mark.parametrize(
    ("name", "use"),
    [("chair", "to sit on"), ("bed", "to sleep on"), ("cup", "to drink from"), ("bunk_bed", "to sleep on")],
)
def test_things_are_for_something(name: str, use: str) -> None:
    assert use in CLASSES[name].uses


@pytest.mark.parametrize(
    "level", ["vehicle", "street_furniture", "outdoor_furniture", "playground_equipment", "machine"]
)
def test_what_belongs_out_of_doors_does_not_stand_on_a_rooms_floor(level: str) -> None:
    indoors = {"skateboard", "baby_carriage"}
    below = {name: leaf.placement for name, leaf in CLASSES.items() if level in leaf.parents and name not in indoors}
    assert below
    assert set(below.values()) == {"street"}, below


def test_an_unknown_class_is_answered_with_the_nearest() -> None:
    with pytest.raises(CatalogError, match=r"no class 'soffa'.*did you mean 'sofa'"):
        load_taxonomy().class_id("soffa")


def test_an_excess_is_the_factor_of_the_worst_axis_whichever_way_the_thing_is_turned() -> None:
    prior = SizePrior(low_m=(0.4, 1.0, 0.5), high_m=(0.8, 2.0, 1.0))
    assert prior.excess((0.5, 1.5, 0.8)) == 1.0
    assert prior.excess((1.5, 0.5, 0.8)) == 1.0
    assert prior.excess((0.5, 6.0, 0.8)) == pytest.approx(3.0)
    assert prior.excess((0.5, 1.5, 0.1)) == pytest.approx(5.0)
