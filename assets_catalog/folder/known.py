"""Known: what a catalog has, as far as it decides what becomes of a newcomer.

- The same id with the same content and record is there already.
- The same content under another id is a duplicate.
- What looks like one that is there joins its group, and so its split; what looks like none begins a group of its own.
- An id keeps the group that it had; unless its content is new and now looks like another asset, for what was seen in
  training stays there.
"""

import json
from collections.abc import Mapping

import pyarrow as pa

from assets_catalog.index import Records
from assets_catalog.likeness import alike
from assets_catalog.record import AnyRecord
from assets_catalog.splits import split_of_group

_IDENTITY = ("asset_id", "kind", "sha256", "group", "signature")


class Known:
    """What decides; grows with each asset that joins."""

    def __init__(self, index: pa.Table) -> None:
        self._records = Records(index)
        self._joined: dict[str, AnyRecord] = {}
        self._facts: dict[str, Mapping[str, str]] = {}
        self._by_content: dict[str, str] = {}
        self._looks: dict[str, tuple[list[str], list[str]]] = {}
        """Kind -> signatures and, row by row, the ids that have them."""
        for record in index["record"].to_pylist():
            self._note(json.loads(record))

    def has(self, asset_id: str) -> bool:
        """Whether an id is known."""
        return asset_id in self._facts

    def is_there(self, entry: AnyRecord) -> bool:
        """Whether the index has the entry as it is, group and split apart."""
        before = self._joined.get(entry.asset_id) or self._records.get(entry.asset_id)
        return before is not None and before == entry.model_copy(update={"group": before.group, "split": before.split})

    def same_content(self, entry: AnyRecord) -> str | None:
        """Returns another id that has the content of an entry."""
        other = self._by_content.get(entry.sha256)
        return None if other == entry.asset_id else other

    def join(self, entry: AnyRecord) -> AnyRecord:
        """Returns the entry with its group and split; from now on it is known."""
        before = self._forget(entry.asset_id)
        group = self._group(entry, before)
        joined = entry.model_copy(update={"group": group, "split": split_of_group(group)})
        self._note(joined.model_dump(include=set(_IDENTITY)))
        self._joined[joined.asset_id] = joined
        return joined

    def _group(self, entry: AnyRecord, before: Mapping[str, str] | None) -> str:
        if before is not None and before["sha256"] == entry.sha256:
            return before["group"]
        like = self._like(entry)
        if like is not None:
            return self._facts[like]["group"]
        return entry.sha256 if before is None else before["group"]

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
