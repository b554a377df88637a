"""The frozen description of a run."""

import json

import pytest
from pydantic import ValidationError

from schemas.run_record import CatalogLock, RunRecord, differences
from schemas.run_spec import RenderSpec, RunSpec


def record(samples: int = 16, bpy: str = "5.2.3") -> RunRecord:
    lock = CatalogLock(catalog="builtin", assets={"builtin/chair-00": "00" * 32})
    return RunRecord(
        spec=RunSpec(render=RenderSpec(samples=samples)), catalog_lock=lock, versions={"bpy": bpy, "numpy": "2.5.5"}
    )


def test_equal_records_have_one_digest_and_survive_json() -> None:
    assert record().digest() == record().digest()
    assert RunRecord.model_validate_json(record().model_dump_json()) == record()


def test_every_change_changes_the_digest_and_is_named() -> None:
    other = record(samples=8, bpy="4.5")
    assert other.digest() != record().digest()
    assert differences(record(), other) == [
        "spec.render.samples: 16 there, 8 asked for",
        'versions.bpy: "5.2.3" there, "4.5" asked for',
    ]
    assert differences(record(), record()) == []


@pytest.mark.parametrize("version", [3, 5, "4", None])
def test_a_record_of_another_version_is_refused(version: object) -> None:
    stored = json.loads(record().model_dump_json()) | {"schema_version": version}
    with pytest.raises(ValidationError, match=r"schema_version\n\s+Input should be 4"):
        RunRecord.model_validate_json(json.dumps(stored))
