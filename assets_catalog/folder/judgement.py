"""Judgement: what becomes of the assets of one step of an add, given what the catalog has."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assets_catalog.folder.admission import admitted
from assets_catalog.folder.known import Known
from assets_catalog.ingest.candidate import Prepared, SetAside
from assets_catalog.record import AnyRecord
from schemas.errors import AssetError


@dataclass
class Judgement:
    """What became of each, and the files that must be there before the index says so."""

    added: list[AnyRecord] = field(default_factory=list)
    changed: list[AnyRecord] = field(default_factory=list)
    already_there: list[AnyRecord] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=dict)


def judged(outcomes: Iterable[Prepared | SetAside], known: Known) -> Judgement:
    """Judges one after another, so that the second of two that are alike sees the first."""
    judgement = Judgement()
    for outcome in outcomes:
        if isinstance(outcome, SetAside):
            judgement.set_aside.append(_told(outcome, known))
            continue
        try:
            _judge(outcome, known, judgement)
        except AssetError as error:
            judgement.set_aside.append(SetAside(outcome.entry.asset_id, outcome.entry.source, str(error)))
    return judgement


def _told(outcome: SetAside, known: Known) -> SetAside:
    """Returns what is set aside, with a word on the entry of that id, where an earlier add had let one in."""
    if not known.has(outcome.asset_id):
        return outcome
    return replace(outcome, reason=f"{outcome.reason}; what was added before stays until it is removed")


def _judge(prepared: Prepared, known: Known, judgement: Judgement) -> None:
    entry = admitted(prepared)
    if twin := known.same_content(entry):
        raise AssetError(f"duplicate: its content is that of {twin}")
    if known.is_there(entry):
        judgement.already_there.append(entry)
    elif known.has(entry.asset_id):
        judgement.changed.append(known.join(entry))
    else:
        judgement.added.append(known.join(entry))
    judgement.objects.update(prepared.objects)
