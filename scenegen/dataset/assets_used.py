"""The assets that stand in a dataset's scenes, as `OUT/assets.json` keeps them: no catalog is needed to credit them."""

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from scenegen.dataset.places import Located
from schemas.errors import DatasetError
from schemas.model import Frozen, first_fault

ASSETS_FILE = "assets.json"
"""Relative to OUT."""


class UsedAsset(Frozen):
    """What a dataset says of an asset."""

    kind: Literal["model", "texture", "environment"]
    label: str
    class_name: str
    """Of a texture its substance, of an environment its place."""
    license: str
    """SPDX id."""
    license_is_override: bool = False
    """The user gave it, where the source states none."""
    creator: str
    source: str
    sha256: str
    """Of the asset's content in the catalog."""
    split: Literal["train", "val", "test"] | None = None
    """Whose scenes show it; nothing in datasets of earlier versions."""


_ASSETS: TypeAdapter[dict[str, UsedAsset]] = TypeAdapter(dict[str, UsedAsset])


def assets_used_json(assets: Mapping[str, UsedAsset]) -> bytes:
    """Returns the file for some assets, by id."""
    fields = {asset_id: asset.model_dump(mode="json") for asset_id, asset in assets.items()}
    return f"{json.dumps(fields, indent=1, sort_keys=True)}\n".encode()


def read_assets_used(out: Located) -> dict[str, UsedAsset]:
    """Returns the assets of a dataset by id, none where there is no such file yet; raises DatasetError."""
    path = out / ASSETS_FILE
    try:
        return _ASSETS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DatasetError(f"{path} can't be read: {error.strerror}") from error
    except ValidationError as error:
        raise DatasetError(f"{path} can't be read: {first_fault(error)}") from error
