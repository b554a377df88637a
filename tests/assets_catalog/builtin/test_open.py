"""The catalog of procedural shapes: records that tell the truth about meshes, the same ones every time."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from assets_catalog.folder.known import Known
from assets_catalog.index import INDEX_COLUMNS
from assets_catalog.ingest.candidate import AddOptions, Candidate, LoadedModel
from assets_catalog.ingest.prepare import prepare
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.builtin import list_builtin, open_builtin
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import CatalogError

GRAINS = {
    "wood", "fabric", "metal", "ceramic", "leaf", "paper", "plastic", "glass", "paint", "shade", "soil", "stone",
    "plaster", "concrete", "brick", "bark", "coat", "food", "mirror",
}  # fmt: skip


def content(mesh: AssetMesh) -> list[bytes]:
    """Returns everything that a mesh holds, as bytes."""
    arrays = [(part.vertices_m, part.triangles, part.corner_normals, part.corner_uvs) for part in mesh.parts]
    return [array.tobytes() for part in arrays for array in part] + [
        repr(part.material).encode() for part in mesh.parts
    ]


def test_ids_are_sorted_and_carry_the_source() -> None:
    records = open_builtin().records
    assert list(records) == sorted(records)
    for asset_id, record in records.items():
        assert record.asset_id == asset_id
        assert asset_id.startswith("builtin/")


def test_no_two_shapes_have_the_same_content() -> None:
    hashes = [record.sha256 for record in open_builtin().records.values()]
    assert len(set(hashes)) == len(hashes)


@pytest.mark.parametrize("asset_id", [f"builtin/{name}" for name in ("bookcase", "rubber_tree", "picture", "bed")])
def test_loading_twice_gives_the_same_bytes(asset_id: str) -> None:
    catalog = open_builtin()
    chosen = next(name for name in catalog.records if name.startswith(f"{asset_id}-"))
    assert content(catalog.load(chosen)) == content(catalog.load(chosen))


def test_a_path_is_refused() -> None:
    with pytest.raises(CatalogError, match="takes no path"):
        list_builtin(Path("models"), AddOptions())


def test_an_unknown_asset_is_answered_with_the_nearest() -> None:
    with pytest.raises(CatalogError, match="did you mean 'builtin/sofa-"):
        open_builtin().load("builtin/soffa-01")


def test_every_shape_is_listed_with_what_its_record_says() -> None:
    """What is listed is prepared to the record that opening shows, groups and splits apart."""
    catalog, options = open_builtin(), AddOptions()
    listed = list(list_builtin(None, options))
    assert sorted(candidate.asset_id for candidate in listed) == list(catalog.records)
    for candidate in listed[::40]:
        assert isinstance(candidate, Candidate)
        record = catalog.records[candidate.asset_id]
        loaded = pickle.loads(pickle.dumps(candidate)).load()
        assert isinstance(loaded, LoadedModel)
        entry = prepare(candidate, loaded, options).entry
        assert entry.model_copy(update={"group": record.group, "split": record.split}) == record


def test_a_catalog_that_takes_them_in_groups_them_alike() -> None:
    records, known = open_builtin().records, Known(INDEX_COLUMNS.empty_table())
    for candidate in list_builtin(None, AddOptions()):
        record = records[candidate.asset_id]
        assert known.join(record.model_copy(update={"group": "", "split": "train"})) == record


def test_things_on_walls_hang_at_eye_height_or_where_their_class_does() -> None:
    classes = load_taxonomy().classes
    for record in open_builtin().records.values():
        if record.placement != "wall":
            assert record.elevation_m == 0
        elif record.class_name in ("picture", "mirror", "clock"):
            assert record.elevation_m + 0.5 * record.size_m[2] == pytest.approx(1.55, abs=1e-5)
        else:
            assert record.elevation_m == classes[record.class_name].elevation_m


def test_materials_name_a_grain_stay_in_range_and_are_told_apart_by_name(
    entries: list[tuple[AssetRecord, AssetMesh]],
) -> None:
    materials = {part.material for _, mesh in entries for part in mesh.parts}
    assert len({material.name for material in materials}) == len(materials)
    for material in materials:
        assert material.name.split(":")[0] in GRAINS
        assert all(0 <= channel <= 1 for channel in (*material.color, material.roughness, material.metallic))
        assert (material.emission >= 1.0) == material.name.startswith("shade:")
        assert material.emission <= 4.0


def test_shapes_are_of_the_size_that_is_usual_for_their_class() -> None:
    classes = load_taxonomy().classes
    for record in open_builtin().records.values():
        assert classes[record.class_name].size.excess(record.size_m) == 1.0, (record.asset_id, record.size_m)
        if record.placement == "surface":
            assert np.prod(record.size_m[:2]) < 0.4, record.asset_id
