"""Hostile files that are planned: each kind lies about, or reaches for, one thing."""

import base64
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import numpy as np

from tests.assets_catalog.folder_source import samples
from tests.assets_catalog.hostile.case import CANARY, Case


def _changed(**changes: Any) -> Case:
    """Returns a GLB whose top-level keys are replaced."""
    tree, binary = samples.box_tree(samples.png())
    return Case("", {"box.glb": samples.glb_of({**tree, **changes}, binary)})


def _escapes(port: int) -> Iterator[Case]:
    for uri in _outside(port):
        yield _changed(images=[{"uri": uri}])
        yield _changed(buffers=[{"byteLength": 16, "uri": uri}])
        yield Case("", samples.box_obj() | {"box.mtl": f"newmtl paint\nmap_Kd {uri}\n".encode()})
        yield Case("", samples.box_obj() | {"box.obj": samples.box_obj()["box.obj"].replace(b"box.mtl", uri.encode())})
        texture = f"ply\ncomment TextureFile {uri}\n".encode()
        yield Case("", {"box.ply": samples.box_ply().replace(b"ply\n", texture, 1)})


def _outside(port: int) -> Iterator[str]:
    """Yields references that lead out of an asset's folder."""
    yield f"../../{CANARY}"
    yield f"..\\..\\{CANARY}"
    yield f"%2e%2e/%2e%2e/{CANARY}"
    yield f"./a/../../../{CANARY}"
    yield "/etc/passwd"
    yield "//etc/passwd"
    yield "C:\\Windows\\win.ini"
    yield "\\\\127.0.0.1\\share\\x.png"
    yield f"http://127.0.0.1:{port}/x.png"
    yield f"HTTPS://127.0.0.1:{port}/x.png"
    yield f"ftp://127.0.0.1:{port}/x.png"
    yield "file:///etc/passwd"
    yield "/proc/self/environ"
    yield "/dev/zero"


def _links(port: int) -> Iterator[Case]:
    for target in (f"../../{CANARY}", "/etc/passwd", "/dev/zero", "/dev/stdin", "/proc/self/mem", "paint.png"):
        files = {name: content for name, content in samples.box_gltf().items() if name != "paint.png"}
        yield Case("", files, {"paint.png": target})
        yield Case("", {}, {"box.glb": target})
        yield Case("", {"box.obj": samples.box_obj()["box.obj"]}, {"box.mtl": target})
        yield Case("", {"box.glb": samples.box_glb()}, {"box.yaml": target})


def _bombs(port: int) -> Iterator[Case]:
    for count in (10**6, 2**24, 2**31 - 1, 2**39):
        for kind in ("SCALAR", "VEC3", "MAT4"):
            yield _changed(accessors=[{"componentType": 5126, "count": count, "type": kind}] * 4)
    sparse = {"count": 2**30, "indices": {"bufferView": 0, "componentType": 5125}, "values": {"bufferView": 0}}
    yield _changed(accessors=[{"componentType": 5126, "count": 36, "type": "VEC3", "sparse": sparse}] * 4)
    yield _changed(nodes=[{"mesh": 0}] * 60_000, scenes=[{"nodes": list(range(60_000))}])
    yield _changed(nodes=[{"children": [k + 1]} for k in range(50_000)] + [{"mesh": 0}])
    yield _changed(nodes=[{"children": [k + 1, k + 1]} for k in range(40)] + [{"mesh": 0}])
    yield _changed(buffers=[{"byteLength": 2**40}])
    yield Case("", {"box.glb": samples.box_glb(_png_bomb(60_000, 60_000))})
    yield Case("", {"box.glb": samples.box_glb(_png_bomb(16_000, 16_000))})
    yield Case("", samples.box_obj() | {"old paint.png": _png_bomb(30_000, 30_000)})
    yield Case("", samples.box_obj() | {"old paint.png": _png_bomb(100, 100, chunk=b"iTXt")})
    yield Case("", {"box.obj": b"v 0 0 0\n" * 400_000 + b"f " + b"1 " * 400_000})
    yield Case("", {"box.obj": b"v 0 0 0\nv 1 0 0\nv 0 1 0\n" + b"f 1 2 3\n" * 2_000_000})
    yield Case("", {"box.obj": b"v 0 0 0\nv 1 0 0\nv 0 1 0\n" + b"f -1 -2 -3\n" * 500_000})
    yield Case("", {"box.obj": _stars(800)})
    yield Case("", {"box.ply": samples.box_ply().replace(b"face 12", b"face 999999999999")})
    yield Case("", {"box.stl": b"solid " + b"vertex 1 1 1\n" * 3_000_000})
    yield Case("", {"box.off": b"OFF\n1 1 0\n0 0 0\n" + b"100000000 0 0"})


