"""What a material is made of."""

from assets_catalog.mesh import AssetMaterial
from assets_catalog.record import Substance


def substance_of(material: AssetMaterial) -> Substance:
    """Returns what a material is made of, or "unknown"."""
    raise NotImplementedError
