"""GLB: the one file format in which a catalog keeps its models."""

from assets_catalog.glb.reading import read_glb
from assets_catalog.glb.writing import write_glb

__all__ = ["read_glb", "write_glb"]
