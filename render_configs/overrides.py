"""Overrides: `a.b=c` from a command line as nested mappings, and their merge over a preset.

A value has the type that YAML gives it: `render.denoise=false`, `tasks=[depth]`, `room.width_m={low: 3, high: 4}`.
A mapping is merged key by key, anything else replaces what stood there.
"""

from collections.abc import Mapping
from typing import Any

from render_configs.faults import shortened
from render_configs.strict_yaml import is_text, read_yaml
from schemas.errors import SpecError

Tree = Mapping[str, Any]

_DEEPEST = 10
"""Names in a key; json and pydantic recurse into them."""


def parse_override(override: str) -> Tree:
    """Returns `a.b=c` as {'a': {'b': 'c'}}; raises SpecError for what isn't of that form."""
    path, equals, value = override.partition("=")
    names = path.strip().split(".")
    given = f"override '{shortened(override)}'"
    if not equals or not all(names):
        raise SpecError([f"{given}: must be KEY=VALUE, such as render.samples=32"])
    if not is_text(path):
        raise SpecError([f"{given}: not UTF-8 text"])
    if len(names) > _DEEPEST:
        raise SpecError([f"{given}: a key of {len(names)} names, must have at most {_DEEPEST}"])
    tree = {names[-1]: read_yaml(value, given)}
    for name in reversed(names[:-1]):
        tree = {name: tree}
    return tree


def merge(below: Tree, above: Tree) -> Tree:
    """Returns `below` with what `above` says in its place."""
    merged = dict(below)
    for key, value in above.items():
        stood = merged.get(key)
        if isinstance(stood, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(stood, value)
        else:
            merged[key] = value
    return merged
