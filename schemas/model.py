"""The pydantic model that all our records share: frozen, closed to unknown keys, free of NaN; and its JSON."""

import json
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

SCHEMA_VERSION: Final = 4
"""Stands in every file we write; raised when the meaning of a stored field changes."""


class Frozen(BaseModel):
    """A value: immutable, no unknown keys, no infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def canonical_json(value: object) -> str:
    """Returns JSON that is equal for equal values: sorted keys, no spaces. What is hashed or compared is this."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def first_fault(error: ValidationError) -> str:
    """Returns the first fault of a stored record on one line, e.g. 'spec.seed: Field required'."""
    fault = error.errors()[0]
    path = ".".join(map(str, fault["loc"]))
    return f"{path}: {fault['msg']}" if path else fault["msg"]
