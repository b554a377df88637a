"""Valid files of every format that is read, small: a box 2 wide, 1 deep and 3 high by the file's own axes."""

import io
import json
import struct
from typing import Any

import numpy as np
from jaxtyping import Float32
from PIL import Image

WIDE, HIGH, DEEP = 2.0, 3.0, 1.0
"""Along x, up and front; up is y in glTF and OBJ, z in the others."""
_RING = ((1, 4, 3, 2), (5, 6, 7, 8), (1, 2, 6, 5), (2, 3, 7, 6), (3, 4, 8, 7), (4, 1, 5, 8))
"""Corners of the faces, counted from 1, counter-clockwise seen from outside where z or -y is up."""


def png(mode: str = "RGB", color: tuple[int, ...] = (200, 40, 40)) -> bytes:
    """Returns a picture of 8 x 8 pixels."""
    out = io.BytesIO()
    Image.new(mode, (8, 8), color).save(out, "PNG")
    return out.getvalue()


def corners(up: str) -> Float32[np.ndarray, "8 3"]:
    """Returns the corners of the box, its bottom's first."""
    ring = np.array([(0, 0), (WIDE, 0), (WIDE, DEEP), (0, DEEP)])
    zup = np.array([(x, y, z) for z in (0.0, HIGH) for x, y in ring], dtype=np.float32)
    return zup if up == "z" else np.stack([zup[:, 0], zup[:, 2], -zup[:, 1]], axis=1)


def triangles() -> np.ndarray:
    """Returns the box's 12 triangles, rows of `corners`."""
    fans = [((a, b, c), (a, c, d)) for a, b, c, d in _RING]
    return np.array(fans).reshape(-1, 3) - 1


def glb_of(tree: dict[str, Any], binary: bytes) -> bytes:
    """Returns the file of a JSON tree and its bytes."""
    text = json.dumps(tree).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    chunks = [struct.pack("<I4s", len(text), b"JSON") + text, struct.pack("<I4s", len(binary), b"BIN\0") + binary]
    body = b"".join(chunks)
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


def box_tree(picture: bytes | None = None) -> tuple[dict[str, Any], bytes]:
    """Returns the JSON and the bytes of a glTF box, each triangle with corners of its own, with normals and uvs."""
    points = corners("y")[triangles()].astype(np.float32)
    normals = np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0])
    normals = np.repeat(normals / np.linalg.norm(normals, axis=1, keepdims=True), 3, axis=0)
    uvs = np.tile(np.array([(0, 0), (1, 0), (1, 1)], dtype=np.float32), (12, 1))
    arrays = [points.reshape(-1, 3), normals.astype(np.float32), uvs, np.arange(36, dtype=np.uint16)]
    blobs = [array.tobytes() for array in arrays] + ([] if picture is None else [picture])
    starts = np.cumsum([0, *(len(blob) + -len(blob) % 4 for blob in blobs)]).tolist()
    binary = b"".join(blob + b"\0" * (-len(blob) % 4) for blob in blobs)
    tree: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1, "TEXCOORD_0": 2}, "indices": 3}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 36, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5126, "count": 36, "type": "VEC3"},
            {"bufferView": 2, "componentType": 5126, "count": 36, "type": "VEC2"},
            {"bufferView": 3, "componentType": 5123, "count": 36, "type": "SCALAR"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteOffset": start, "byteLength": len(blob)}
            for start, blob in zip(starts, blobs, strict=False)
        ],
        "buffers": [{"byteLength": len(binary)}],
    }
    if picture is not None:
        tree["images"] = [{"bufferView": 4, "mimeType": "image/png"}]
        tree["textures"] = [{"source": 0}]
        tree["materials"] = [{"name": "paint", "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]
        tree["meshes"][0]["primitives"][0]["material"] = 0
    return tree, binary


def box_glb(picture: bytes | None = None) -> bytes:
    """Returns a GLB."""
    return glb_of(*box_tree(picture))


def box_gltf() -> dict[str, bytes]:
    """Returns a .gltf file, its buffer and its texture as files: name -> content."""
    tree, binary = box_tree(png())
    tree["buffers"][0]["uri"] = "box%20data.bin"
    tree["images"][0] = {"uri": "paint.png"}
    return {"box.gltf": json.dumps(tree).encode(), "box data.bin": binary, "paint.png": png()}


def box_obj() -> dict[str, bytes]:
    """Returns an OBJ, its MTL and its texture."""
    lines = ["mtllib box.mtl", *(f"v {x} {y} {z}" for x, y, z in corners("y")), "vt 0 0", "vt 1 0", "vt 1 1", "vt 0 1"]
    lines += ["usemtl paint", *("f " + " ".join(f"{v}/{k + 1}" for k, v in enumerate(face)) for face in _RING)]
    mtl = "newmtl paint\nKd 0.8 0.8 0.8\nNs 250\nmap_Kd -s 2 2 2 old paint.png\n"
    return {"box.obj": "\n".join(lines).encode(), "box.mtl": mtl.encode(), "old paint.png": png()}


def box_ply(is_text: bool = True) -> bytes:
    """Returns a PLY of triangles with colours."""
    kind = "ascii" if is_text else "binary_little_endian"
    colors = "".join(f"property uchar {name}\n" for name in ("red", "green", "blue"))
    axes = "".join(f"property float {name}\n" for name in "xyz")
    header = f"ply\nformat {kind} 1.0\nelement vertex 8\n{axes}{colors}element face 12\n"
    header += "property list uchar int vertex_indices\nend_header\n"
    if is_text:
        rows = [f"{x} {y} {z} 255 0 0" for x, y, z in corners("z")]
        return (header + "\n".join([*rows, *("3 " + " ".join(map(str, face)) for face in triangles())]) + "\n").encode()
    body = b"".join(struct.pack("<3f3B", *map(float, point), 255, 0, 0) for point in corners("z"))
    return header.encode() + body + b"".join(struct.pack("<B3i", 3, *map(int, face)) for face in triangles())


def box_stl(is_text: bool = False) -> bytes:
    """Returns an STL."""
    points = corners("z")[triangles()]
    if is_text:
        loops = ("".join(f"vertex {x} {y} {z}\n" for x, y, z in corner) for corner in points)
        facets = "".join(f"facet normal 0 0 0\nouter loop\n{loop}endloop\nendfacet\n" for loop in loops)
        return f"solid box\n{facets}endsolid box\n".encode()
    records = b"".join(struct.pack("<12fH", 0, 0, 0, *corner.ravel().tolist(), 0) for corner in points)
    return b"box".ljust(80, b"\0") + struct.pack("<I", len(points)) + records


def box_off() -> bytes:
    """Returns an OFF of quadrilaterals."""
    rows = [f"{x} {y} {z}" for x, y, z in corners("z")]
    faces = [f"4 {a - 1} {b - 1} {c - 1} {d - 1}" for a, b, c, d in _RING]
    return "\n".join(["OFF", "8 6 0", *rows, *faces]).encode()


SINGLE = {
    "box.glb": box_glb(png()),
    "box_text.ply": box_ply(),
    "box_binary.ply": box_ply(is_text=False),
    "box.stl": box_stl(),
    "box_text.stl": box_stl(is_text=True),
    "box.off": box_off(),
}
"""Files that stand alone."""
