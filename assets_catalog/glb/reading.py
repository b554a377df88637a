"""Reads a GLB that `write_glb` made."""

from assets_catalog.mesh import AssetMesh


def read_glb(data: bytes, name: str) -> AssetMesh:
    """Returns the mesh of a GLB that `write_glb` made. `name` is what errors call it. Raises AssetError."""
    raise NotImplementedError
