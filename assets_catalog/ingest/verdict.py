"""Verdict: the parent looks at what a child says, and believes nothing of it.

An object must bear the hash of its content, a record be that of the candidate, with the licence that was stated before
its file was opened, and a model's GLB must read as ours.
"""

import signal

from pydantic import ValidationError

from assets_catalog.glb import read_glb
from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared, SetAside
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.server_process import Outcome
from assets_catalog.ingest.wire import Answer
from assets_catalog.objects import is_named_by, is_object_name, object_names
from assets_catalog.record import ANY_RECORD, AnyRecord, AssetRecord
from schemas.errors import AssetError, first_line, one_line
from schemas.model import first_fault


def verdict(candidate: Candidate, options: AddOptions, outcome: Outcome, limits: Limits) -> Prepared | SetAside:
    """Returns what became of a candidate."""
    answer = outcome.answer
    if outcome.end is None or outcome.end.status != 0 or answer is None:
        return set_aside(candidate, _ended(outcome, limits))
    if answer.reason is not None:
        return set_aside(candidate, answer.reason)
    try:
        return _believed(candidate, options, answer)
    except AssetError as error:
        return set_aside(candidate, f"its process gave an answer that can't be right: {error}")


def set_aside(candidate: Candidate, reason: str) -> SetAside:
    """Returns a candidate with the reason why it is none, on one line."""
    return SetAside(candidate.asset_id, str(candidate.files[0]) if candidate.files else "", one_line(reason))


def _ended(outcome: Outcome, limits: Limits) -> str:
    """Returns how a process ended that gave no asset."""
    status = None if outcome.end is None else outcome.end.status
    if outcome.late or status == -signal.SIGALRM:
        return f"took longer than {limits.wall_s:g} s"
    if outcome.damage is not None and status in (0, -signal.SIGKILL):
        return f"its process gave a damaged answer: {outcome.damage}"
    if status is None:
        return "its process ended, and the ingest server with it"
    if status < 0:
        return _signalled(-status, limits)
    return f"its process ended without an answer (exit status {status})"


def _signalled(number: int, limits: Limits) -> str:
    if number == signal.SIGXCPU:
        return f"took more than {limits.cpu_s} s of processor time"
    if number == signal.SIGKILL:
        return "its process was killed (SIGKILL), likely as the machine ran out of memory"
    return f"its process crashed ({_name(number)})"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _believed(candidate: Candidate, options: AddOptions, answer: Answer) -> Prepared:
    try:
        entry = ANY_RECORD.validate_json(answer.entry, strict=True)
    except ValidationError as error:
        raise AssetError(f"its record is none: {first_fault(error)}") from error
    except (ValueError, RecursionError) as error:
        raise AssetError(f"its record is none: {first_line(error)}") from error
    facts = candidate.facts
    stated = {
        "asset_id": (candidate.asset_id,),
        "kind": (candidate.kind,),
        "license": (facts.license,) if facts.license is not None else (options.license,),
    }
    for field, allowed in stated.items():
        if getattr(entry, field) not in allowed:
            raise AssetError(f"its {field} is {getattr(entry, field)!r}, was {allowed[0]!r}")
    objects = _checked_objects(answer)
    _check_named(entry, objects)
    return Prepared(entry=entry, objects=objects)


def _checked_objects(answer: Answer) -> dict[str, bytes]:
    for name, content in answer.objects:
        if not is_object_name(name) or not is_named_by(content, name):
            raise AssetError(f"an object is called {name!r}, which is not the hash of its content")
    return dict(answer.objects)


def _check_named(entry: AnyRecord, objects: dict[str, bytes]) -> None:
    """Raises AssetError unless the record's files are there, and no others."""
    named = set(object_names(entry))
    if named != set(objects):
        raise AssetError(f"its record names {len(named)} files, {len(objects)} others came")
    if isinstance(entry, AssetRecord):
        (content,) = objects.values()
        read_glb(content, f"{entry.sha256}.glb")
