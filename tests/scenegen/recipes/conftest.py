"""Catalogs and plans for the tests of recipes: the built-in catalog, and a poor one made by hand."""

import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord, LightSource, Placement, SupportSurface
from assets_catalog.sources.builtin import open_builtin
from schemas.geometry import Vec3
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from tests.box_models import box_model
from tests.planner import plans_of

SCENES = 30

_HANDMADE: tuple[tuple[str, Vec3, Placement, float], ...] = (
    ("sofa", (2.0, 0.9, 0.8), "floor", 0.0),
    ("armchair", (0.8, 0.8, 0.9), "floor", 0.0),
    ("chair", (0.45, 0.5, 0.9), "floor", 0.0),
    ("coffee_table", (1.1, 0.6, 0.42), "floor", 0.42),
    ("dining_table", (1.6, 0.9, 0.75), "floor", 0.75),
    ("desk", (1.3, 0.65, 0.74), "floor", 0.74),
    ("bed", (1.6, 2.1, 0.9), "floor", 0.5),
    ("bedside_table", (0.45, 0.4, 0.5), "floor", 0.5),
    ("wardrobe", (1.6, 0.6, 2.1), "floor", 0.0),
    ("bookcase", (0.9, 0.32, 1.8), "floor", 0.9),
    ("stool", (0.4, 0.4, 0.46), "floor", 0.0),
    ("floor_lamp", (0.4, 0.4, 1.5), "floor", 0.0),
    ("radiator", (0.9, 0.12, 0.5), "wall", 0.0),
    ("clock", (0.3, 0.05, 0.3), "wall", 0.0),
    ("ceiling_lamp", (0.4, 0.4, 0.3), "ceiling", 0.0),
    ("book", (0.22, 0.15, 0.03), "surface", 0.0),
    ("vase", (0.16, 0.16, 0.3), "surface", 0.0),
    ("cup", (0.09, 0.09, 0.1), "surface", 0.0),
    ("plate", (0.24, 0.24, 0.02), "surface", 0.0),
)
"""Class, size, placement, height of the support surface or 0; no plants, rugs, pictures, televisions."""


def _record(number: int, class_name: str, size_m: Vec3, placement: Placement, support_m: float) -> AssetRecord:
    surface = SupportSurface(center_m=(0.0, 0.0), size_m=(0.9 * size_m[0], 0.9 * size_m[1]), height_m=support_m or 1.0)
    return AssetRecord(
        asset_id=f"handmade/{class_name}-{number:02d}",
        label=class_name.replace("_", " "),
        class_name=class_name,
        size_m=size_m,
        placement=placement,
        elevation_m=0.12 if class_name == "radiator" else 0.0,
        supports=(surface,) if support_m else (),
        lights=(LightSource(position_m=(0.0, 0.05, 0.2)),) if class_name.endswith("lamp") else (),
        license="CC0-1.0",
        creator="tests",
        source="tests",
        sha256="0" * 64,
    )


@pytest.fixture(scope="session")
def handmade() -> Catalog:
    """Returns a catalog with one asset of a few classes, whose meshes are boxes."""
    records = [_record(number, *row) for number, row in enumerate(_HANDMADE)]
    return Catalog.of("handmade", records, box_model)


@pytest.fixture(scope="session")
def builtin() -> Catalog:
    """Returns the built-in catalog."""
    return open_builtin()


@pytest.fixture(scope="session", params=["builtin", "handmade"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    """Returns each catalog in turn."""
    chosen: Catalog = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(scope="session")
def plans(catalog: Catalog) -> list[ScenePlan]:
    """Returns many plans of the default spec."""
    asked = [(RunSpec(catalog=catalog.name), index) for index in range(SCENES)]
    return plans_of(asked, catalog)
