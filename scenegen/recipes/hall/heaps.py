"""Heaps: boxes that make one object together, gathered by what they are and where: goods in rows, far off."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span
from scenegen.recipes.thing import Thing
from schemas.surface import Surface

Key = tuple[object, ...]


@dataclass
class Heaps:
    """Boxes by key, in the order in which the keys came."""

    site: Site
    _boxes: dict[Key, list[Span]] = field(default_factory=dict)
    _what: dict[Key, tuple[str, str, Surface, Thing | Key | None]] = field(default_factory=dict)

    def put(  # noqa: PLR0913, PLR0917 - all that an object is
        self,
        key: Key,
        class_name: str,
        label: str,
        surface: Surface,
        boxes: Iterable[Span],
        carrier: Thing | Key | None = None,
    ) -> Key:
        """Adds boxes; the first ones of a key say what it is. Returns the heap's key: it may carry later ones."""
        key = (*key, class_name, label)
        self._what.setdefault(key, (class_name, label, surface, carrier))
        self._boxes.setdefault(key, []).extend(boxes)
        return key

    def flush(self) -> None:
        """Adds each heap to the site as one object."""
        made: dict[Key, Thing] = {}
        for key, boxes in self._boxes.items():
            class_name, label, surface, carrier = self._what[key]
            under = made[carrier] if isinstance(carrier, tuple) else carrier
            made[key] = self.site.boxes(class_name, label, boxes, surface, under)
        self._boxes.clear()
        self._what.clear()
