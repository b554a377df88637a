"""Classes: stable ids, what they inherit, and which models are of which class."""

import pytest

from assets_catalog.taxonomy import load_taxonomy, parse_taxonomy
from schemas.errors import CatalogError

SHELL = ("wall", "floor", "ceiling", "window", "door", "skirting", "ground", "curtain", "curtain_rod", "rug", "mirror")
TINY = """
groups: {thing: {placement: floor, carries: false, on_surface_up_to_m: 0.5, on_surface_wide_m: 0.7, elevation_m: 1.0},
         table: {parent: thing, carries: true}}
classes: {desk: {id: 3, parent: table}, picture: {id: 9, parent: thing, placement: wall}}
"""


def test_ids_are_those_stored_in_datasets() -> None:
    taxonomy = load_taxonomy()
    stored = {"wall": 1, "floor": 2, "ceiling": 3, "window": 4, "door": 5, "sofa": 20, "chair": 22, "bed": 40}
    assert {name: taxonomy.class_id(name) for name in stored} == stored


def test_every_class_has_an_id_of_its_own_and_parents() -> None:
    classes = load_taxonomy().classes
    assert len({leaf.class_id for leaf in classes.values()}) == len(classes)
    assert all(leaf.class_id >= 1 and leaf.parents[-1] == "thing" for leaf in classes.values())


@pytest.mark.parametrize("name", SHELL)
def test_the_shell_of_a_room_has_classes(name: str) -> None:
    assert load_taxonomy().classes[name].name == name


def test_a_class_inherits_what_it_does_not_say() -> None:
    classes = parse_taxonomy(TINY).classes
    assert classes["desk"].carries
    assert classes["desk"].placement == "floor"
    assert classes["desk"].parents == ("table", "thing")
    assert not classes["picture"].carries
    assert classes["picture"].placement == "wall"


def test_an_unknown_class_is_answered_with_the_nearest() -> None:
    with pytest.raises(CatalogError, match=r"no class 'soffa'.*did you mean 'sofa'"):
        load_taxonomy().class_id("soffa")


def test_two_classes_may_not_share_an_id() -> None:
    with pytest.raises(ValueError, match="share an id"):
        parse_taxonomy(TINY.replace("id: 9", "id: 3"))


def test_an_unknown_parent_is_named() -> None:
    with pytest.raises(ValueError, match="unknown parent 'tabel'"):
        parse_taxonomy(TINY.replace("parent: table}", "parent: tabel}"))


def test_a_source_may_name_known_classes_only() -> None:
    with pytest.raises(ValueError, match="unknown classes: dsek"):
        parse_taxonomy(TINY + "sources: {shop: {names: {dsek: [Desk]}}}")


def test_height_tells_ambiguous_names_apart() -> None:
    names = load_taxonomy().sources["sweethome3d"]
    assert names.class_of("Table", height_m=0.45) == "coffee_table"
    assert names.class_of("Table", height_m=0.75) == "dining_table"
    assert names.class_of("Lamp", height_m=0.5) == "table_lamp"
    assert names.class_of("Lamp", height_m=1.5) == "floor_lamp"


def test_a_model_that_is_not_what_its_name_says_goes_by_its_id() -> None:
    names = load_taxonomy().sources["sweethome3d"]
    assert names.class_of("Chair", "Scopia#office_chair", 1.0) == "office_chair"
    assert names.class_of("Bamboo", "Scopia#bamboo", 5.0) is None


def test_names_left_out_have_no_class() -> None:
    names = load_taxonomy().sources["sweethome3d"]
    assert names.class_of("Sofa") == "sofa"
    assert names.class_of("Apple iPhone") is None
    assert names.class_of("no such name") is None
