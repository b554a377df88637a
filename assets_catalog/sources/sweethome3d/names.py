"""Names: what the models of the libraries are, by the table in names.yaml."""

from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import Field

from assets_catalog.record import Placement
from assets_catalog.taxonomy import load_taxonomy
from schemas.model import Frozen


class HeightRule(Frozen):
    """One line of an ambiguous name: what a model lower than `below_m` is; without a bound, what any other is."""

    below_m: float | None = None
    class_name: str = Field(alias="class")


class ModelNames(Frozen):
    """What models are, and which are left out."""

    names: dict[str, tuple[str, ...]] = Field(description="class -> names of models")
    by_height: dict[str, tuple[HeightRule, ...]] = Field(
        {}, description="name of a model -> rules, the last without a bound"
    )
    by_model: dict[str, str] = Field({}, description="id of a model -> class")
    placement: dict[str, Placement] = Field({}, description="id of a model -> where it belongs")
    labels: dict[str, str] = Field({}, description="name of a model -> what a person would call it")
    excluded: dict[str, tuple[str, ...]] = Field({}, description="reason -> names or ids of models")

    @cached_property
    def class_by_name(self) -> dict[str, str]:
        """Holds name -> class for the names that one class covers."""
        return {name: class_name for class_name, names in self.names.items() for name in names}

    def class_of(self, name: str, model: str = "", height_m: float | None = None) -> str | None:
        """Returns the class of a model, or None when the table doesn't know it.

        `model`: its id, where the name alone misleads. Without a height, an ambiguous name gives its last class.
        """
        if model in self.by_model:
            return self.by_model[model]
        for rule in self.by_height.get(name, ()):
            if rule.below_m is None or (height_m is not None and height_m < rule.below_m):
                return rule.class_name
        return self.class_by_name.get(name)

    def label_of(self, name: str, model: str, class_name: str) -> str:
        """Returns what a person would call a model."""
        if model in self.by_model or name in self.by_height:
            return class_name.replace("_", " ")
        return self.labels.get(name, name.lower())

    def reason_against(self, name: str, model: str) -> str | None:
        """Returns why a model is left out on purpose, or None where it is not."""
        return next((why for why, those in self.excluded.items() if name in those or model in those), None)


@cache
def load_names() -> ModelNames:
    """Returns the table of the package."""
    return parse_names(files("assets_catalog.sources.sweethome3d").joinpath("names.yaml").read_text(encoding="utf-8"))


def parse_names(text: str) -> ModelNames:
    """Returns the table that a YAML text describes. Raises ValueError for an unknown class, and as pydantic does."""
    table = ModelNames.model_validate(yaml.safe_load(text))
    unknown = sorted(set(_classes_of(table)) - load_taxonomy().classes.keys())
    if unknown:
        raise ValueError(f"names.yaml names unknown classes: {', '.join(unknown)}")
    return table


def _classes_of(table: ModelNames) -> Iterator[str]:
    yield from table.names
    yield from table.by_model.values()
    yield from (rule.class_name for rules in table.by_height.values() for rule in rules)
