"""The papers speak of what is committed: its rows, and the assets that stand in its scenes, no others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from ray_cluster import holdings
from ray_cluster.credits import credits_of_catalog
from ray_cluster.folder_storage import FolderStorage
from ray_cluster.papers import write_papers
from ray_cluster.run_folder import open_out
from scenegen.dataset.assets_used import UsedAsset, read_assets_used
from scenegen.dataset.footer import unit_footer
from schemas.run_record import RunRecord
from schemas.unit import Receipt, units_of
from tests.catalogs import environment_of

MadeHere = Callable[..., Receipt]


def test_papers_that_would_not_change_are_not_written(
    tmp_path: Path, record: RunRecord, monkeypatch: pytest.MonkeyPatch, made_here: MadeHere
) -> None:
    catalog = open_catalog("builtin")
    made_here(record, tmp_path, units_of(record.spec)[0])
    write_papers(tmp_path, credits_of_catalog(catalog))
    (tmp_path / "ATTRIBUTION.md").write_text("stale")
    (tmp_path / "assets.json").write_text("stale")
    written: list[str] = []
    monkeypatch.setattr(FolderStorage, "replace", lambda storage, path, data: written.append(path))
    write_papers(tmp_path, credits_of_catalog(catalog))
    assert written == ["ATTRIBUTION.md", "assets.json"]


def test_card_and_attribution_are_of_what_is_committed(tmp_path: Path, record: RunRecord, made_here: MadeHere) -> None:
    builtin = open_catalog("builtin")
    used, unused = sorted(builtin.records)[:2]  # the analytic scenes hold the first
    creators = {used: "Ada", unused: "Bob"}
    records = {name: builtin.records[name].model_copy(update={"creator": creators[name]}) for name in creators}
    catalog = Catalog.of("builtin", records.values(), builtin.load_mesh)

    open_out(tmp_path, record)
    write_papers(tmp_path, credits_of_catalog(catalog))
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]

    unit = units_of(record.spec)[0]
    made_here(record, tmp_path, unit)
    write_papers(tmp_path, credits_of_catalog(catalog))
    assert f"triplets/{unit.split}/*.parquet" in (tmp_path / "README.md").read_text()
    attribution = (tmp_path / "ATTRIBUTION.md").read_text()
    assert "Ada" in attribution
    assert "Bob" not in attribution
    assert not (tmp_path / ".staging").exists()


def test_a_dataset_tells_of_its_assets_without_the_catalog(
    tmp_path: Path, record: RunRecord, made_here: MadeHere
) -> None:
    builtin = open_catalog("builtin")
    used = builtin.records[min(builtin.records)]
    made_here(record, tmp_path, units_of(record.spec)[0])
    write_papers(tmp_path, credits_of_catalog(builtin))
    assert read_assets_used(tmp_path) == {
        used.asset_id: UsedAsset(
            kind="model",
            label=used.label,
            class_name=used.class_name,
            license=used.license,
            creator=used.creator,
            source=used.source,
            sha256=used.sha256,
            split=used.split,
        )
    }


def test_textures_and_environments_are_credited_too(
    tmp_path: Path, record: RunRecord, made_here: MadeHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    builtin = open_catalog("builtin")
    sky = environment_of("skies/noon", label="noon", license="CC-BY-4.0", creator="Eve", source="Skies")
    made_here(record, tmp_path, units_of(record.spec)[0])
    used = min(builtin.records)
    monkeypatch.setattr(holdings, "footer_and_assets", lambda path: (unit_footer(path), {used, "skies/noon"}))
    write_papers(tmp_path, credits_of_catalog(Catalog.of("both", [builtin.records[used], sky], builtin.load_mesh)))
    assert "Eve" in (tmp_path / "ATTRIBUTION.md").read_text()
    asset = read_assets_used(tmp_path)["skies/noon"]
    assert (asset.kind, asset.class_name) == ("environment", "outdoors")
