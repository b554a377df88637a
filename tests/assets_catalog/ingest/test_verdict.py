"""The parent believes no answer: what does not fit its candidate, or itself, is set aside."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assets_catalog.glb import write_glb
from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, Prepared, SetAside
from assets_catalog.ingest.limits import Limits
from assets_catalog.ingest.server_process import End, Outcome
from assets_catalog.ingest.verdict import verdict
from assets_catalog.ingest.wire import Answer
from assets_catalog.record import AssetRecord, TextureRecord
from tests.assets_catalog.ingest.misbehaving import box

GLB = write_glb(box().mesh)
SHA256 = hashlib.sha256(GLB).hexdigest()
RECORD = AssetRecord(
    asset_id="test/box",
    label="box",
    license="CC-BY-4.0",
    creator="Ann",
    source="test",
    sha256=SHA256,
    class_name="box",
    size_m=(0.5, 0.5, 0.5),
    placement="floor",
)
CANDIDATE = Candidate("test/box", "model", (Path("box.glb"),), Path(), Facts(license="CC-BY-4.0"), box)
WELL = End(status=0, cpu_s=0.1, peak_bytes=10**8)


def judged(entry: str, objects: Mapping[str, bytes], candidate: Candidate = CANDIDATE) -> Prepared | SetAside:
    """Returns what the parent makes of an answer."""
    answer = Answer(None, entry.encode(), tuple(objects.items()))
    return verdict(candidate, AddOptions(license="MIT"), Outcome(answer, WELL), Limits())


def changed(**fields: Any) -> str:
    """Returns the record with fields replaced."""
    return RECORD.model_copy(update=fields).model_dump_json()


def test_an_answer_that_fits_is_taken() -> None:
    result = judged(RECORD.model_dump_json(), {f"{SHA256}.glb": GLB})
    assert isinstance(result, Prepared)
    assert result.entry == RECORD


OTHER = hashlib.sha256(b"other").hexdigest()
WRONG: dict[str, tuple[str, dict[str, bytes], str]] = {
    "id": (changed(asset_id="test/other"), {f"{SHA256}.glb": GLB}, "its asset_id is 'test/other', was 'test/box'"),
    "licence": (changed(license="CC0-1.0"), {f"{SHA256}.glb": GLB}, "its license is 'CC0-1.0', was 'CC-BY-4.0'"),
    "override": (changed(license="MIT"), {f"{SHA256}.glb": GLB}, "its license is 'MIT', was 'CC-BY-4.0'"),
    "hash": (RECORD.model_dump_json(), {f"{SHA256}.glb": GLB + b"\0"}, "is not the hash of its content"),
    "name": (RECORD.model_dump_json(), {"../box.glb": GLB}, "is not the hash of its content"),
    "no object": (RECORD.model_dump_json(), {}, "its record names 1 files"),
    "more objects": (RECORD.model_dump_json(), {f"{SHA256}.glb": GLB, f"{OTHER}.png": b"other"}, "names 1 files"),
    "other object": (RECORD.model_dump_json(), {f"{OTHER}.glb": b"other"}, "its record names 1 files"),
    "no GLB": (changed(sha256=OTHER), {f"{OTHER}.glb": b"other"}, "5 bytes: no GLB"),
    "no JSON": ("{", {}, "its record is none"),
    "deep": ("[" * 100_000, {}, "its record is none"),
    "unknown key": (RECORD.model_dump_json()[:-1] + ',"code":"x"}', {}, "its record is none"),
    "infinite": (changed(size_m=(float("inf"), 1, 1)), {f"{SHA256}.glb": GLB}, "its record is none"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_lies_is_set_aside(name: str) -> None:
    entry, objects, said = WRONG[name]
    result = judged(entry, objects)
    assert isinstance(result, SetAside)
    assert result.reason.startswith("its process gave an answer that can't be right: ")
    assert said in result.reason


def test_a_record_of_another_kind_is_set_aside() -> None:
    fields: dict[str, Any] = {
        "substance": "wood",
        "color_name": "red",
        "color": (1, 0, 0),
        "maps": {},
        "size_m": (1, 1),
    }
    common = RECORD.model_dump(include={"asset_id", "label", "license", "creator", "source", "sha256"})
    texture = TextureRecord(**common, **fields, width_px=1, height_px=1)
    result = judged(texture.model_dump_json(), {})
    assert isinstance(result, SetAside)
    assert "its kind is 'texture', was 'model'" in result.reason


def test_the_users_licence_counts_where_none_is_stated() -> None:
    candidate = replace(CANDIDATE, facts=Facts())
    assert isinstance(judged(changed(license="MIT"), {f"{SHA256}.glb": GLB}, candidate), Prepared)
    assert isinstance(judged(changed(license="CC0-1.0"), {f"{SHA256}.glb": GLB}, candidate), SetAside)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(None, None, late=True), "took longer than 9.5 s"),
        (Outcome(None, None), "its process ended, and the ingest server with it"),
        (Outcome(None, replace(WELL, status=-24)), "took more than 8 s of processor time"),
        (Outcome(None, replace(WELL, status=-9)), "was killed (SIGKILL), likely as the machine ran out of memory"),
        (Outcome(None, replace(WELL, status=-9), damage="it ends too early"), "damaged answer: it ends too early"),
        (Outcome(None, replace(WELL, status=-11), damage="it ends too early"), "its process crashed (SIGSEGV)"),
        (Outcome(None, replace(WELL, status=-63)), "its process crashed (signal 63)"),
        (Outcome(Answer("all well"), replace(WELL, status=-11)), "its process crashed (SIGSEGV)"),
    ],
)
def test_ends_are_told(outcome: Outcome, said: str) -> None:
    result = verdict(CANDIDATE, AddOptions(), outcome, Limits())
    assert isinstance(result, SetAside)
    assert said in result.reason
