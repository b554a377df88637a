"""The table of names: which models are of which class, and what they are called."""

import pytest

from assets_catalog.sources.sweethome3d.names import load_names, parse_names

NAMES = load_names()


def test_height_tells_ambiguous_names_apart() -> None:
    assert NAMES.class_of("Table", height_m=0.45) == "coffee_table"
    assert NAMES.class_of("Table", height_m=0.75) == "dining_table"
    assert NAMES.class_of("Lamp", height_m=0.5) == "table_lamp"
    assert NAMES.class_of("Lamp", height_m=1.5) == "floor_lamp"
    assert NAMES.class_of("Table") == "dining_table"


def test_a_model_that_is_not_what_its_name_says_goes_by_its_id() -> None:
    assert NAMES.class_of("Chair", "Scopia#office_chair", 1.0) == "office_chair"
    assert NAMES.class_of("Bamboo", "Scopia#bamboo", 5.0) == "tree"
    assert NAMES.class_of("Bamboo", "Blend Swap CC-BY#luckyBamboo", 0.3) == "plant"


def test_names_that_nobody_knows_have_no_class() -> None:
    assert NAMES.class_of("Sofa") == "sofa"
    assert NAMES.class_of("no such name") is None


def test_a_name_or_a_single_model_is_left_out_with_a_reason() -> None:
    assert NAMES.reason_against("Apple iPhone", "Blend Swap CC-0#iphone") == "shows a brand"
    assert NAMES.reason_against("Truck", "Blend Swap CC-0#peterbilt") == "shows a brand"
    assert NAMES.reason_against("Truck", "Scopia#truck") is None


def test_a_label_is_what_a_person_would_say() -> None:
    assert NAMES.label_of("Trunck", "Kator Legaz#trunk-large", "trunk") == "trunk"
    assert NAMES.label_of("Chair", "Scopia#office_chair", "office_chair") == "office chair"
    assert NAMES.label_of("Lamp", "Scopia#living_lamp", "floor_lamp") == "floor lamp"
    assert NAMES.label_of("Oak table", "Blend Swap CC-0#oakTable", "dining_table") == "oak table"


def test_the_table_may_name_known_classes_only() -> None:
    with pytest.raises(ValueError, match="unknown classes: dsek, tabel"):
        parse_names("{names: {dsek: [Desk]}, by_model: {a: tabel}}")
