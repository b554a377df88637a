"""YAML that people write beside their files, read strictly: no aliases, no tags, no key twice, 256 KB at most.

A link is not followed. Aliases let a few hundred bytes unfold to more than any memory holds, and such files come from
others.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from schemas.errors import AssetError, first_line

_MOST_BYTES = 256 * 1024
_MOST_KEYS = 100


def read_strict_yaml(path: Path) -> Any:
    """Returns what a file says, None where it says nothing or isn't there. Raises AssetError, on one line."""
    if path.is_symlink():
        raise AssetError(f"{path.name}: is a link, which is not followed")
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
        if len(text) > _MOST_BYTES:
            raise AssetError(f"{path.name}: larger than {_MOST_BYTES // 1024} KB")
        return yaml.load(text.decode("utf-8-sig"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, made stricter
    except (yaml.YAMLError, ValueError, OSError, RecursionError) as error:
        problem = getattr(error, "problem", None) or first_line(error)
        raise AssetError(f"{path.name}: can't be read: {problem}") from error


class _StrictLoader(yaml.SafeLoader):
    """yaml.SafeLoader without aliases, tags, and keys that are repeated."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(problem="aliases (*name) and tags (!name) are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        if len(names) >= _MOST_KEYS:
            raise yaml.MarkedYAMLError(problem=f"{len(names)} keys stand together")
        twice = sorted({str(name) for name in names if names.count(name) > 1})
        if twice:
            raise yaml.MarkedYAMLError(problem=f"{twice[0]!r} stands twice")
        return super().construct_mapping(node, deep)
