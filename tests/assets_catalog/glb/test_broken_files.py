"""A file that isn't exactly as we write it is an AssetError, whatever is wrong with it."""

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_catalog.glb import read_glb, write_glb
from assets_catalog.mesh import AssetMesh
from schemas.errors import AssetError
from tests.assets_catalog.glb.any_mesh import TEXTURES
from tests.assets_catalog.meshes import PLAIN, box_part

GOOD = write_glb(AssetMesh((box_part((0, 0, 0), (1, 2, 3), replace(PLAIN, emission=2.0, texture=TEXTURES[1])),)))
JSON_AT = 20


def _parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    (length,) = struct.unpack_from("<I", data, 12)
    return json.loads(data[JSON_AT : JSON_AT + length]), data[JSON_AT + length + 8 :]


def _glb(document: object, binary: bytes) -> bytes:
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def test_the_parts_put_together_again_are_read() -> None:
    assert len(read_glb(_glb(*_parts(GOOD)), "it").parts) == 1


@given(st.integers(0, len(GOOD) - 1))
def test_a_truncated_file_is_refused(length: int) -> None:
    with pytest.raises(AssetError, match="it"):
        read_glb(GOOD[:length], "it")


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(AssetError, match="says that it has"):
        read_glb(GOOD + b"\0\0\0\0", "it")
    longer = GOOD[:8] + struct.pack("<I", len(GOOD) + 4) + GOOD[12:] + b"\0\0\0\0"
    with pytest.raises(AssetError, match="after its last chunk"):
        read_glb(longer, "it")


def test_the_first_index_beyond_the_vertices_is_refused() -> None:
    document, binary = _parts(GOOD)
    start, vertices = _view_of(document, 3)["byteOffset"], document["accessors"][0]["count"]
    for index, sound in ((vertices - 1, True), (vertices, False)):
        data = _glb(document, binary[:start] + struct.pack("<H", index) + binary[start + 2 :])
        if sound:
            read_glb(data, "it")
        else:
            with pytest.raises(AssetError, match="indices up to"):
                read_glb(data, "it")


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_changed_byte_is_read_or_refused(place: int, change: int) -> None:
    data = bytearray(GOOD)
    data[place] ^= change
    try:
        mesh = read_glb(bytes(data), "it")
    except AssetError:
        return
    for part in mesh.parts:
        assert part.triangles.min() >= 0
        assert part.triangles.max() < len(part.vertices_m)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(AssetError):
        read_glb(data, "it")
    with pytest.raises(AssetError):
        read_glb(_glb(data, b""), "it")


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = to

    return change


ATTRIBUTES = ("meshes", 0, "primitives", 0, "attributes")
FAULTS = {
    "a file elsewhere": _set("buffers", 0, "uri", to="../../etc/passwd"),
    "a picture elsewhere": _set("images", 0, "uri", to="http://127.0.0.1/x.png"),
    "an extension": _set("extensionsRequired", to=["KHR_draco_mesh_compression"]),
    "another version": _set("asset", "version", to="1.0"),
    "a sparse accessor": _set("accessors", 0, "sparse", to={"count": 1}),
    "an accessor that is not there": _set(*ATTRIBUTES, "POSITION", to=99),
    "a negative accessor": _set(*ATTRIBUTES, "POSITION", to=-1),
    "another accessor's kind": _set(*ATTRIBUTES, "NORMAL", to=2),
    "a count beyond the bytes": _set("accessors", 0, "count", to=10**9),
    "a count that is too small": _set("accessors", 0, "count", to=1),
    "a view beyond the buffer": _set("bufferViews", 0, "byteOffset", to=10**6),
    "a view of everything and more": _set("bufferViews", 0, "byteLength", to=2**40),
    "a view between numbers": _set("bufferViews", 0, "byteOffset", to=2),
    "a buffer view that is not there": _set("accessors", 0, "bufferView", to=50),
    "a material that is not there": _set("meshes", 0, "primitives", 0, "material", to=7),
    "no material": _set("materials", to=[]),
    "a picture that is not there": _set("textures", 0, "source", to=3),
    "a picture of another kind": _set("images", 0, "mimeType", to="image/jpeg"),
    "a picture that is none": _set("images", 0, "bufferView", to=0),
    "a colour beyond 1": _set("materials", 0, "extras", "color", to=[2.0, 0.0, 0.0]),
    "no parts": _set("meshes", 0, "primitives", to=[]),
    "indices as floats": _set("accessors", 3, "componentType", to=5126),
    "text for a number": _set("accessors", 0, "count", to="8"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_document_with_a_fault_is_refused(fault: str) -> None:
    document, binary = _parts(GOOD)
    FAULTS[fault](document)
    with pytest.raises(AssetError, match="it"):
        read_glb(_glb(document, binary), "it")


@pytest.mark.parametrize("text", [b"[" * 100_000, b"{}", b"null", b'{"asset": ' * 5000, b"\xff\xfe", b"NaN"])
def test_json_that_is_no_document_is_refused(text: bytes) -> None:
    with pytest.raises(AssetError):
        read_glb(_glb(text, b"\0\0\0\0"), "it")


def _view_of(document: dict[str, Any], accessor: int) -> dict[str, Any]:
    view: dict[str, Any] = document["bufferViews"][document["accessors"][accessor]["bufferView"]]
    return view


@pytest.mark.parametrize(
    ("accessor", "value"),
    [
        (0, struct.pack("<f", float("nan"))),
        (1, struct.pack("<f", float("inf"))),
        (3, b"\xff\xff"),
        (4, b"\0"),
        (4, b"\2"),
    ],
)
def test_numbers_that_cant_be_are_refused(accessor: int, value: bytes) -> None:
    document, binary = _parts(GOOD)
    start = _view_of(document, accessor)["byteOffset"]
    with pytest.raises(AssetError):
        read_glb(_glb(document, binary[:start] + value + binary[start + len(value) :]), "it")
