"""UnitFooter: what a file of a unit says of itself, as JSON under the key `scenegen` of its Parquet metadata.

In a triplets file, the unit's commit record, it names the frames file by its content; in a frames file it does not.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from scenegen.dataset.parquet import FOOTER_KEY, metadata_of
from schemas.errors import DatasetError
from schemas.model import SCHEMA_VERSION, Frozen, first_fault
from schemas.unit import Unit

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class UnitFooter(Frozen):
    """Where a file's rows come from."""

    schema_version: Literal[2] = SCHEMA_VERSION
    unit: Unit
    run_digest: str
    """Of the RunRecord."""
    versions: dict[str, str]
    """As in the RunRecord."""
    frames_path: str | None = None
    """Relative to OUT; nothing where frames are not kept."""
    frames_sha256: Sha256 | None = None
    rows: int
    """In this file."""

    def metadata(self) -> dict[str, str]:
        """Returns the footer as Parquet key-value metadata."""
        return {FOOTER_KEY: self.model_dump_json()}


def unit_footer(path: Path) -> UnitFooter:
    """Returns the footer of a triplets or frames file; raises DatasetError."""
    stored = metadata_of(path).get(FOOTER_KEY)
    if stored is None:
        raise DatasetError(f"{path}: no footer of ours, so not a file that scenegen wrote")
    try:
        return UnitFooter.model_validate_json(stored)
    except ValidationError as error:
        raise DatasetError(f"{path}: its footer can't be read: {first_fault(error)}") from error
