"""The taxonomy: classes with stable ids, what they inherit from their parents, and the class of each source's models.

The words stand in taxonomy.yaml. Ids start at 1; 0 is "no surface".
"""

from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml
from pydantic import Field

from assets_catalog.record import Placement
from schemas.errors import CatalogError, did_you_mean
from schemas.geometry import Vec3
from schemas.model import Frozen


class SizePrior(Frozen):
    """What is usual for a class: width, depth and height, metres."""

    low_m: Vec3
    high_m: Vec3


class AssetClass(Frozen):
    """One class, with what it inherits."""

    name: str
    plural: str = ""
    synonyms: tuple[str, ...] = Field((), description="other words for it, lower case")
    uses: tuple[str, ...] = Field((), description="what it is for, e.g. 'to sit on'")
    size: SizePrior = SizePrior(low_m=(0.005, 0.005, 0.005), high_m=(100.0, 100.0, 100.0))
    class_id: int = Field(ge=1)
    parents: tuple[str, ...] = Field(description="from the nearest to the most general")
    placement: Placement
    carries: bool = Field(description="its top is meant to carry smaller things")
    on_surface_up_to_m: float = Field(gt=0, description="a surface thing taller than this stands on the floor")
    on_surface_wide_m: float = Field(gt=0, description="so does one that is wider or deeper")
    elevation_m: float = Field(ge=0, description="of things on walls whose source states none")

    @property
    def levels(self) -> tuple[str, ...]:
        """Returns what a person may call it, from the special to the general: 'armchair', 'chair', 'seat', ..."""
        return tuple(name.replace("_", " ") for name in (self.name, *self.parents))


class HeightRule(Frozen):
    """One line of an ambiguous name: what a model lower than `below_m` is; without a bound, what any other is."""

    below_m: float | None = None
    class_name: str = Field(alias="class")


class ModelNames(Frozen):
    """What the models of one source are."""

    names: dict[str, tuple[str, ...]] = Field(description="class -> names of models")
    by_height: dict[str, tuple[HeightRule, ...]] = Field(
        {}, description="name of a model -> rules, the last without a bound"
    )
    by_model: dict[str, str | None] = Field({}, description="id of a model -> class; None leaves it out")
    placement: dict[str, Placement] = Field({}, description="id of a model -> where it belongs")
    labels: dict[str, str] = Field({}, description="name of a model -> what a person would call it")
    excluded: dict[str, tuple[str, ...]] = Field({}, description="reason -> names of models")

    @cached_property
    def class_by_name(self) -> dict[str, str]:
        """Holds name -> class for the names that one class covers."""
        return {name: class_name for class_name, names in self.names.items() for name in names}

    def class_of(self, name: str, model: str = "", height_m: float | None = None) -> str | None:
        """Returns the class of a model, or None when it is left out or unknown.

        `model`: its id, where the name alone misleads. Without a height, an ambiguous name gives its last class.
        """
        if model in self.by_model:
            return self.by_model[model]
        for rule in self.by_height.get(name, ()):
            if rule.below_m is None or (height_m is not None and height_m < rule.below_m):
                return rule.class_name
        return self.class_by_name.get(name)


class Taxonomy(Frozen):
    """All classes, and the tables of all sources."""

    classes: Mapping[str, AssetClass]
    sources: Mapping[str, ModelNames]

    def class_id(self, class_name: str) -> int:
        """Returns the stable id of a class. Raises CatalogError when there is no such class."""
        if class_name not in self.classes:
            raise CatalogError(f"no class '{class_name}' in the taxonomy{did_you_mean(class_name, self.classes)}")
        return self.classes[class_name].class_id

    def class_for_words(self, text: str) -> str | None:
        """Returns the class whose name, plural or synonym stands in a text such as 'old_wooden_Chair-02', or None."""
        raise NotImplementedError


@cache
def load_taxonomy() -> Taxonomy:
    """Returns the taxonomy of the package."""
    return parse_taxonomy(files("assets_catalog").joinpath("taxonomy.yaml").read_text(encoding="utf-8"))


def parse_taxonomy(text: str) -> Taxonomy:
    """Returns the taxonomy that a YAML text describes.

    Raises ValueError for an unknown parent or class, for an id that occurs twice, and as pydantic does.
    """
    tree = yaml.safe_load(text)
    classes = {name: _asset_class(name, leaf, tree["groups"]) for name, leaf in tree["classes"].items()}
    if len({leaf.class_id for leaf in classes.values()}) != len(classes):
        raise ValueError("two classes share an id")
    sources = {source: ModelNames.model_validate(table) for source, table in tree.get("sources", {}).items()}
    for source, table in sources.items():
        _check_classes(source, table, classes)
    return Taxonomy(classes=classes, sources=sources)


def _asset_class(name: str, leaf: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]]) -> AssetClass:
    parents: list[str] = []
    inherited: dict[str, Any] = dict(leaf)
    while (parent := inherited.pop("parent", None)) is not None:
        if parent not in groups:
            raise ValueError(f"class '{name}' has the unknown parent '{parent}'{did_you_mean(parent, groups)}")
        parents.append(parent)
        inherited = {**groups[parent], **inherited, "parent": groups[parent].get("parent")}
    return AssetClass(name=name, class_id=inherited.pop("id"), parents=tuple(parents), **inherited)


def _check_classes(source: str, table: ModelNames, classes: Mapping[str, AssetClass]) -> None:
    named = {
        *table.names,
        *table.by_model.values(),
        *(rule.class_name for rules in table.by_height.values() for rule in rules),
    }
    unknown = sorted(name for name in named if name is not None and name not in classes)
    if unknown:
        raise ValueError(f"source '{source}' names unknown classes: {', '.join(unknown)}")
