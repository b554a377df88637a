"""Notes: what a YAML file beside an HDRI or a texture set states of it: `wood.yaml` beside `wood.exr`.

All keys may be absent; one that is unknown, or a value that is none, is a fault of the whole note.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from assets_catalog.record import Place, Substance
from assets_catalog.sources.strict_yaml import read_strict_yaml
from schemas.errors import AssetError, did_you_mean
from schemas.model import Frozen, first_fault

_Metres = Annotated[float, Field(gt=0, le=1000)]


class Notes(Frozen):
    """What is stated; None where nothing is."""

    license: str | None = Field(None, min_length=1, description="SPDX id")
    creator: str | None = Field(None, min_length=1)
    source: str | None = Field(None, min_length=1, description="where it came from, for people")
    label: str | None = Field(None, min_length=1, description="what a person would call it")
    place: Place | None = Field(None, description="where a picture of all directions was taken")
    substance: Substance | None = Field(None, description="what a texture set shows")
    tile_m: _Metres | tuple[_Metres, _Metres] | None = Field(
        None, description="width and height of one tile of a texture set, or its side"
    )

    @property
    def tile_size_m(self) -> tuple[float, float] | None:
        """Width and height of one tile."""
        return (self.tile_m, self.tile_m) if isinstance(self.tile_m, float) else self.tile_m


def notes_beside(*places: Path) -> Notes:
    """Returns the notes of the first of the files that is there, or empty ones. Raises AssetError for a faulty file."""
    there = next((path for path in places if path.is_symlink() or path.is_file()), None)
    if there is None:
        return Notes()
    stated = read_strict_yaml(there)
    return _checked(there.name, {} if stated is None else stated)


def _checked(name: str, stated: Any) -> Notes:
    if not isinstance(stated, dict):
        raise AssetError(f"{name} must have lines 'key: value'")
    for key in stated:
        if key not in Notes.model_fields:
            allowed = ", ".join(Notes.model_fields)
            raise AssetError(f"{name}: '{key}' is not one of {allowed}{did_you_mean(str(key), Notes.model_fields)}")
    try:
        return Notes.model_validate(stated)
    except ValidationError as error:
        raise AssetError(f"{name}: {first_fault(error)}") from error
