"""Kept forms: the same whatever is kept, never more than a number of triangles, the least recently used first to go."""

from dataclasses import replace

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from scenegen.recipes.placement.kept_forms import KeptForms, form_of_mesh

IDS = ("builtin/dining_table-01", "builtin/padded_chair-01", "builtin/table_lamp-02")


class Watched:
    """A catalog that says which models were read."""

    def __init__(self, catalog: Catalog) -> None:
        self.read: list[str] = []
        self._load = catalog.load_mesh
        self.catalog = replace(catalog, load_mesh=self._read)

    def _read(self, record: AssetRecord) -> AssetMesh:
        self.read.append(record.asset_id)
        return self._load(record)


def triangles(asset_id: str, catalog: Catalog) -> int:
    return len(form_of_mesh(catalog.load(asset_id)).triangles)


def test_a_kept_form_is_not_read_again(builtin: Catalog) -> None:
    watched, kept = Watched(builtin), KeptForms(10**7)
    forms = [kept.form(asset_id, watched.catalog) for asset_id in IDS]
    assert [kept.form(asset_id, watched.catalog) for asset_id in IDS] == forms
    assert watched.read == list(IDS)


def test_the_least_recently_used_goes_first(builtin: Catalog) -> None:
    watched = Watched(builtin)
    table, chair, lamp = IDS
    kept = KeptForms(sum(triangles(asset_id, builtin) for asset_id in IDS) - 1)
    for asset_id in (table, chair, table, lamp, table, chair):
        kept.form(asset_id, watched.catalog)
    assert watched.read == [table, chair, lamp, chair]


def test_a_form_read_again_is_the_same(builtin: Catalog) -> None:
    kept = KeptForms(1)
    before, _, after = (kept.form(asset_id, builtin) for asset_id in (IDS[0], IDS[1], IDS[0]))
    assert before is not after
    assert np.array_equal(before.points_m, after.points_m)
    assert np.array_equal(before.triangles, after.triangles)


def test_a_model_of_another_catalog_is_another(builtin: Catalog) -> None:
    kept = KeptForms(10**7)
    other = Watched(replace(builtin, name="other"))
    assert kept.form(IDS[0], builtin) is not kept.form(IDS[0], other.catalog)
    assert other.read == [IDS[0]]
