"""Thumbnails come in order, and no asset ends, stops or spoils those after it."""

import hashlib
import subprocess
import textwrap
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenegen import blender_process, thumbnails
from scenegen.dataset.png import encode_png
from scenegen.thumbnails import ThumbnailRequest, ThumbnailResult, render_thumbnails
from schemas.errors import AssetError, RenderError
from tests.catalogs import record_of

PICTURE = encode_png(np.full((16, 16, 3), 99, dtype=np.uint8))
PROCESS = """
    import json, os, sys, time
    print(json.dumps({"ok": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        name = request["record"]["label"]
        content = open(f"{request['folder']}/{request['record']['sha256']}.glb", "rb").read()
        assert content == b"content of " + name.encode()
        print("last words", file=sys.stderr, flush=True)
        if name == "crash":
            os.abort()
        if name == "leave":
            os._exit(7)
        if name == "hang":
            time.sleep(100)
        if name == "refuse":
            print(json.dumps({"ok": False, "reason": "no good"}), flush=True)
            continue
        if name == "babble":
            print("Blender 5.2", flush=True)
            continue
        with open(request["png"], "wb") as picture:
            picture.write(PICTURE if name != "torn" else PICTURE[:50])
        print(json.dumps({"ok": True}), flush=True)
"""


@pytest.fixture
def _process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a process without Blender in the place of the one that draws."""
    (tmp_path / "drawing.py").write_text(textwrap.dedent(PROCESS).replace("PICTURE", repr(PICTURE)))
    monkeypatch.setattr(blender_process, "_CODE", tmp_path)
    monkeypatch.setattr(thumbnails, "_MODULE", "drawing")


def request(name: str, read_object: Callable[[str], bytes] | None = None) -> ThumbnailRequest:
    content = b"content of " + name.encode()
    record = record_of(f"test/{name}", label=name, sha256=hashlib.sha256(content).hexdigest())
    return ThumbnailRequest(record, read_object or {f"{record.sha256}.glb": content}.__getitem__)


def drawn(*names: str, patience_s: float = 30.0) -> dict[str, ThumbnailResult]:
    results = list(render_thumbnails(map(request, names), 16, patience_s))
    assert [result.asset_id for result in results] == [f"test/{name}" for name in names]
    return dict(zip(names, results, strict=True))


@pytest.mark.usefixtures("_process")
def test_pictures_come_in_order_and_as_they_were_written() -> None:
    assert [result.png for result in drawn("a", "c", "b").values()] == 3 * [PICTURE]


@pytest.mark.usefixtures("_process")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crash", "Blender ended by SIGABRT: last words"),
        ("leave", "Blender ended with status 7: last words"),
        ("refuse", "no good"),
        ("torn", "PNG cut short"),
        ("babble", "Blender "),
    ],
)
def test_an_asset_that_fails_is_told_and_the_next_is_drawn(name: str, reason: str) -> None:
    results = drawn("first", name, "next")
    assert results["first"].png == results["next"].png == PICTURE
    assert results[name].png is None
    assert results[name].reason.startswith(reason)
    assert "\n" not in results[name].reason


@pytest.mark.usefixtures("_process")
def test_an_asset_that_takes_too_long_is_told_and_the_next_is_drawn() -> None:
    results = drawn("hang", "next", patience_s=1.0)
    assert results["hang"].reason == "Blender took longer than 1 s: last words"
    assert results["next"].png == PICTURE


@pytest.mark.usefixtures("_process")
def test_an_asset_whose_file_is_gone_is_told_and_the_next_is_drawn() -> None:
    def gone(name: str) -> bytes:
        raise AssetError(f"{name} is gone")

    results = list(render_thumbnails([request("a", gone), request("b")], 16))
    assert results[0].reason.endswith("is gone")
    assert results[1].png == PICTURE


@pytest.mark.usefixtures("_process")
def test_the_process_ends_with_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen] = []

    class Noted(subprocess.Popen):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    results = render_thumbnails(map(request, ("a", "b")), 16)
    assert isinstance(results, Generator)
    next(results)
    results.close()
    drawn("c")
    assert [process.returncode for process in started] == [0, 0]


@pytest.mark.usefixtures("_process")
def test_a_blender_that_doesnt_start_ends_all(tmp_path: Path) -> None:
    (tmp_path / "drawing.py").write_text("raise SystemExit('no library')")
    with pytest.raises(RenderError, match="doesn't start: Blender ended with status 1: no library"):
        drawn("a")
