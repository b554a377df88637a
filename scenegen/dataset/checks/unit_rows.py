"""The rows of one unit, and what its footers say of those that are not there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scenegen.dataset.checks.frame_checks import Place
from scenegen.dataset.checks.stored_rows import Row, StoredRows
from scenegen.dataset.footer import RejectedView
from schemas.errors import DatasetError


@dataclass(frozen=True)
class UnitRows:
    """A unit as it is read, row by row."""

    triplets: StoredRows
    frames: StoredRows | None
    """Nothing where none are kept, or their file can't be read."""
    place_of: Mapping[str, int]
    """sample_id -> its row; samples that its frames can't answer, as its footer says, have none."""
    rejections: Mapping[int, list[RejectedView]]
    """By scene."""

    def frame(self, place: Place) -> Row | DatasetError:
        """Returns the row where that of a frame belongs; there must be a file of frames."""
        assert self.frames is not None
        number = (place.scene_index - place.unit.scene_start) * place.spec.views_per_scene + place.number
        return self.frames.row(number) if number < len(self.frames) else DatasetError("missing in the frames file")

    def triplet(self, sample_id: str) -> Row | DatasetError:
        """Returns the row where that of a sample belongs, which its footer does not omit."""
        number = self.place_of[sample_id]
        if number < len(self.triplets):
            return self.triplets.row(number)
        return DatasetError("missing in the triplets file")


def by_scene(rejections: Iterable[RejectedView]) -> dict[int, list[RejectedView]]:
    """Returns the rejections of each scene that has any."""
    of_scene: dict[int, list[RejectedView]] = {}
    for rejected in rejections:
        of_scene.setdefault(rejected.scene_index, []).append(rejected)
    return of_scene
