"""The process that draws thumbnails: a request a line on stdin, an answer a line on stdout, both JSON.

A request is {"record": of a model or texture set, "folder": of its objects, "png": where the picture goes, "side_px":
256}. An answer is {"ok": true}, or {"ok": false, "reason": one line}. The first line, before any answer, says that
Blender has started. What Blender prints goes to stderr. The process ends with its input, at once: Blender may hang when
it is asked to end.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from jaxtyping import UInt8

from assets_catalog.glb import read_glb
from assets_catalog.record import ANY_RECORD, TextureRecord
from scenegen.blender.session import empty_scene
from scenegen.blender.thumbnails_studio import model_picture, texture_picture
from scenegen.dataset.png import encode_png
from schemas.errors import first_line


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Draws what a request asks for and returns the answer; no fault of an asset leaves it."""
    try:
        Path(request["png"]).write_bytes(encode_png(_picture(request)))
    except Exception as error:  # whatever is wrong with one asset, the others are drawn
        return {"ok": False, "reason": first_line(error)}
    return {"ok": True}


def _picture(request: dict[str, Any]) -> UInt8[np.ndarray, "s s 3"]:
    record = ANY_RECORD.validate_python(request["record"])
    folder, side_px = Path(request["folder"]), request["side_px"]
    if isinstance(record, TextureRecord):
        return texture_picture(record, lambda name: (folder / name).read_bytes(), side_px)
    glb = folder / f"{record.sha256}.glb"
    return model_picture(read_glb(glb.read_bytes(), record.asset_id), side_px)


def _serve(answers: TextIO) -> None:
    empty_scene()
    _say(answers, {"ok": True})
    for line in sys.stdin:
        _say(answers, answer(json.loads(line)))


def _say(answers: TextIO, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


if __name__ == "__main__":
    answers_to = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        _serve(answers_to)
    except BaseException as error:
        sys.stderr.write(f"{first_line(error)}\n")
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)
