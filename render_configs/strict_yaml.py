"""YAML as we accept it: the safe subset, and of that no alias, no tag, no repeated key and no document over 1 MB.

An alias is refused because a few hundred bytes of them unfold to gigabytes, a tag because a value says itself what it
is. Keys are text, whole numbers have at most 64 bits. 1e3 is a number, as in YAML 1.2.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml

from render_configs.faults import shortened
from schemas.errors import SpecError, first_line

SIZE_LIMIT_BYTES = 1_000_000
_INTEGER_LIMIT_BITS = 64
_NUMBER_LENGTH_LIMIT = 200
_TEXT_TAG = "tag:yaml.org,2002:str"


class _StrictLoader(yaml.SafeLoader):
    """yaml.SafeLoader without aliases, tags, and keys that are repeated or no text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias (*name) is not allowed", problem_mark=mark)
        if getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(problem="a tag (!name) is not allowed", problem_mark=mark)
        if isinstance(event, yaml.ScalarEvent) and not is_text(event.value):
            raise yaml.MarkedYAMLError(problem="half a character (\\ud800 to \\udfff)", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node in (pair[0] for pair in node.value if isinstance(pair[0], yaml.ScalarNode)):
            fault = _key_fault(key_node, seen)
            if fault is not None:
                problem = f"the key '{shortened(key_node.value)}' {fault}"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)

    def construct_integer(self, node: yaml.ScalarNode) -> int:
        """Returns a whole number that every later step can print."""
        value = super().construct_yaml_int(node) if len(node.value) <= _NUMBER_LENGTH_LIMIT else None
        if value is None or value.bit_length() > _INTEGER_LIMIT_BITS:
            problem = f"{shortened(node.value)} is a whole number of more than {_INTEGER_LIMIT_BITS} bits"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return value


def _key_fault(key: yaml.ScalarNode, seen: set[str]) -> str | None:
    if key.tag != _TEXT_TAG:
        return "must be text"
    return "stands twice" if key.value in seen else None


_StrictLoader.add_constructor("tag:yaml.org,2002:int", _StrictLoader.construct_integer)

_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+$"),
    list("-+0123456789"),
)


def is_text(text: str) -> bool:
    """Tells whether a text can be written as UTF-8: bytes of an argument that are none become half characters."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def read_yaml(text: str, name: str) -> object:
    """Returns what a YAML text says; raises SpecError that speaks of it as `name`."""
    if not is_text(text):
        raise SpecError([f"{name}: not UTF-8 text"])
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        raise SpecError([f"{name}: larger than {SIZE_LIMIT_BYTES // 1_000_000} MB"])
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, made stricter
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SpecError([f"{name}{line}: {error.problem}"]) from error
    except (
        yaml.YAMLError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise SpecError([f"{name}: not YAML that can be read: {first_line(error)}"]) from error
