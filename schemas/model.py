"""The pydantic model that all our records share: frozen, closed to unknown keys, free of NaN."""

from typing import Final

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION: Final = 1
"""Stands in every file we write; raised when the meaning of a stored field changes."""


class Frozen(BaseModel):
    """A value: immutable, no unknown keys, no infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
