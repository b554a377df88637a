"""YAML as we accept it: the safe subset, and of that no repeated key, no alias and no document over 1 MB.

An alias is refused because a few hundred bytes of them unfold to gigabytes. 1e3 is a number, as in YAML 1.2.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml

from schemas.errors import SpecError, first_line

SIZE_LIMIT_BYTES = 1_000_000


class _StrictLoader(yaml.SafeLoader):
    """yaml.SafeLoader without aliases and repeated keys."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias (*name) is not allowed", problem_mark=self.get_mark())
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node in (pair[0] for pair in node.value if isinstance(pair[0], yaml.ScalarNode)):
            if key_node.value in seen:
                problem = f"the key '{key_node.value}' stands twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+$"),
    list("-+0123456789"),
)


def read_yaml(text: str, name: str) -> object:
    """Returns what a YAML text says; raises SpecError that speaks of it as `name`."""
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        raise SpecError([f"{name}: larger than {SIZE_LIMIT_BYTES // 1_000_000} MB"])
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, made stricter
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SpecError([f"{name}{line}: {error.problem}"]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SpecError([f"{name}: not YAML that can be read: {first_line(error)}"]) from error
