"""The stored columns."""

import json
from dataclasses import fields

from schemas.triplet import TRIPLET_COLUMNS, Triplet


def test_datasets_features_name_every_column_once_and_open_both_images() -> None:
    features = json.loads(TRIPLET_COLUMNS.metadata[b"huggingface"])["info"]["features"]
    assert list(features) == TRIPLET_COLUMNS.names
    images = [name for name, feature in features.items() if feature["_type"] == "Image"]
    assert images == ["input_image", "edited_image"]


def test_a_triplets_fields_are_the_columns() -> None:
    renamed = {"input_image_bytes": "input_image", "target_png": "edited_image"}
    assert [renamed.get(field.name, field.name) for field in fields(Triplet)] == TRIPLET_COLUMNS.names
