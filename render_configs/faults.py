"""Faults of a run spec, or of another model, as lines: dotted path, what was given, what is allowed, nearest match.

What users gave is cut where it is long, and no control character of theirs reaches a terminal.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from schemas.errors import did_you_mean
from schemas.run_spec import RunSpec

_GIVEN_LENGTH_LIMIT = 60
_NAME_LENGTH_LIMIT = 200
_LINE_LENGTH_LIMIT = 1000
_LINES_LIMIT = 50

_IN_YAML = {
    "Input should": "must",
    "Tuple should": "must",
    "Dictionary should": "must",
    "an object": "a mapping of keys to values",
    "a valid array": "a list",
}
"""pydantic speaks of JSON, and to whom it concerns in full sentences."""

_NAME_OR_MAPPING = ("recipe",)
"""Keys whose faults pydantic tells twice, once for each kind of value, with the kind behind the key."""
_OF_ANOTHER_KIND = ("string_type", "dict_type")


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


def fault_lines(errors: Iterable[ErrorDetails], model: type[BaseModel] = RunSpec) -> list[str]:
    """Returns a line for each of pydantic's errors on `model`."""
    return [*dict.fromkeys(_fault_line(told, model) for error in errors if (told := _of_kind_given(error)))]


def _of_kind_given(error: ErrorDetails) -> ErrorDetails | None:
    """Returns the error as it is told: where a name or a mapping may stand, nothing of the kind that was not given."""
    if len(error["loc"]) < 2 or error["loc"][0] not in _NAME_OR_MAPPING:
        return error
    place, _, *names = error["loc"]
    if names or error["type"] not in _OF_ANOTHER_KIND:
        return cast(ErrorDetails, {**error, "loc": (place, *names)})
    if isinstance(error["input"], dict):
        return None
    return cast(
        ErrorDetails, {**error, "loc": (place,), "msg": "Input should be a name or a mapping of names to shares"}
    )


def _fault_line(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Returns one line for one of pydantic's errors."""
    path = shortened(".".join(map(str, error["loc"])))
    if error["type"] == "extra_forbidden":
        return _unknown_key(path, model)
    if error["type"] == "missing":
        return f"{path}: missing, must be given"
    allowed = _allowed(error)
    return f"{path}: given {_shown(error['input'])}{_nearest_choice(error)}, {allowed}" if path else allowed


def unknown_member(path: str, given: str, members: Sequence[str]) -> str:
    """Returns the line for a name that is in none of our tables."""
    return f"{path}: unknown '{shortened(given)}'{did_you_mean(given, members)}; allowed: {', '.join(members)}"


def _allowed(error: ErrorDetails) -> str:
    """Returns what may stand there, e.g. 'must be a list'."""
    cause = error.get("ctx", {}).get("error")
    if cause is not None:
        return str(cause)
    allowed = error["msg"]
    for theirs, ours in _IN_YAML.items():
        allowed = allowed.replace(theirs, ours, 1)
    return allowed


def _nearest_choice(error: ErrorDetails) -> str:
    """Returns a hint where one of some names must stand."""
    choices = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    given = error["input"]
    return did_you_mean(given, choices) if isinstance(given, str) else ""


def _unknown_key(path: str, model: type[BaseModel]) -> str:
    place, _, name = path.rpartition(".")
    parent = ".".join(part for part in place.split(".") if not part.isdigit())  # numbers of a list's items
    siblings = [key.rpartition(".")[2] for key in _keys(model) if key.rpartition(".")[0] == parent]
    nearest = _elsewhere(name, model) or did_you_mean(name, siblings)
    return f"{path}: unknown key{nearest}; allowed here: {', '.join(siblings)}"


def _elsewhere(name: str, model: type[BaseModel]) -> str:
    """Returns a hint at keys of the same name in other places: `samples` stands at `render.samples`."""
    matches = [f"'{key}'" for key in _keys(model) if key.rpartition(".")[2] == name]
    return f" (did you mean {' or '.join(matches)}?)" if matches else ""


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
