"""The taxonomy: classes with stable ids, and what they inherit from the levels above them.

The words stand in YAML files beside this one: `groups.yaml` has the upper levels, each of the others a field of
classes. An id is stored in datasets: none is ever changed, reused or renumbered; a new class takes a new one. Ids start
at 1; 0 is "no surface".
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from assets_catalog.taxonomy.asset_class import AssetClass, SizePrior
from assets_catalog.taxonomy.words import Vocabulary, plural_of, vocabulary
from schemas.errors import CatalogError, did_you_mean
from schemas.geometry import Vec3
from schemas.model import Frozen

__all__ = ["AssetClass", "SizePrior", "Taxonomy", "load_taxonomy", "parse_taxonomy"]

FIELDS = ("building", "furniture", "appliances", "objects", "outdoors", "vehicles", "living")
"""Files of classes."""

_RANGE = re.compile(r"([0-9.]+)-([0-9.]+)")
_OWN = ("id", "plural", "synonyms")
"""What a class does not hand down."""


class Taxonomy(Frozen):
    """All classes."""

    classes: Mapping[str, AssetClass]
    part_words: tuple[str, ...] = ()
    material_words: tuple[str, ...] = ()

    def class_id(self, class_name: str) -> int:
        """Returns the stable id of a class. Raises CatalogError when there is no such class."""
        if class_name not in self.classes:
            raise CatalogError(f"no class '{class_name}' in the taxonomy{did_you_mean(class_name, self.classes)}")
        return self.classes[class_name].class_id

    def class_for_words(self, text: str) -> str | None:
        """Returns the class whose name, plural or synonym stands in a text such as 'old_wooden_Chair-02', or None.

        See `assets_catalog.taxonomy.words`.
        """
        return self._vocabulary.class_in(text)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self.classes, self.part_words, self.material_words)


@cache
def load_taxonomy() -> Taxonomy:
    """Returns the taxonomy of the package."""
    folder = files("assets_catalog.taxonomy")
    return parse_taxonomy(
        *(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8") for name in ("groups", *FIELDS))
    )


def parse_taxonomy(groups_text: str, *fields: str) -> Taxonomy:
    """Returns the taxonomy that YAML texts describe: the upper levels, then fields of classes.

    Raises ValueError for a name, an id or a phrase that occurs twice, an unknown parent, parents in a circle and a size
    that is none, and as pydantic does.
    """
    upper = yaml.safe_load(groups_text)
    stated = _united([upper["groups"], *(yaml.safe_load(text) for text in fields)])
    leaves = [name for name in stated if name not in upper["groups"]]
    classes = {name: _asset_class(name, stated) for name in leaves}
    if len({leaf.class_id for leaf in classes.values()}) != len(classes):
        raise ValueError("two classes share an id")
    words = {key: tuple(upper.get(key, ())) for key in ("part_words", "material_words")}
    vocabulary(classes)
    return Taxonomy(classes=classes, **words)


def _united(tables: Iterable[Mapping[str, Mapping[str, Any]]]) -> dict[str, Mapping[str, Any]]:
    united: dict[str, Mapping[str, Any]] = {}
    for table in tables:
        for name, fields in table.items():
            if name in united:
                raise ValueError(f"'{name}' stands in the taxonomy twice")
            united[name] = fields
    return united


def _asset_class(name: str, stated: Mapping[str, Mapping[str, Any]]) -> AssetClass:
    own = dict(stated[name])
    inherited = {**own}
    parents: list[str] = []
    while (parent := inherited.pop("parent", None)) is not None:
        if parent not in stated:
            raise ValueError(f"'{name}' has the unknown parent '{parent}'{did_you_mean(parent, stated)}")
        if parent in (name, *parents):
            raise ValueError(f"'{name}' has parents in a circle: {', '.join(parents)}")
        parents.append(parent)
        handed_down = {key: value for key, value in stated[parent].items() if key not in _OWN}
        inherited = {**handed_down, **inherited, "parent": handed_down.get("parent")}
    return AssetClass(
        name=name,
        class_id=inherited.pop("id"),
        parents=tuple(parents),
        plural=inherited.pop("plural", plural_of(name.replace("_", " "))),
        size=_prior(name, inherited.pop("size")),
        **inherited,
    )


def _prior(name: str, text: str) -> SizePrior:
    """Returns the prior of e.g. '0.4-0.8 x 0.4-0.9 x 0.7-1.2'."""
    ranges = [_RANGE.fullmatch(part.strip()) for part in text.split(" x ")]
    pairs = [(float(found[1]), float(found[2])) for found in ranges if found]
    if len(ranges) != 3 or len(pairs) != 3 or any(not 0 < low <= high for low, high in pairs):
        raise ValueError(f"'{name}' has no size such as '0.4-0.8 x 0.4-0.9 x 0.7-1.2': {text!r}")
    return SizePrior(low_m=_axis(pairs, 0), high_m=_axis(pairs, 1))


def _axis(pairs: list[tuple[float, float]], end: int) -> Vec3:
    width, depth, height = (pair[end] for pair in pairs)
    return width, depth, height
