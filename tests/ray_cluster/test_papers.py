"""The papers speak of what is committed: its rows, and the assets that stand in its scenes, no others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from ray_cluster import papers
from ray_cluster.papers import write_papers
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of

MadeHere = Callable[..., Receipt]


def test_papers_that_would_not_change_are_not_written(
    tmp_path: Path, record: RunRecord, monkeypatch: pytest.MonkeyPatch, made_here: MadeHere
) -> None:
    catalog = open_catalog("builtin")
    made_here(record, tmp_path, units_of(record.spec)[0])
    write_papers(tmp_path, record, catalog)
    (tmp_path / "ATTRIBUTION.md").write_text("stale")
    written: list[str] = []
    monkeypatch.setattr(papers, "replace", lambda store, path, data: written.append(path))
    write_papers(tmp_path, record, catalog)
    assert written == ["ATTRIBUTION.md"]


def test_card_and_attribution_are_of_what_is_committed(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> None:
    builtin = open_catalog("builtin")
    used, unused = sorted(builtin.records)[:2]  # the analytic scenes hold the first
    creators = {used: "Ada", unused: "Bob"}
    records = {name: builtin.records[name].model_copy(update={"creator": creators[name]}) for name in creators}
    catalog = Catalog.of("builtin", records.values(), builtin.load_mesh)

    write_papers(tmp_path, record, catalog)
    assert list(tmp_path.iterdir()) == []

    unit = units_of(record.spec)[0]
    made_here(record, tmp_path, unit)
    write_papers(tmp_path, record, catalog)
    assert f"triplets/{unit.split}/*.parquet" in (tmp_path / "README.md").read_text()
    attribution = (tmp_path / "ATTRIBUTION.md").read_text()
    assert "Ada" in attribution
    assert "Bob" not in attribution
    assert not (tmp_path / ".staging").exists()
