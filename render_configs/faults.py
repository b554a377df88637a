"""Faults of a run spec as lines for people: dotted path, what was given, what is allowed, the nearest match.

What users gave is cut where it is long, and no control character of theirs reaches a terminal.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from schemas.errors import did_you_mean
from schemas.run_spec import RunSpec

_GIVEN_LENGTH_LIMIT = 60
_NAME_LENGTH_LIMIT = 200
_LINE_LENGTH_LIMIT = 1000
_LINES_LIMIT = 50


def told(faults: Sequence[str]) -> list[str]:
    """Returns faults as one line each, the first of them where they are many."""
    lines = [
        shortened(_escaped(fault[: 2 * _LINE_LENGTH_LIMIT]), _LINE_LENGTH_LIMIT) for fault in faults[:_LINES_LIMIT]
    ]
    more = len(faults) - len(lines)
    return [*lines, f"and {more} more faults"] if more else lines


def shortened(text: str, limit: int = _NAME_LENGTH_LIMIT) -> str:
    """Returns a text of users, cut where it is long."""
    return text if len(text) <= limit else text[:limit] + "..."


def fault_line(error: ErrorDetails) -> str:
    """Returns one line for one of pydantic's errors."""
    path = shortened(".".join(map(str, error["loc"])))
    if error["type"] == "extra_forbidden":
        return _unknown_key(path)
    if error["type"] == "missing":
        return f"{path}: missing, must be given"
    cause = error.get("ctx", {}).get("error")
    allowed = str(cause or error["msg"]).replace("Input should", "must", 1).replace("Tuple should", "must", 1)
    return f"{path}: given {_shown(error['input'])}, {allowed}" if path else allowed


def unknown_member(path: str, given: str, members: Sequence[str]) -> str:
    """Returns the line for a name that is in none of our tables."""
    return f"{path}: unknown '{shortened(given)}'{did_you_mean(given, members)}; allowed: {', '.join(members)}"


def _unknown_key(path: str) -> str:
    place, _, name = path.rpartition(".")
    parent = ".".join(part for part in place.split(".") if not part.isdigit())  # numbers of a list's items
    siblings = [key.rpartition(".")[2] for key in _keys(RunSpec) if key.rpartition(".")[0] == parent]
    nearest = _elsewhere(name) or did_you_mean(name, siblings)
    return f"{path}: unknown key{nearest}; allowed here: {', '.join(siblings)}"


def _elsewhere(name: str) -> str:
    """Returns a hint at a key of the same name in another place: `samples` stands at `render.samples`."""
    matches = [key for key in _keys(RunSpec) if key.rpartition(".")[2] == name]
    return f" (did you mean '{matches[0]}'?)" if matches else ""


def _keys(model: type[BaseModel], parent: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield parent + name
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _keys(kind, f"{parent}{name}.")


def _shown(given: Any) -> str:
    if isinstance(given, BaseModel):
        given = given.model_dump()
    if isinstance(given, dict) and given.keys() == {"low", "high"}:
        return f"{_shown(given['low'])} to {_shown(given['high'])}"
    return shortened(json.dumps(given, default=str), _GIVEN_LENGTH_LIMIT)


def _escaped(text: str) -> str:
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
