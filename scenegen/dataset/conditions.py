"""Conditions on the columns of rows as a person writes them: 'z_depth_max_m<20', 'recipe=room', 'task != depth'.

A column, one of = != < <= > >=, a value; a value is read as what its column holds. Nothing is evaluated.

Edges: NaN, the depth of a frame without surface, meets no condition but !=.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne

import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import InputError, did_you_mean
from schemas.triplet import TRIPLET_COLUMNS

_FORM = re.compile(r"\s*(\w+)\s*(<=|>=|!=|=|<|>)\s*(.*\S)\s*", re.DOTALL)
_COMPARED = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_TYPES = {
    field.name: field.type
    for field in TRIPLET_COLUMNS
    if pa.types.is_string(field.type) or pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
}


def condition_of(texts: Sequence[str]) -> pc.Expression | None:
    """Returns the condition that all of them hold; nothing where there are none. Raises InputError."""
    return reduce(and_, map(_condition, texts)) if texts else None


def _condition(text: str) -> pc.Expression:
    found = _FORM.fullmatch(text)
    if found is None:
        raise InputError(f"'{text}' is no condition; write COLUMN=VALUE, with one of {' '.join(_COMPARED)}")
    column, sign, value = found.groups()
    if column not in _TYPES:
        raise InputError(
            f"'{text}': there is no column '{column}'{did_you_mean(column, _TYPES)}; allowed: {', '.join(_TYPES)}"
        )
    try:
        scalar = pa.scalar(value).cast(_TYPES[column])
    except pa.ArrowException as error:
        raise InputError(f"'{text}': '{column}' holds {_TYPES[column]}, and '{value}' is none") from error
    return _COMPARED[sign](pc.field(column), scalar)
