"""RunRecord: what `OUT/run.json` freezes, so that a resumed run can't mix two specs, catalogs or code versions.

A run may be followed by generations: units that were appended by another spec, catalog or code. Each has a record of
its own, `OUT/generations/1.json` for the first. Units and scenes are numbered through all of them, and no number is
ever given twice: a scene's seed, its name and a unit's split come from numbers that no other generation has.
"""

import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field

from schemas.ingested import Ingested
from schemas.model import SCHEMA_VERSION, Frozen, canonical_json
from schemas.run_spec import RunSpec
from schemas.unit import FIRST, Start, Units, units_of

RUN_FILE = "run.json"
"""Where a dataset keeps its record, relative to OUT."""
GENERATIONS = "generations"
"""The folder with the records of what was appended."""


class CatalogLock(Frozen):
    """Which assets a run may use, to the byte."""

    catalog: str
    """Its name; where it lies is no part of a run."""
    assets: dict[str, str]
    """asset_id -> sha256 of the asset's record, which has that of its content."""


class Appended(Frozen):
    """What makes a record that of a generation: where it stands behind the others."""

    generation: int = Field(ge=1)
    """The run itself is generation 0."""
    first_unit: int = Field(ge=1)
    first_scene: int = Field(ge=1)


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
    ingested: Ingested | None = Field(None, exclude_if=lambda ingested: ingested is None)
    """Where frames are from that others rendered; nothing where a renderer of ours made them."""
    appended: Appended | None = Field(None, exclude_if=lambda appended: appended is None)
    """Nothing in run.json."""

    @property
    def generation(self) -> int:
        """Returns the number of the generation; 0 is the run itself."""
        return 0 if self.appended is None else self.appended.generation

    @property
    def path(self) -> str:
        """Returns where the record lies, relative to OUT."""
        return RUN_FILE if self.appended is None else generation_path(self.generation)

    @property
    def units(self) -> Units:
        """Returns the units that the record plans, in order."""
        return units_of(self.spec, self.start)

    @property
    def start(self) -> Start:
        """Returns where its units and scenes begin."""
        return FIRST if self.appended is None else Start(self.appended.first_unit, self.appended.first_scene)

    @property
    def end(self) -> Start:
        """Returns where a generation behind this one starts."""
        last = self.units[-1]
        return Start(last.index + 1, last.scene_stop)

    def digest(self) -> str:
        """Returns the sha256 of the record as canonical JSON."""
        return hashlib.sha256(canonical_json(self.model_dump(mode="json")).encode()).hexdigest()


def generation_path(generation: int) -> str:
    """Returns where the record of an appended generation lies, relative to OUT."""
    return f"{GENERATIONS}/{generation}.json"


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
