"""Wavefront MTL, read into values: each material's statements, still as text.

Format: Alias|Wavefront "Material Library File", appendix B2 of the Advanced Visualizer manual. A keyword that comes
twice in a block has its last value; what stands before the first newmtl belongs to nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MtlMaterial:
    """One `newmtl` block: keyword -> arguments, still as text."""

    name: str
    statements: Mapping[str, str]

    def numbers(self, keyword: str, default: Sequence[float]) -> list[float]:
        """Returns the numbers of a statement, or the default where it is absent or broken."""
        try:
            found = [float(cell) for cell in self.statements[keyword].split()]
        except (KeyError, ValueError):
            return list(default)
        return found if len(found) >= len(default) and all(0 <= value < 1e6 for value in found) else list(default)


def read_mtl(text: str) -> dict[str, MtlMaterial]:
    """Returns the materials of an MTL file by name."""
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.split("\n"):
        keyword, rest = [*line.split(None, 1), "", ""][:2]
        if keyword == "newmtl":
            current = found.setdefault(rest.strip(), {})
        elif keyword and not keyword.startswith("#"):
            current[keyword] = rest.strip()
    return {name: MtlMaterial(name, statements) for name, statements in found.items()}
