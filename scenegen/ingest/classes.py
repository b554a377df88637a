"""Classes: what a source calls its objects, in the words of our taxonomy."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from assets_catalog.taxonomy import load_taxonomy
from scenegen.ingest.ingester import Thing
from schemas.errors import did_you_mean


def _known(class_name: str | None) -> str | None:
    classes = load_taxonomy().classes
    if class_name is not None and class_name not in classes:
        raise ValueError(f"no class '{class_name}' in the taxonomy{did_you_mean(class_name, classes)}")
    return class_name


KnownClass = Annotated[str | None, AfterValidator(_known)]
"""A class of the taxonomy; null says that a name of the source means none of them."""


def thing_of(label: str, category: str | None, classes: Mapping[str, str | None], *, are_many: bool = False) -> Thing:
    """Returns an object by its own name, else by its category's; `are_many`: several of the class in one object."""
    class_name = classes.get(label) if label in classes else classes.get(category or "")
    if class_name is None:
        return Thing(label, None, are_many)
    leaf = load_taxonomy().classes[class_name]
    return Thing(leaf.plural if are_many else leaf.words, class_name, are_many)
