"""AssetClass: one class of the taxonomy with what it inherits, and SizePrior: how large its kind usually is."""

from pydantic import Field

from assets_catalog.record import Placement
from schemas.geometry import Vec3
from schemas.model import Frozen


class SizePrior(Frozen):
    """What is usual for a class: width, depth and height, metres."""

    low_m: Vec3
    high_m: Vec3

    def excess(self, size_m: Vec3) -> float:
        """Returns by what factor a size lies outside of the prior along its worst axis; 1 for one within.

        Width and depth are compared as the longer and the shorter side: which of them is which is often arbitrary.
        """
        sides = zip(_upright(size_m), _upright(self.low_m), _upright(self.high_m), strict=True)
        return max(1.0, *(max(side / high, low / max(side, 1e-9)) for side, low, high in sides))


def _upright(size_m: Vec3) -> Vec3:
    width, depth, height = size_m
    return max(width, depth), min(width, depth), height


class AssetClass(Frozen):
    """One class, with what it inherits."""

    name: str
    class_id: int = Field(ge=1)
    parents: tuple[str, ...] = Field(description="from the nearest to the most general")
    plural: str
    synonyms: tuple[str, ...] = Field((), description="other words for it, lower case")
    uses: tuple[str, ...] = Field(description="what it is for, e.g. 'to sit on'; none for a wall")
    size: SizePrior
    placement: Placement
    carries: bool = Field(description="its top is meant to carry smaller things")
    on_surface_up_to_m: float = Field(gt=0, description="a surface thing taller than this stands on the floor")
    on_surface_wide_m: float = Field(gt=0, description="so does one that is wider or deeper")
    elevation_m: float = Field(ge=0, description="of things on walls whose source states none")

    @property
    def words(self) -> str:
        """Returns its name as people write it."""
        return self.name.replace("_", " ")

    @property
    def levels(self) -> tuple[str, ...]:
        """Returns what it is, from the special to the general: 'armchair', 'chair', 'seat', 'furniture', ..."""
        return self.words, *(parent.replace("_", " ") for parent in self.parents)