def _stars(count: int) -> bytes:
    """Returns concave polygons of the most corners that are cut with care."""
    angles = np.linspace(0, 2 * np.pi, 512, endpoint=False)
    radii = np.where(np.arange(512) % 2, 0.5, 1.0)
    points = [f"v {r * np.cos(a):.5f} {r * np.sin(a):.5f} 0" for a, r in zip(angles, radii, strict=True)]
    return "\n".join([*points, *(["f " + " ".join(map(str, range(1, 513)))] * count)]).encode()


def _png_bomb(width: int, height: int, chunk: bytes = b"IDAT") -> bytes:
    """Returns a PNG that claims a size, and unfolds to as many bytes as 40 MB hold packed twice."""

    def packed(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = packed(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = zlib.compress(bytes(40_000_000), 9)
    body = body if chunk == b"IDAT" else b"Comment\0\1\0\0\0" + body
    return b"\x89PNG\r\n\x1a\n" + head + packed(chunk, body) + packed(b"IEND", b"")


def _deep(port: int) -> Iterator[Case]:
    for depth in (1000, 100_000, 5_000_000):
        yield Case("", {"box.gltf": b"[" * depth + b"]" * depth})
        yield Case(
            "", {"box.gltf": b'{"asset":{"version":"2.0"},"extras":' + b'{"a":' * depth + b"0" + b"}" * (depth + 1)}
        )
    yield Case("", {"box.gltf": b'{"asset":{"version":"2.0"},"nodes":[' + b"9" * 1_000_000 + b"]}"})
    yield Case("", {"box.glb": samples.box_glb(), "box.yaml": b"[" * 100_000})
    yield Case("", {"box.glb": samples.box_glb(), "box.yaml": _yaml_bomb()})
    yield Case("", {"box.glb": samples.box_glb(), "box.yaml": b"class: !!python/object/apply:os.system [exit]"})


def _yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x, x]", *(f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 12))]
    return "\n".join(lines).encode()


def _numbers(port: int) -> Iterator[Case]:
    for value in (np.nan, np.inf, -np.inf, 3e38, 1e-45):
        tree, binary = samples.box_tree()
        floats = np.frombuffer(binary, dtype=np.float32, count=36 * 3).copy()
        for rows in (slice(0, 1), slice(0, None), slice(1, None, 3)):
            changed = floats.copy()
            changed[rows] = value
            yield Case("", {"box.glb": samples.glb_of(tree, changed.tobytes() + binary[len(changed) * 4 :])})
        text = samples.box_obj()["box.obj"].replace(b"v 2.0", f"v {value}".encode())
        yield Case("", samples.box_obj() | {"box.obj": text})
        yield Case("", {"box.ply": samples.box_ply().replace(b"2.0", str(value).encode())})
        yield Case("", {"box.off": samples.box_off().replace(b"2.0", str(value).encode())})
        yield Case("", {"box.stl": samples.box_stl(is_text=True).replace(b"2.0", str(value).encode())})
        for key in ("translation", "scale"):
            yield Case("", {"box.glb": _moved(key, value)})


def _moved(key: str, value: float) -> bytes:
    tree, binary = samples.box_tree()
    tree["nodes"][0][key] = [float(value)] * 3
    return samples.glb_of(tree, binary)


def _headers(port: int) -> Iterator[Case]:
    glb, stl = samples.box_glb(), samples.box_stl()
    for at in (4, 8, 12, 16):
        for number in (0, 1, 2**31, 2**32 - 1):
            yield Case("", {"box.glb": glb[:at] + struct.pack("<I", number) + glb[at + 4 :]})
    for count in (0, 1, 11, 13, 2**31, 2**32 - 1):
        yield Case("", {"box.stl": stl[:80] + struct.pack("<I", count) + stl[84:]})
    for text in (b"vertex 0", b"vertex 9", b"vertex -1", b"vertex 99999999999999999999", b"vertex x"):
        yield Case("", {"box.ply": samples.box_ply(is_text=False).replace(b"vertex 8", text)})
    for text in (b"list uchar int", b"list double double", b"list char int", b"list uint uint"):
        changed = samples.box_ply(is_text=False).replace(b"list uchar int", text)
        yield Case("", {"box.ply": changed.replace(b"face 12", b"face 3")})
    for content in (b"", b"\0", b"glTF", b"ply\n", b"solid", b"OFF", b"v", b"{}", b"null", b"\xff\xfe"):
        for ending in ("glb", "gltf", "obj", "ply", "stl", "off", "fbx", "usda", "usdc", "usdz", "blend", "zip"):
            yield Case("", {f"box.{ending}": content})


def _indices(port: int) -> Iterator[Case]:
    tree, binary = samples.box_tree()
    for number in (36, 37, 60_000, 65_535):
        changed = np.frombuffer(binary[-72:], dtype=np.uint16).copy()
        changed[::7] = number
        yield Case("", {"box.glb": samples.glb_of(tree, binary[:-72] + changed.tobytes())})
    for face in (
        b"f 1 2 9",
        b"f 0 1 2",
        b"f -9 -1 -2",
        b"f 1/5 2/1 3/1",
        b"f 1//9 2//1 3//1",
        b"f 1 2 999999999999999999999",
    ):
        yield Case("", samples.box_obj() | {"box.obj": samples.box_obj()["box.obj"] + b"\n" + face})
    for face in (b"\n3 0 1 8", b"\n3 0 1 -1", b"\n3 0 1", b"\n-3 0 1 2", b"\n99999999 0"):
        yield Case("", {"box.off": samples.box_off().replace(b"8 6 0", b"8 7 0") + face})
        yield Case("", {"box.ply": samples.box_ply().replace(b"face 12", b"face 13") + face.strip() + b"\n"})


def _archives(port: int) -> Iterator[Case]:
    for name in (f"../../{CANARY}", "/tmp/slipped.usda", "a/../../slipped.usda", "C:\\slipped.usda", "ok.usda"):
        for ending in ("usdz", "zip", "3mf"):
            out = BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, bytes(2**20))
            yield Case("", {f"box.{ending}": out.getvalue()})


