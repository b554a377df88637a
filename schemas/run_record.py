"""RunRecord: what `OUT/run.json` freezes, so that a resumed run can't mix two specs, catalogs or code versions."""

import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field

from schemas.model import SCHEMA_VERSION, Frozen, canonical_json
from schemas.run_spec import RunSpec

RUN_FILE = "run.json"
"""Where a dataset keeps its record, relative to OUT."""


class CatalogLock(Frozen):
    """Which assets a run may use, to the byte."""

    catalog: str
    """Its name; where it lies is no part of a run."""
    assets: dict[str, str]
    """asset_id -> sha256 of the asset's record, which has that of its content."""


class RunRecord(Frozen):
    """The frozen description of a run. Its digest stands in every file that the run writes."""

    schema_version: Literal[4] = SCHEMA_VERSION
    spec: RunSpec
    catalog_lock: CatalogLock
    versions: dict[str, str]
    """scenegen and the libraries that shape the bytes, e.g. {'bpy': '5.2.3'}."""
    frames_from: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """Digest of the record of the run whose frames were encoded anew; nothing where the run made its own. Where those
    frames lie is no part of a run."""

    def digest(self) -> str:
        """Returns the sha256 of the record as canonical JSON."""
        return hashlib.sha256(canonical_json(self.model_dump(mode="json")).encode()).hexdigest()


def differences(stored: RunRecord, given: RunRecord) -> list[str]:
    """Returns one line for each leaf that differs, e.g. 'spec.seed: 0 there, 1 asked for'."""
    left, right = (_leaves(record.model_dump(mode="json")) for record in (stored, given))
    keys = sorted(left.keys() | right.keys())
    return [
        f"{key}: {left.get(key, 'nothing')} there, {right.get(key, 'nothing')} asked for"
        for key in keys
        if left.get(key) != right.get(key)
    ]


def _leaves(node: object, path: str = "") -> dict[str, str]:
    if isinstance(node, dict) and node:
        return {
            key: leaf
            for name, child in node.items()
            for key, leaf in _leaves(child, f"{path}.{name}" if path else str(name)).items()
        }
    return {path: json.dumps(node)}
