"""Real furniture is prepared as a person would describe it."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from assets_catalog.glb import read_glb
from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared
from assets_catalog.ingest.prepare import prepare
from assets_catalog.likeness import alike
from assets_catalog.record import AssetRecord
from assets_catalog.sources.sweethome3d import list_sweethome3d

OPTIONS = AddOptions()
WANTED = (
    "Blend-Swap-CC-0.drawersCabinet",
    "Blend-Swap-CC-0.lowerCabinet",
    "Scopia.clothes_washing_machine",
    "Scopia.dryer_machine",
    "Scopia.white_kitchen_table",
    "Kator-Legaz.glass-dining-table",
    "Scopia.chair",
    "Blend-Swap-CC-0.basketball",
)


@pytest.fixture(scope="module")
def prepared(furniture_folder: Path) -> Mapping[str, Prepared]:
    """Returns some models by the names that the package gives them."""
    listed = {each.asset_id.partition("/")[2]: each for each in list_sweethome3d(furniture_folder, OPTIONS)}
    chosen = [listed[name] for name in WANTED]
    return {
        name: prepare(candidate, candidate.load(), OPTIONS)
        for name, candidate in zip(WANTED, chosen, strict=True)
        if isinstance(candidate, Candidate)
    }


@pytest.fixture(scope="module")
def records(prepared: Mapping[str, Prepared]) -> Mapping[str, AssetRecord]:
    """Returns their records."""
    return {name: done.entry for name, done in prepared.items() if isinstance(done.entry, AssetRecord)}


def test_what_is_kept_is_as_large_as_the_record_says_and_stands_on_the_floor(prepared: Mapping[str, Prepared]) -> None:
    for done in prepared.values():
        ((name, glb),) = done.objects.items()
        points = np.concatenate([part.vertices_m for part in read_glb(glb, name).parts]).astype(np.float64)
        assert isinstance(done.entry, AssetRecord)
        assert np.allclose(np.ptp(points, axis=0), done.entry.size_m, atol=1e-6)
        assert points[:, 2].min() == pytest.approx(0, abs=1e-6)
        assert np.allclose((points.min(axis=0) + points.max(axis=0))[:2], 0, atol=1e-6)


def test_a_table_carries_things_near_its_top(records: Mapping[str, AssetRecord]) -> None:
    table = records["Scopia.white_kitchen_table"]
    assert table.supports[0].height_m > 0.9 * table.size_m[2]


def test_colours_and_glass_are_told(records: Mapping[str, AssetRecord]) -> None:
    assert records["Blend-Swap-CC-0.basketball"].color_name in {"orange", "brown", "red"}
    assert records["Kator-Legaz.glass-dining-table"].has_glass
    assert not records["Blend-Swap-CC-0.basketball"].has_glass


def test_variants_of_a_model_are_alike_and_other_models_are_not(records: Mapping[str, AssetRecord]) -> None:
    names = list(records)
    for name, variant in zip(WANTED[:4], (1, 0, 3, 2), strict=True):
        others = [records[other].signature if other != name else "" for other in names]
        assert alike(records[name].signature, others) == variant
    for name in WANTED[4:]:
        others = [records[other].signature for other in names if other != name]
        assert alike(records[name].signature, others) is None
