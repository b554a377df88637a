"""A page forbids itself the network and all scripts but its own; what it is made of is what was checked in."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset.chosen_frames import Choice
from scenegen.dataset.reader import open_triplets
from scenegen.encoders.legend import LegendEntry
from scenegen.pages import preview_page as pages
from scenegen.pages.document import asset, data_block, document
from scenegen.pages.planes import inverse_depth, packed
from scenegen.pages.preview_page import THREE
from scenegen.pages.prompt_text import prompt_html
from scenegen.pages.stored import preview_of_dataset
from schemas.errors import InputError

VENDOR = Path(pages.__file__).with_name("vendor")


def test_a_page_allows_its_own_style_and_scripts_alone() -> None:
    page = document("<b>", "<p>text</p>", "p{color:red}", ["let a = 1;", "let b = 2;"])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    hashes = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"let a = 1;", b"let b = 2;")]
    assert "default-src 'none';" in policy
    assert f"script-src 'sha256-{hashes[0]}' 'sha256-{hashes[1]}';" in policy
    assert "unsafe" not in policy
    assert "<title>&lt;b&gt;</title>" in page


def test_a_page_without_scripts_allows_none() -> None:
    assert "script-src 'none'" in document("a", "", "")


def test_data_can_not_end_their_block() -> None:
    block = data_block("data", {"a": "</script><script>"})
    assert block.count("<") == 2
    assert json.loads(block.partition(">")[2].removesuffix("</script>")) == {"a": "</script><script>"}


def test_the_vendored_library_is_the_one_that_its_note_names() -> None:
    folder = VENDOR / THREE.split("/")[1]
    (noted,) = re.findall(r"`([0-9a-f]{64})`", (folder / "README.md").read_text())
    assert hashlib.sha256((folder / "three.min.js").read_bytes()).hexdigest() == noted
    assert "MIT" in (folder / "LICENSE").read_text()
    assert "</script" not in asset(THREE)


def test_a_plane_of_a_flat_surface_is_small() -> None:
    v, u = np.mgrid[:256, :256].astype(np.float64)
    slanted_m = (1 / (0.1 + 0.001 * u + 0.002 * v)).astype(np.float32)
    _, inverse = inverse_depth(slanted_m)
    flat, rough = (
        packed(each)["data"] for each in (inverse, np.random.default_rng(0).permutation(inverse.ravel())[None])
    )
    assert len(str(flat)) * 4 < len(str(rough))


def test_a_number_too_large_for_a_plane_is_refused() -> None:
    with pytest.raises(ValueError, match="up to 268435456, given 268435457"):
        packed(np.array([[2**28 + 1]]))


def test_a_frame_without_surfaces_has_no_depth() -> None:
    assert not inverse_depth(np.full((2, 3), np.inf, np.float32))[1].any()


def test_only_colours_of_the_legend_have_a_square_in_the_prompt(dataset: Path) -> None:
    row = open_triplets(dataset).stored(0)
    legend = (LegendEntry("red chair", (0, 0, 255), (1,), 1), LegendEntry("sofa", (1, 2, 3), (2,), 1))
    prompt = (
        "A semantic segmentation map of this view, with the red chair in blue, the sofa in (1, 2, 3), "
        "and all other pixels in black."
    )
    html = prompt_html(replace(row, task="semantic", edit_prompt=prompt, legend=legend))
    text, _, listed = html.partition("</p>")
    assert re.findall(r'fill="(#\w+)"/></svg>([^<]*)<', text) == [
        ("#0000ff", "blue"),
        ("#010203", "(1, 2, 3)"),
        ("#000000", "black"),
    ]
    assert re.findall(r"</svg>([^<]*)</li>", listed) == ["red chair", "sofa", "background"]


def test_a_page_that_would_be_too_large_holds_fewer_frames_and_says_so(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = preview_of_dataset(dataset, tmp_path / "whole.html").stat().st_size
    monkeypatch.setattr(pages, "MOST_BYTES", whole - 1000)
    cut = preview_of_dataset(dataset, tmp_path / "cut.html")
    assert cut.stat().st_size < whole
    assert cut.read_text().count('<section class="frame"') == 3
    assert "Shown are 3 of 4 frames" in cut.read_text()


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (Choice(2), ["scene-00000000-view-00", "scene-00000001-view-01"]),
        (Choice(frame_ids=("scene-00000001-view-00",)), ["scene-00000001-view-00"]),
        (Choice(scene_index=1), ["scene-00000001-view-00", "scene-00000001-view-01"]),
    ],
)
def test_a_page_holds_the_frames_that_are_asked_for(
    dataset: Path, tmp_path: Path, choice: Choice, shown: list[str]
) -> None:
    page = preview_of_dataset(dataset, tmp_path / "page.html", choice).read_text()
    assert re.findall(r"<h2>(scene-[^<]*)</h2>", page) == shown


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(frame_ids=("scene-00000001-view-7",)), "no frame 'scene-00000001-view-7' (did you mean 'scene-0000000"),
        (Choice(scene_index=2), "no frames of scene-00000002; its scenes are scene-00000000; scene-00000001"),
        (Choice(0), "0 frames are asked for; must be 1 or more"),
    ],
)
def test_frames_that_are_not_there_are_refused(dataset: Path, tmp_path: Path, choice: Choice, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        preview_of_dataset(dataset, tmp_path / "page.html", choice)
    assert not (tmp_path / "page.html").exists()
