"""Families: many classes, each with continuous measures, seen in all splits; and an index that is what they draw."""

import hashlib
from collections import defaultdict

import numpy as np
import pytest

from assets_catalog.glb import read_glb, write_glb
from assets_catalog.likeness import alike
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.builtin import open_builtin
from assets_catalog.sources.builtin.bake import entry_of
from assets_catalog.sources.builtin.families import FAMILIES
from assets_catalog.splits import split_of_group
from assets_catalog.taxonomy import load_taxonomy

OF_STREETS = {"facade", "fence", "street_lamp", "park_bench", "traffic_sign", "tree", "rock", "bush", "car", "van"}
SPLITS = ("train", "val", "test")


def test_there_are_forty_classes_and_more_of_them_out_of_doors() -> None:
    classes = {family.class_name for family in FAMILIES.values()}
    assert len(classes) >= 40
    assert {family.class_name for family in FAMILIES.values() if family.placement == "street"} >= OF_STREETS
    assert classes <= set(load_taxonomy().classes)


@pytest.mark.parametrize("split", SPLITS)
def test_every_class_is_seen_in_every_split_wherever_it_is_placed(split: str) -> None:
    wanted = {(family.class_name, family.placement) for family in FAMILIES.values()}
    there = open_builtin().for_split(split).records.values()
    assert {(record.class_name, record.placement) for record in there} == wanted


def test_what_looks_alike_is_in_one_group_and_a_groups_split_is_its_name() -> None:
    records = list(open_builtin().records.values())
    by_group = defaultdict(list)
    for record in records:
        by_group[record.group].append(record.signature)
        assert record.split == split_of_group(record.group)
    for record in records:
        others = [known for group, signatures in by_group.items() if group != record.group for known in signatures]
        assert alike(record.signature, others) is None, record.asset_id


def test_training_has_enough_of_most_families() -> None:
    in_training = [record.asset_id.rpartition("-")[0] for record in open_builtin().for_split("train").records.values()]
    counts = {name: in_training.count(f"builtin/{name}") for name in FAMILIES}
    assert sum(counts[name] >= family.train for name, family in FAMILIES.items()) > 0.75 * len(FAMILIES)


def test_variants_of_a_family_differ_in_size_not_only_in_colour() -> None:
    sizes = defaultdict(list)
    for record in open_builtin().records.values():
        sizes[record.asset_id.rpartition("-")[0]].append(record.size_m)
    for name, of_family in sizes.items():
        assert len({tuple(np.round(size, 3)) for size in of_family}) == len(of_family), name
        assert np.ptp(np.array(of_family), axis=0).max() > 0.04 * np.max(of_family), name


def test_the_index_that_is_shipped_is_what_the_functions_draw(entries: list[tuple[AssetRecord, AssetMesh]]) -> None:
    """If this fails after a change to a shape: `python -m assets_catalog.sources.builtin.bake`."""
    for record, mesh in entries:
        assert hashlib.sha256(write_glb(mesh)).hexdigest() == record.sha256, record.asset_id


@pytest.mark.parametrize("family", ["sofa", "house", "wall_shelf", "road_lamp"])
def test_a_record_that_is_shipped_is_what_ingest_says(family: str) -> None:
    records = open_builtin().records
    record = next(records[asset_id] for asset_id in records if asset_id.startswith(f"builtin/{family}-"))
    entry = entry_of(family, int(record.asset_id.rpartition("-")[2]))
    assert entry.model_copy(update={"group": record.group, "split": record.split}) == record


def test_a_shape_is_the_same_when_it_comes_from_a_file(entries: list[tuple[AssetRecord, AssetMesh]]) -> None:
    for record, mesh in entries[::9]:
        for drawn, stored in zip(mesh.parts, read_glb(write_glb(mesh), record.asset_id).parts, strict=True):
            np.testing.assert_array_equal(drawn.vertices_m, stored.vertices_m)
            np.testing.assert_array_equal(drawn.corner_normals, stored.corner_normals)
            np.testing.assert_array_equal(drawn.corner_uvs, stored.corner_uvs)
