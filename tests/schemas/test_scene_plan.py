"""What a plan refuses."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from schemas.scene_plan import Box, PlannedObject, ScenePlan, Sky, flat, square
from schemas.surface import Surface

SURFACE = Surface(finish="paint", color=(0.5, 0.5, 0.5))
BOX = Box(center_m=(0, 0, 0), size_m=(1, 2, 3))


def planned(instance_id: int = 1, **fields: Any) -> PlannedObject:
    given = {"boxes": (BOX,), "surface": SURFACE} | fields
    return PlannedObject.model_validate(
        {"instance_id": instance_id, "class_id": 1, "class_name": "box", "label": "box"}
        | {"object2world": flat(np.eye(4))}
        | given
    )


def test_a_matrix_survives_flattening() -> None:
    matrix = np.arange(16.0).reshape(4, 4)
    assert np.array_equal(square(flat(matrix)), matrix)


@pytest.mark.parametrize(
    "fields", [{"asset_id": "builtin/chair-00"}, {"boxes": ()}, {"surface": None}, {"boxes": (), "surface": None}]
)
def test_an_object_is_an_asset_or_boxes_and_never_both_or_neither(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="needs an asset_id, or shapes and a surface"):
        planned(**fields)


def test_two_objects_may_not_share_an_id() -> None:
    sky = Sky(sun_elevation_rad=0.5, sun_azimuth_rad=0.0, strength=1.0)
    with pytest.raises(ValidationError, match="share an instance_id"):
        ScenePlan(
            scene_index=0,
            scene_id="scene",
            split="train",
            recipe="test",
            seed=0,
            objects=(planned(4), planned(4)),
            lights=(),
            sky=sky,
            views=(),
        )


def test_a_box_has_volume() -> None:
    with pytest.raises(ValidationError, match="not positive"):
        Box(center_m=(0, 0, 0), size_m=(1, 0, 1))
