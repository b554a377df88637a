"""Hostile files that are drawn: a valid one, damaged somewhere."""

import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.assets_catalog.folder_source import samples
from tests.assets_catalog.hostile.case import Files


def _valid() -> list[Files]:
    """Returns a valid asset of each format, the main file first."""
    single = [{name: content} for name, content in samples.SINGLE.items()]
    return [*single, samples.box_gltf(), samples.box_obj()]


def _drawn_file(rng: np.random.Generator) -> tuple[Files, str]:
    """Returns a valid asset and one of its files."""
    valid = _valid()
    files = dict(valid[rng.integers(len(valid))])
    return files, list(files)[rng.integers(len(files))]


def _flipped(rng: np.random.Generator) -> Files:
    """Flips 1 to 30 bytes."""
    files, name = _drawn_file(rng)
    content = np.frombuffer(files[name], dtype=np.uint8).copy()
    count = int(rng.integers(1, 30))
    content[rng.integers(len(content), size=count)] = rng.integers(256, size=count)
    return files | {name: content.tobytes()}


def _truncated(rng: np.random.Generator) -> Files:
    files, name = _drawn_file(rng)
    return files | {name: files[name][: rng.integers(len(files[name]))]}


def _spliced(rng: np.random.Generator) -> Files:
    """Puts a piece of a file into another place of it, over what was there or between."""
    files, name = _drawn_file(rng)
    content = files[name]
    start, end, at = (*sorted(rng.integers(len(content), size=2).tolist()), int(rng.integers(len(content))))
    after = at + (end - start) * int(rng.integers(2))
    return files | {name: content[:at] + content[start:end] + content[after:]}


def _extreme(rng: np.random.Generator) -> Files:
    """Overwrites four bytes by a number that counts and offsets dread."""
    files, name = _drawn_file(rng)
    content = bytearray(files[name])
    numbers = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FC00000, 0x7F800000, 0x7F7FFFFF)
    at = int(rng.integers(max(len(content) - 4, 1)))
    content[at : at + 4] = struct.pack("<I", numbers[rng.integers(len(numbers))])
    return files | {name: bytes(content)}


_WILD: tuple[Any, ...] = (
    -1, 0, 1, 3, 2**31, 2**32, 2**63, 10**400, 0.5, 1e308, "", "x", "../x", None, True, [], {}, [0], [[0]], {"a": 0},
)  # fmt: skip


def _wild_json(rng: np.random.Generator) -> Files:
    """Replaces one to three values of a glTF's JSON."""
    tree, binary = samples.box_tree(samples.png())
    for _ in range(int(rng.integers(1, 4))):
        places = list(_places(tree))
        holder, key = places[rng.integers(len(places))]
        holder[key] = _WILD[rng.integers(len(_WILD))]
    return {"box.glb": samples.glb_of(tree, binary)}


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yields each value of a JSON tree, by what holds it and where."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _wild_text(rng: np.random.Generator) -> Files:
    """Replaces words of a text format."""
    texts = [samples.box_obj(), {"box.off": samples.box_off()}, {"box.ply": samples.box_ply()}]
    texts += [{"box.stl": samples.box_stl(is_text=True)}]
    files = dict(texts[rng.integers(len(texts))])
    name = next(iter(files))
    words = files[name].split(b" ")
    wild = (
        b"nan",
        b"inf",
        b"-inf",
        b"1e999",
        b"-1",
        b"0",
        b"999999999",
        b"99999999999999999999",
        b"x",
        b"",
        b"\0",
        b"\xff",
    )
    for _ in range(int(rng.integers(1, 6))):
        words[rng.integers(len(words))] = wild[rng.integers(len(wild))]
    return files | {name: b" ".join(words)}


DRAWN: dict[str, Callable[[np.random.Generator], Files]] = {
    "flipped": _flipped,
    "truncated": _truncated,
    "spliced": _spliced,
    "extreme": _extreme,
    "wild-json": _wild_json,
    "wild-text": _wild_text,
}
"""Kind -> how one is drawn."""
