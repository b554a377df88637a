"""A loaded model becomes a record and a GLB that say the same."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assets_catalog.glb import read_glb
from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, LoadedModel, LoadedTexture, Prepared
from assets_catalog.ingest.prepare import PREPARERS, prepare
from assets_catalog.likeness import signature
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, SupportSurface
from schemas.errors import AssetError
from tests.assets_catalog.meshes import PLAIN, box_part, sphere_part, table

OPTIONS = AddOptions()
FACTS = Facts(label="Dining Table", class_name="dining_table", license="CC0-1.0", creator="Ann", source="a file")


def _candidate(facts: Facts = FACTS, files: tuple[Path, ...] = ()) -> Candidate:
    return Candidate("test/table", "model", files, Path("/"), facts, load=lambda: LoadedModel(table()))


def _prepared(facts: Facts = FACTS, mesh: AssetMesh | None = None, options: AddOptions = OPTIONS) -> Prepared:
    return prepare(_candidate(facts), LoadedModel(mesh or table(), meters_per_unit=1.0), options)


def _record(facts: Facts = FACTS, mesh: AssetMesh | None = None, options: AddOptions = OPTIONS) -> AssetRecord:
    entry = _prepared(facts, mesh, options).entry
    assert isinstance(entry, AssetRecord)
    return entry


def test_every_kind_has_a_preparer() -> None:
    assert set(PREPARERS) == {"model", "texture", "environment"}


def test_the_record_says_what_the_glb_holds() -> None:
    done = _prepared()
    ((name, glb),) = done.objects.items()
    record = done.entry
    assert isinstance(record, AssetRecord)
    assert name == f"{record.sha256}.glb" == f"{hashlib.sha256(glb).hexdigest()}.glb"
    mesh = read_glb(glb, name)
    points = np.concatenate([part.vertices_m for part in mesh.parts])
    assert np.allclose(np.ptp(points, axis=0), record.size_m, atol=1e-6)
    assert record.triangles == sum(len(part.triangles) for part in mesh.parts) == 60
    assert record.signature == signature(mesh)
    assert {part.material.name for part in mesh.parts} == {look.name for look in record.parts}


def test_the_record_says_what_was_stated_and_measured() -> None:
    record = _record()
    assert (record.asset_id, record.label, record.class_name) == ("test/table", "dining table", "dining_table")
    assert (record.license, record.license_is_override, record.creator, record.source) == (
        "CC0-1.0",
        False,
        "Ann",
        "a file",
    )
    assert (record.size_m, record.scale, record.placement) == ((1.2, 0.8, 0.75), "file", "floor")
    assert (record.color_name, record.substance) == ("grey", "unknown")
    assert [support.height_m for support in record.supports] == [pytest.approx(0.75, abs=1e-4)]


def test_the_same_model_gives_the_same_record_and_bytes() -> None:
    assert _prepared() == _prepared()


def test_what_was_prepared_is_prepared_to_itself() -> None:
    done = _prepared(replace(FACTS, size_m=(2.0, 1.0, 0.7)))
    ((name, glb),) = done.objects.items()
    again = prepare(_candidate(replace(FACTS, size_m=(2.0, 1.0, 0.7))), LoadedModel(read_glb(glb, name)), OPTIONS)
    assert again.objects == done.objects


def test_the_main_files_hash_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "table.obj"
    file.write_bytes(b"content")
    done = prepare(_candidate(files=(file,)), LoadedModel(table(), 1.0), OPTIONS)
    assert done.entry.source_sha256 == hashlib.sha256(b"content").hexdigest()


def test_a_stated_licence_comes_before_the_users() -> None:
    options = AddOptions(license="CC-BY-4.0")
    assert _record(options=options).license == "CC0-1.0"
    overridden = _record(replace(FACTS, license=None), options=options)
    assert (overridden.license, overridden.license_is_override) == ("CC-BY-4.0", True)
    with pytest.raises(AssetError, match="licence"):
        _record(replace(FACTS, license=None))


def test_a_class_must_be_stated_and_known() -> None:
    assert _record(replace(FACTS, class_name=None), options=AddOptions(class_name="desk")).class_name == "desk"
    with pytest.raises(AssetError, match="no class"):
        _record(replace(FACTS, class_name=None))
    with pytest.raises(AssetError, match=r"'dining_tabel', which the taxonomy lacks \(did you mean 'dining_table'\?\)"):
        _record(replace(FACTS, class_name="dining_tabel"))


def test_supports_that_the_source_knows_are_taken_as_they_are() -> None:
    known = (SupportSurface(center_m=(0.1, 0.0), size_m=(0.3, 0.2), height_m=0.7),)
    assert _record(replace(FACTS, supports=known)).supports == known


def test_only_what_is_meant_to_carries_things() -> None:
    assert _record(replace(FACTS, class_name="sofa", size_m=(1.2, 0.8, 0.75))).supports == ()


def test_a_large_thing_of_the_table_stands_on_the_floor_and_a_hung_one_on_the_wall() -> None:
    vase = replace(FACTS, class_name="vase")
    assert _record(replace(vase, height_m=0.3)).placement == "surface"
    assert _record(replace(vase, height_m=0.9)).placement == "floor"
    hung = _record(replace(vase, height_m=0.3, elevation_m=1.4))
    assert (hung.placement, hung.elevation_m) == ("wall", 1.4)
    assert _record(replace(vase, height_m=0.3, elevation_m=1.4, placement="ceiling")).placement == "ceiling"


def test_a_model_is_decimated_where_that_is_asked_for() -> None:
    ball = replace(FACTS, class_name="ball", height_m=0.2)
    mesh = AssetMesh((sphere_part(40),))
    assert _record(ball, mesh).triangles == 6240
    assert _record(ball, mesh, AddOptions(max_triangles=500)).triangles <= 550


def test_broken_models_are_refused() -> None:
    broken = box_part((0, 0, 0), (1, 1, 1), replace(PLAIN, texture=b"nothing"))
    with pytest.raises(AssetError, match="neither PNG nor JPEG"):
        _record(mesh=AssetMesh((broken,)))
    with pytest.raises(AssetError, match="no triangles"):
        _record(mesh=AssetMesh(()))
    with pytest.raises(AssetError, match="holds a LoadedTexture"):
        prepare(_candidate(), LoadedTexture({}), OPTIONS)
