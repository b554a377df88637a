"""What a file says of itself."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.parquet import FOOTER_KEY
from schemas.errors import DatasetError
from schemas.unit import Unit


def stored(path: Path, **changes: object) -> Path:
    unit = Unit(index=0, split="train", scene_start=0, scene_stop=1)
    footer = UnitFooter(unit=unit, run_digest="00", versions={}, rows=1)
    content = json.dumps(footer.model_dump(mode="json") | changes)
    pq.write_table(pa.table({"row": [1]}).replace_schema_metadata({FOOTER_KEY: content}), path)
    return path


def test_a_footer_of_our_version_is_read(tmp_path: Path) -> None:
    assert unit_footer(stored(tmp_path / "unit.parquet")).rows == 1


@pytest.mark.parametrize("version", [3, 5, "4", None])
def test_a_footer_of_another_version_is_refused_with_the_file_and_the_field(tmp_path: Path, version: object) -> None:
    path = stored(tmp_path / "unit.parquet", schema_version=version)
    with pytest.raises(
        DatasetError, match=r"unit.parquet: its footer can't be read: schema_version: Input should be 4"
    ):
        unit_footer(path)
