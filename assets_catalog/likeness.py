"""Likeness: which models are nearly the same shape."""

from collections.abc import Sequence

from assets_catalog.mesh import AssetMesh


def signature(mesh: AssetMesh) -> str:
    """Returns what the likeness of shapes is told by."""
    raise NotImplementedError


def alike(signature: str, known: Sequence[str]) -> int | None:
    """Returns the row of the nearest known signature that is of nearly the same shape, or None."""
    raise NotImplementedError
