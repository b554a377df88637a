"""UnitFooter: what a file of a unit says of itself, as JSON under the key `scenegen` of its Parquet metadata.

In a triplets file, the unit's commit record, it names the other files by their content, and says of every candidate
view that became no frame which gate it did not pass; in the other files it does not.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from scenegen.dataset.parquet import FOOTER_KEY, metadata_and_column, metadata_of
from scenegen.dataset.places import Located
from schemas.errors import DatasetError
from schemas.frame import Rejection, Verdict
from schemas.model import SCHEMA_VERSION, Frozen, first_fault
from schemas.unit import Unit

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class RejectedView(NamedTuple):
    """A candidate that became no frame; in JSON a list of its values, for a large unit has many."""

    scene_index: int
    attempt: int
    view_index: int
    gate: str
    figure: float | None
    """Nothing where the gate measured infinity or NaN."""


class UnitFooter(Frozen):
    """Where a file's rows come from."""

    schema_version: Literal[4] = SCHEMA_VERSION
    unit: Unit
    run_digest: str
    """Of the RunRecord."""
    versions: dict[str, str]
    """As in the RunRecord."""
    frames_path: str | None = None
    """Relative to OUT; nothing where frames are not kept."""
    frames_sha256: Sha256 | None = None
    set_aside_path: str | None = None
    """Relative to OUT; nothing where no rendered frame was rejected."""
    set_aside_sha256: Sha256 | None = None
    omitted: tuple[str, ...] = ()
    """Names of the samples that their frames can't answer, such as objects of a class where none is to be seen."""
    rejections: tuple[RejectedView, ...] = ()
    """By scene, attempt and candidate."""
    rows: int
    """In this file."""

    def metadata(self) -> dict[str, str]:
        """Returns the footer as Parquet key-value metadata."""
        return {FOOTER_KEY: self.model_dump_json()}


def rejected_views(rejections: Iterable[Rejection]) -> tuple[RejectedView, ...]:
    """Returns the rejections as a footer holds them."""
    return tuple(rejected_view(each.scene_index, each.attempt, each.view_index, each.verdict) for each in rejections)


def rejected_view(scene_index: int, attempt: int, view_index: int, verdict: Verdict) -> RejectedView:
    """Returns a candidate and the verdict that it did not pass as a footer holds them."""
    figure = float(verdict.figure)
    return RejectedView(scene_index, attempt, view_index, verdict.gate, figure if math.isfinite(figure) else None)


def unit_footer(path: Located) -> UnitFooter:
    """Returns the footer of a triplets or frames file; raises DatasetError."""
    return _footer(path, metadata_of(path))


def footer_and_assets(path: Located) -> tuple[UnitFooter, frozenset[str]]:
    """Returns the footer of a triplets file, and the assets that stand in its scenes; raises DatasetError."""
    pairs, asset_ids = metadata_and_column(path, "asset_ids")
    return _footer(path, pairs), frozenset(asset_id for row in asset_ids for asset_id in row)


def _footer(path: Located, pairs: Mapping[str, str]) -> UnitFooter:
    stored = pairs.get(FOOTER_KEY)
    if stored is None:
        raise DatasetError(f"{path}: no footer of ours, so not a file that scenegen wrote")
    try:
        return UnitFooter.model_validate_json(stored)
    except ValidationError as error:
        raise DatasetError(f"{path}: its footer can't be read: {first_fault(error)}") from error
