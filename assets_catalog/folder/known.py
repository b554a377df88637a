"""Known: what a catalog has, as far as it decides what becomes of a newcomer.

- The same id with the same content is there already.
- The same content under another id is a duplicate.
- What looks like one that is there joins its group, and so its split; what looks like none begins a group of its own.
- An id with new content keeps the group that it had, unless it now looks like another asset: what was seen in training
  stays there.
"""

import json
from collections.abc import Mapping

import pyarrow as pa

from assets_catalog.likeness import alike
from assets_catalog.record import AnyRecord
from assets_catalog.splits import split_of_group

_IDENTITY = ("asset_id", "kind", "sha256", "group", "signature")


class Known:
    """What decides; grows with each asset that joins."""

    def __init__(self, index: pa.Table) -> None:
        self._facts: dict[str, Mapping[str, str]] = {}
        self._by_content: dict[str, str] = {}
        self._looks: dict[str, tuple[list[str], list[str]]] = {}
        """Kind -> signatures and, row by row, the ids that have them."""
        for record in index["record"].to_pylist():
            self._note(json.loads(record))

    def sha256_of(self, asset_id: str) -> str | None:
        """Returns the content of an id, or nothing where it is new."""
        return self._facts[asset_id]["sha256"] if asset_id in self._facts else None

    def same_content(self, entry: AnyRecord) -> str | None:
        """Returns another id that has the content of an entry."""
        other = self._by_content.get(entry.sha256)
        return None if other == entry.asset_id else other

    def join(self, entry: AnyRecord) -> AnyRecord:
        """Returns the entry with its group and split; from now on it is known."""
        before = self._forget(entry.asset_id)
        like = self._like(entry)
        group = self._facts[like]["group"] if like else before["group"] if before else entry.sha256
        joined = entry.model_copy(update={"group": group, "split": split_of_group(group)})
        self._note(joined.model_dump(include=set(_IDENTITY)))
        return joined

    def _like(self, entry: AnyRecord) -> str | None:
        """Returns the id that an entry looks like, if there is one."""
        signatures, ids = self._looks.get(entry.kind, ([], []))
        row = alike(entry.signature, signatures) if entry.signature and signatures else None
        return None if row is None else ids[row]

    def _note(self, record: Mapping[str, str]) -> None:
        facts = {name: record[name] for name in _IDENTITY}
        self._facts[facts["asset_id"]] = facts
        self._by_content.setdefault(facts["sha256"], facts["asset_id"])
        if facts["signature"]:
            signatures, ids = self._looks.setdefault(facts["kind"], ([], []))
            signatures.append(facts["signature"])
            ids.append(facts["asset_id"])

    def _forget(self, asset_id: str) -> Mapping[str, str] | None:
        """Takes out what an id was before, and returns it."""
        before = self._facts.pop(asset_id, None)
        if before is None:
            return None
        if self._by_content.get(before["sha256"]) == asset_id:
            del self._by_content[before["sha256"]]
        signatures, ids = self._looks.get(before["kind"], ([], []))
        if asset_id in ids:
            row = ids.index(asset_id)
            del signatures[row], ids[row]
        return before
