"""Sidecars: what people say of their files.

`chair.yaml` speaks of chair.glb beside it, `assets.yaml` of all files in its folder and below; what is nearer to a file
overrules what is farther.

Plain YAML (see `assets_catalog.sources.strict_yaml`). A fault names the key, and what may have been meant.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from assets_catalog.licenses import spdx_license
from assets_catalog.record import Placement
from assets_catalog.sources.folder.axes import Axis
from assets_catalog.sources.strict_yaml import read_strict_yaml
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import AssetError, CatalogError, did_you_mean, first_few
from schemas.model import Frozen

OF_FOLDER = "assets.yaml"
_SHOWN_FAULTS, _SHOWN_LENGTH = 3, 60
Metres = Annotated[float, Field(gt=0, le=1000)]


class Statement(Frozen):
    """What may be said of files. All keys are optional; units of length are metres."""

    class_name: str | None = Field(None, alias="class", description="a class of the taxonomy")
    label: str | None = Field(None, min_length=1, max_length=100, description="what a person would call it")
    size_m: tuple[Metres, Metres, Metres] | None = Field(None, description="width, depth, height, front toward us")
    height_m: Metres | None = Field(None, description="scaled to it alike along all axes")
    meters_per_unit: float | None = Field(None, gt=0, le=1e6, description="overrules the file's own")
    up: Axis | None = Field(None, description="axis of the file that points up")
    front: Axis | None = Field(None, description="axis of the file that the front looks along")
    license: str | None = Field(None, description="SPDX id")
    creator: str | None = Field(None, min_length=1, max_length=200)
    source: str | None = Field(None, min_length=1, max_length=500, description="where it came from, for people")
    placement: Placement | None = None

    @field_validator("class_name")
    @classmethod
    def _known_class(cls, name: str | None) -> str | None:
        if name is not None and name not in load_taxonomy().classes:
            raise ValueError(f"no class of the taxonomy{did_you_mean(name, load_taxonomy().classes)}")
        return name

    @field_validator("license")
    @classmethod
    def _spdx(cls, text: str | None) -> str | None:
        try:
            return None if text is None else spdx_license(text)
        except CatalogError as error:
            raise ValueError(str(error)) from error

    @model_validator(mode="after")
    def _crossing(self) -> "Statement":
        if self.front is not None and self.front.strip("-") == (self.up or "y").strip("-") and self.up is not None:
            raise ValueError(f"front and up must lie on different axes, both are {self.up.strip('-')}")
        return self

    def over(self, farther: "Statement") -> "Statement":
        """Returns both together; what this one says goes first."""
        return farther.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})


def read_sidecar(path: Path) -> Statement:
    """Returns what a sidecar says, nothing where there is none. Raises CatalogError, on one line."""
    try:
        tree = read_strict_yaml(path)
        return Statement.model_validate({} if tree is None else tree)
    except AssetError as error:
        raise CatalogError(str(error)) from error
    except ValidationError as error:
        raise CatalogError(f"{path.name}: {first_few([*map(_told, error.errors())], _SHOWN_FAULTS)}") from error


def _told(fault: ErrorDetails) -> str:
    key = ".".join(map(str, fault["loc"]))
    keys = [field.alias or name for name, field in Statement.model_fields.items()]
    if fault["type"] == "extra_forbidden":
        return f"unknown key {ascii(key)[1:-1][:_SHOWN_LENGTH]}{did_you_mean(key, keys)}; allowed: {', '.join(keys)}"
    given = ascii(fault["input"])[:_SHOWN_LENGTH]
    said = fault["msg"].removeprefix("Value error, ").replace("Input should", "must", 1)
    return f"{key}: given {given}, {said}" if key else said


def merged(of_folders: Mapping[Path, Statement], folder: Path, root: Path) -> Statement:
    """Returns what is said of all files of a folder: by it and by those above it, up to the root."""
    statement = Statement()
    for above in reversed([folder, *folder.parents]):
        if above == root or root in above.parents:
            statement = of_folders.get(above, Statement()).over(statement)
    return statement
