"""Stored values against planned ones, as lines for people. NaN equals NaN; a list equals the tuple of its values."""

from collections.abc import Mapping

_LONGEST = 90


def differing(stored: object, planned: Mapping[str, object]) -> list[str]:
    """Returns a line for each planned value that `stored`, a mapping or an object with fields, has otherwise."""
    pairs = [(name, _value(stored, name), value) for name, value in planned.items()]
    return [f"{name} is {_short(is_)}, planned {_short(value)}" for name, is_, value in pairs if not _same(is_, value)]


def _value(stored: object, name: str) -> object:
    return stored[name] if isinstance(stored, Mapping) else getattr(stored, name)


def _same(left: object, right: object) -> bool:
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    both_nan = left != left and right != right  # noqa: PLR0124 - which is how NaN shows
    return both_nan or left == right


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
