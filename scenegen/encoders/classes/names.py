"""Names: for each level of the taxonomy that a frame shows, the objects it covers and the nouns that fit them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assets_catalog.taxonomy import AssetClass
from scenegen.encoders.classes.doubts import doubted
from scenegen.encoders.classes.labels import endings_of, is_group_label, plural_label
from scenegen.encoders.classes.nouns import Noun, nouns_of
from scenegen.encoders.classes.shown import Shown, View
from scenegen.encoders.referring.vocabulary import SAME, is_plural, spelled

_NOT_OF_A_KIND = frozenset({"old", "new", "small", "large", "big", "little", "high", "full", "opened", "open"}) | {
    *("far", "near", "dark", "left", "right", "north", "east", "south", "west")
}

_MADE = {"window": (Noun("window frame", "window frames"),)}
"""What the shapes of ours are of some classes: a window is open."""


@dataclass(frozen=True)
class ClassName:
    """A level of the taxonomy as a frame shows it."""

    level: str
    nouns: tuple[Noun, ...]
    """Each fits every object."""
    members: tuple[Shown, ...]
    """All objects in view that have the level."""
    is_clear: bool
    """Whether no object in view is one of which people would disagree."""

    @cached_property
    def instance_ids(self) -> frozenset[int]:
        """Returns the numbers of its objects."""
        return frozenset(each.instance_id for each in self.members)

    @cached_property
    def pixels(self) -> int:
        """Returns how many its objects take together."""
        return sum(each.pixels for each in self.members)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Returns the classes of its objects."""
        return frozenset(each.levels[0] for each in self.members)

    @property
    def is_of_groups(self) -> bool:
        """Tells whether an object is several of the class: 'stack of books'."""
        return any(each.is_group for each in self.members)

    def meets(self, other: "ClassName") -> bool:
        """Tells whether an object has both names."""
        return not self.instance_ids.isdisjoint(other.instance_ids)


def names_of(view: View) -> tuple[ClassName, ...]:
    """Returns a name for each level in view that people have a word for, in alphabetical order.

    Behind them stand shapes of ours by names of their own: 'door handle', of the class door.
    """
    levels: dict[str, list[Shown]] = {}
    labels: dict[str, list[Shown]] = {}
    for each in view.shown:
        for level in each.levels:
            levels.setdefault(level, []).append(each)
        if each.is_odd and _is_a_name(each.label):
            labels.setdefault(each.label, []).append(each)
    names = [_name(level, tuple(levels[level]), view) for level in sorted(levels)]
    own = (_name_of_label(label, tuple(labels[label]), view) for label in sorted(labels))
    taken = {name.instance_ids for name in names if name.nouns}
    return tuple(name for name in names if name.nouns) + tuple(name for name in own if name.instance_ids not in taken)


def _name_of_label(label: str, members: tuple[Shown, ...], view: View) -> ClassName:
    """Returns the name of shapes of ours by what they are."""
    nouns = (_noun_of_label(label, nouns_of(members[0].levels[0])),)
    doubts = doubted(label).union([label])
    return ClassName(label, nouns, members, doubts.isdisjoint(view.levels) and not _others_called(nouns, members, view))


def _name(level: str, members: tuple[Shown, ...], view: View) -> ClassName:
    nouns = _nouns(level, members)
    return ClassName(level, nouns, members, bool(nouns) and not _in_doubt(level, nouns, members, view))


def _in_doubt(level: str, nouns: Sequence[Noun], members: Sequence[Shown], view: View) -> bool:
    """Tells whether a thing in view may or may not be called so; a shape of ours is no more than its class says."""
    if not doubted(level).isdisjoint(view.levels) or any(each.is_made and each.levels[0] != level for each in members):
        return True
    if any(each.is_odd and not doubted(each.label).isdisjoint(view.levels) for each in members):
        return True
    return _others_called(nouns, members, view)


def _others_called(nouns: Sequence[Noun], members: Sequence[Shown], view: View) -> bool:
    """Tells whether something else in view has a label that is one of the nouns, or ends in it."""
    ids = frozenset(each.instance_id for each in members)
    return any(not view.labeled.get(words, ids) <= ids for noun in nouns for words in noun.words)


def _nouns(level: str, members: tuple[Shown, ...]) -> tuple[Noun, ...]:
    general, leaf = nouns_of(level), members[0].leaf
    if any(each.levels[0] != level for each in members):
        return general
    labels = {each.label for each in members}
    label = labels.pop() if len(labels) == 1 else ""
    if label and members[0].is_odd:
        return (_noun_of_label(label, general),) if _is_a_name(label) else ()
    if any(each.is_odd for each in members):
        return general[:1]
    if all(each.is_made for each in members):
        return _MADE.get(level, general)
    if not general and all(leaf.words in endings_of(each.label) for each in members):
        general = (Noun(spelled(leaf.words), spelled(leaf.plural)),)
    return general + _kinds(label, leaf)


def _is_a_name(label: str) -> bool:
    """Tells whether people would say it: 'window panes', not 'stonework of a house' or 'far houses'."""
    return " of " not in label and label.split(" ", maxsplit=1)[0] not in _NOT_OF_A_KIND


def _noun_of_label(label: str, general: tuple[Noun, ...]) -> Noun:
    """Returns a noun that is counted if its class is, and the label is no plural."""
    is_mass = is_plural(label) or (bool(general) and not general[0].counts)
    return Noun(mass=spelled(label)) if is_mass else Noun(spelled(label), spelled(plural_label(label)))


def _kinds(label: str, leaf: AssetClass) -> tuple[Noun, ...]:
    """Returns the noun of a label that all members share, where people would use it: 'corner sofa', 'wine glass'."""
    if is_group_label(label):
        return (Noun(spelled(label), spelled(plural_label(label))),)
    nouns = nouns_of(leaf.words)
    if is_plural(label) or (nouns and not nouns[0].counts):
        return ()
    if label in leaf.synonyms and label not in SAME:
        return (Noun(spelled(label), spelled(plural_label(label))),)
    kind = label.removesuffix(f" {leaf.words}")
    if kind == label or " " in kind or kind in _NOT_OF_A_KIND:
        return ()
    return (Noun(spelled(label), spelled(f"{kind} {leaf.plural}")),)