def _large(port: int) -> Iterator[Case]:
    for name, content in samples.SINGLE.items():
        yield Case("", {name: content}, size_bytes={name: 600 * 2**20})
    yield Case("", samples.box_gltf(), size_bytes={"paint.png": 600 * 2**20})
    yield Case("", samples.box_obj(), size_bytes={"box.mtl": 600 * 2**20})
    yield Case("", {"box.glb": samples.box_glb()}, size_bytes={"box.yaml": 2**30})


def _data_addresses(port: int) -> Iterator[Case]:
    for uri in ("data:", "data:,", "data:image/png;base64,!!!!", "data:image/png;base64,AAAA", "data:text/plain,hello"):
        yield _changed(images=[{"uri": uri}])
    whole = base64.b64encode(_png_bomb(50_000, 50_000)).decode()
    yield _changed(images=[{"uri": f"data:image/png;base64,{whole}"}])


def _programs(port: int) -> Iterator[Case]:
    yield Case("", {"box.blend": b"BLENDER-v402" + bytes(1000)})
    yield Case("", {"box.fbx": b"Kaydara FBX Binary  \0\x1a\0" + struct.pack("<I", 7400) + bytes(100)})
    yield Case("", {"box.usda": b'#usda 1.0\ndef "x" (references = @/etc/passwd@) {}\n'})
    yield Case("", {"box.gltf": json.dumps({"asset": {"version": "2.0"}, "buffers": [{"uri": "|id"}]}).encode()})


PLANNED: dict[str, Callable[[int], Iterator[Case]]] = {
    "archive": _archives,
    "bomb": _bombs,
    "data-address": _data_addresses,
    "deep": _deep,
    "escape": _escapes,
    "header": _headers,
    "indices": _indices,
    "large": _large,
    "link": _links,
    "numbers": _numbers,
    "program": _programs,
}
"""Kind -> all of its cases; the port is of a server that counts connections."""
